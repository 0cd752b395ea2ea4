import Database
import Rules

/// Who works with Nyttograd in the council, inviting them, and one member with his roles.
struct MembersPages: Sendable {
    let members: Members

    init(_ services: Services) { members = Members(services: services) }

    private static let path = "/kommun/medlemmar"

    var routes: [Route] {
        let all = MembersPages.path, one = all + "/{memberId}"
        return [
            Route(.get, all, operation: "showMembers", needs: .member(.readMembers)) { try await showAll(Form(["language": "sv"]), $0) },
            Route(.post, all, operation: "submitMember", needs: .member(.manageMembers), handler: invite),
            Route(.get, one, operation: "showMember", needs: .member(.readMembers)) { try await showOne(nil, nil, $0) },
            Route(.post, one, operation: "submitMemberRoles", needs: .member(.manageMembers), handler: setRoles),
            Route(.post, one + "/inbjudan", operation: "submitInvitationAgain", needs: .member(.manageMembers), handler: inviteAgain),
            Route(.post, one + "/ta-bort", operation: "submitMemberRemoval", needs: .member(.manageMembers), handler: remove),
        ]
    }

    // MARK: All

    private func showAll(_ form: Form, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .readMembers), council = member.municipality, texts = call.texts
        let (me, found) = try await members.services.database.send(
            as: member, .me(in: council), .members(of: council, limit: Paging.onPages, offset: 0))
        let fields = FormView(form, texts)
        return .page(Page("council/members", title: texts["members.title"], [
            "members": .groups(found) { member in
                [
                    "memberName": .text(member.name), "memberAddress": .text(member.address), "isMe": .flag(member.id == me.id),
                    "memberRoles": .groups(Role.allCases.filter(member.roles.contains)) { ["roleName": .text($0.name[texts.language])] },
                    "memberState": .text(member.state(texts)), "memberPath": .text("\(MembersPages.path)/\(member.id)"),
                ]
            },
            "mayManage": .flag(Set(me.roles).may(.manageMembers)), "requestsPath": .text(JoinRequestsPages.path),
            "nameField": fields.text("name", "members.name"),
            "addressField": fields.text("address", "members.address", .email),
            "languageField": fields.languages("language", "members.language"),
            "rolesField": fields.roles,
        ], form: fields, frame: .council(me, here: .members, texts)))
    }

    @Sendable private func invite(_ call: Call) async throws -> Reply {
        try await call.submit(NewMember.init, showing: { try await showAll($0, call) }, blaming: ["member-exists": "address"]) { new in
            _ = try await members.invite(new, as: call.member(for: .manageMembers))
            return .seeOther(MembersPages.path).flash("memberInvited")
        }
    }

    // MARK: One

    /// - Parameters:
    ///   - roles: what was sent to set roles by, if that was refused.
    ///   - removal: what was sent to remove the member by.
    private func showOne(_ roles: Form?, _ removal: Form?, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .readMembers), council = member.municipality, texts = call.texts
        let (me, found) = try await members.services.database.send(as: member, .me(in: council), .member(call.id("memberId"), of: council))
        guard let view = found else { throw Problem.notFound }
        let roleFields = FormView(roles ?? Form([:], ticked: ["roles": view.roles.map(\.rawValue)]), texts)
        let removalFields = FormView(removal ?? .empty, texts)
        return .page(Page("council/member", title: view.name, [
            "memberName": .text(view.name), "memberAddress": .text(view.address), "memberState": .text(view.state(texts)),
            "memberLanguage": .text(texts["council.language.\(view.language.rawValue)"]),
            "memberRoles": .groups(Role.allCases.filter(view.roles.contains)) { ["roleName": .text($0.name[texts.language])] },
            "memberPath": .text("\(MembersPages.path)/\(view.id)"), "isMe": .flag(view.id == me.id),
            "mayManage": .flag(Set(me.roles).may(.manageMembers)),
            "isInvited": .flag(view.joinedAt == nil), "rolesField": roleFields.roles,
            "understoodField": removalFields.box("understood", "members.remove.understood"),
        ], form: removal == nil ? roleFields : removalFields, frame: .council(me, here: .members, texts)))
    }

    @Sendable private func inviteAgain(_ call: Call) async throws -> Reply {
        try await call.submit({ _ in }, showing: { try await showOne($0, nil, call) }) { _ in
            _ = try await members.inviteAgain(call.id("memberId"), as: call.member(for: .manageMembers))
            return .seeOther(MembersPages.path).flash("memberInvited")
        }
    }

    @Sendable private func setRoles(_ call: Call) async throws -> Reply {
        try await call.submit({ Set($0.choices("roles", Role.self, atLeast: 1)) }, showing: { try await showOne($0, nil, call) }) { roles in
            _ = try await members.setRoles(roles, of: call.id("memberId"), as: call.member(for: .manageMembers))
            return .seeOther(MembersPages.path).flash("rolesSet")
        }
    }

    @Sendable private func remove(_ call: Call) async throws -> Reply {
        try await call.submit({ $0.confirm("understood") }, showing: { try await showOne(nil, $0, call) }) { _ in
            try await members.remove(call.id("memberId"), as: call.member(for: .manageMembers))
            return .seeOther(MembersPages.path).flash("memberRemoved")
        }
    }
}

extension Paging {
    /// Pages show a council's own lists whole; this many is more than any has.
    static let onPages = 1000
}

extension MemberView {
    fileprivate func state(_ texts: Texts) -> String {
        texts(joinedAt == nil ? "members.invited" : "members.joined", ["when": texts.day(SwedishTime.day(joinedAt ?? invitedAt))])
    }
}

extension FormView {
    /// The roles that a member can be given.
    var roles: PageValue {
        options("roles", "members.roles", Role.allCases.map {
            Option($0.rawValue, $0.name[texts.language], hint: texts["members.role.\($0.rawValue)"])
        })
    }

    /// In which language somebody is written to.
    func languages(_ name: String, _ key: String) -> PageValue {
        options(name, key, Language.allCases.map { Option($0.rawValue, texts["council.language.\($0.rawValue)"]) })
    }
}

extension Fields {
    /// A box that says that one wants what the button does.
    func confirm(_ name: String) {
        if !flag(name) { refuse(name, .toBeConfirmed) }
    }
}
