import Rules

struct MembersAPI: Sendable {
    let members: Members

    init(_ services: Services) { members = Members(services: services) }

    var routes: [Route] {
        let list = "/api/v1/members", one = "/api/v1/members/{memberId}"
        return [
            Route(.get, list, operation: "listMembers", needs: .member(.readMembers), paged: true, handler: listMembers),
            Route(.post, list, operation: "inviteMember", needs: .member(.manageMembers), handler: inviteMember),
            Route(.get, one, operation: "getMember", needs: .member(.readMembers), handler: getMember),
            Route(.delete, one, operation: "removeMember", needs: .member(.manageMembers), handler: removeMember),
            Route(.post, one + "/invitation", operation: "inviteMemberAgain", needs: .member(.manageMembers), takes: .nothing, handler: inviteMemberAgain),
            Route(.put, one + "/roles", operation: "setMemberRoles", needs: .member(.manageMembers), handler: setMemberRoles),
        ]
    }

    @Sendable private func listMembers(_ call: Call) async throws -> Reply {
        let (found, total) = try await members.list(call.paging, as: call.member(for: .readMembers))
        return try call.list(found.map { $0.json(call) }, of: total)
    }

    @Sendable private func inviteMember(_ call: Call) async throws -> Reply {
        let inviter = try call.member(for: .manageMembers)
        let invited = try await members.invite(call.body(NewMember.init), as: inviter)
        return .created(MemberView.path(invited.id), invited.json(call))
    }

    @Sendable private func getMember(_ call: Call) async throws -> Reply {
        .json(try await members.read(call.id("memberId"), as: call.member(for: .readMembers)).json(call))
    }

    @Sendable private func removeMember(_ call: Call) async throws -> Reply {
        try await members.remove(call.id("memberId"), as: call.member(for: .manageMembers))
        return .noContent
    }

    @Sendable private func inviteMemberAgain(_ call: Call) async throws -> Reply {
        .json(try await members.inviteAgain(call.id("memberId"), as: call.member(for: .manageMembers)).json(call))
    }

    @Sendable private func setMemberRoles(_ call: Call) async throws -> Reply {
        let administrator = try call.member(for: .manageMembers)
        let roles = try call.body { Set($0.choices("roles", Role.self, atLeast: 1)) }
        return .json(try await members.setRoles(roles, of: call.id("memberId"), as: administrator).json(call))
    }
}

extension MemberView {
    static func path(_ id: MemberID) -> String { "/api/v1/members/\(id)" }

    func json(_ call: Call) -> JSON {
        [
            "id": .id(id), "name": .string(name), "address": .string(address), "language": .choice(language),
            "roles": .list(Role.allCases.filter(roles.contains)) { .choice($0) },
            "invitedAt": .instant(invitedAt), "joinedAt": .instant(joinedAt),
            "_links": ["self": call.link(MemberView.path(id))],
        ]
    }
}
