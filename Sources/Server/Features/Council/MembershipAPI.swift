import Rules

/// A member's own membership: leaving, and another address.
struct MembershipAPI: Sendable {
    let members: Members
    let changes: AddressChanges

    init(_ services: Services) {
        members = Members(services: services)
        changes = AddressChanges(services: services)
    }

    var routes: [Route] {
        [
            Route(.delete, "/api/v1/membership", operation: "leaveCouncil", needs: .member(.readCouncil), handler: leaveCouncil),
            Route(.post, "/api/v1/address-changes", operation: "requestAddressChange", needs: .member(.readCouncil), handler: requestAddressChange),
            Route(.post, "/api/v1/address-confirmations", operation: "confirmAddress", needs: .nobody, handler: confirmAddress),
        ]
    }

    @Sendable private func leaveCouncil(_ call: Call) async throws -> Reply {
        try await members.leave(as: call.member(for: .readCouncil))
        return .noContent
    }

    @Sendable private func requestAddressChange(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .readCouncil)
        try await changes.ask(for: try call.body { $0.address("address", isWork: true) }, as: member)
        return .json(["state": "sent"]).status(.accepted)
    }

    @Sendable private func confirmAddress(_ call: Call) async throws -> Reply {
        try await changes.confirm(try call.body { $0.linkToken })
        return .json(["state": "changed"])
    }
}
