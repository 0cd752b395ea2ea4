import Rules

struct JoinRequestsAPI: Sendable {
    let requests: JoinRequests

    init(_ services: Services) { requests = JoinRequests(services: services) }

    var routes: [Route] {
        let list = "/api/v1/join-requests", one = list + "/{joinRequestId}"
        return [
            Route(.post, list, operation: "createJoinRequest", needs: .nobody, handler: createJoinRequest),
            Route(.post, "/api/v1/join-confirmations", operation: "confirmJoinRequest", needs: .nobody, handler: confirmJoinRequest),
            Route(.get, list, operation: "listJoinRequests", needs: .member(.manageMembers), paged: true, handler: listJoinRequests),
            Route(.post, one + "/approval", operation: "approveJoinRequest", needs: .member(.manageMembers), handler: approveJoinRequest),
            Route(.post, one + "/refusal", operation: "refuseJoinRequest", needs: .member(.manageMembers), takes: .nothing, gives: [], handler: refuseJoinRequest),
        ]
    }

    @Sendable private func createJoinRequest(_ call: Call) async throws -> Reply {
        try await requests.ask(try call.body(NewJoinRequest.init), from: call.source)
        return .json(["state": "sent"]).status(.accepted)
    }

    @Sendable private func confirmJoinRequest(_ call: Call) async throws -> Reply {
        try await requests.confirm(try call.body { $0.linkToken })
        return .json(["state": "waiting"])
    }

    @Sendable private func listJoinRequests(_ call: Call) async throws -> Reply {
        let (found, total) = try await requests.list(call.paging, as: call.member(for: .manageMembers))
        return try call.list(found.map { request in
            [
                "id": .id(request.id), "name": .string(request.name), "address": .string(request.address), "language": .choice(request.language),
                "verifiedAt": .instant(request.verifiedAt), "expiresAt": .instant(request.expiresAt),
            ]
        }, of: total)
    }

    @Sendable private func approveJoinRequest(_ call: Call) async throws -> Reply {
        let administrator = try call.member(for: .manageMembers), roles = try call.body { Set($0.choices("roles", Role.self, atLeast: 1)) }
        let made = try await requests.approve(call.id("joinRequestId"), with: roles, as: administrator)
        return .created(MemberView.path(made.id), made.json(call))
    }

    @Sendable private func refuseJoinRequest(_ call: Call) async throws -> Reply {
        try await requests.refuse(call.id("joinRequestId"), as: call.member(for: .manageMembers))
        return .noContent
    }
}
