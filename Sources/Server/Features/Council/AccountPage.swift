import Database
import Rules

/// A member's own page: his councils, address and sessions, and the way out.
struct AccountPage: Sendable {
    let services: Services
    private let members: Members, sessions: Sessions, changes: AddressChanges

    init(_ services: Services) {
        self.services = services
        members = Members(services: services)
        sessions = Sessions(services: services)
        changes = AddressChanges(services: services)
    }

    private static let path = "/konto"

    var routes: [Route] {
        let path = AccountPage.path, link = "/b/{token}", mine = Needs.member(.readCouncil)
        return [
            Route(.get, path, operation: "showAccount", needs: mine) { try await show(.empty, $0) },
            Route(.post, path + "/kommun", operation: "submitCouncilSwitch", needs: mine, handler: switchCouncil),
            Route(.post, path + "/adress", operation: "submitAddressChange", needs: mine, handler: changeAddress),
            Route(.post, path + "/sessioner", operation: "submitOtherSessionsEnd", needs: mine, handler: endOthers),
            Route(.post, path + "/sessioner/{sessionId}", operation: "submitSessionEnd", needs: mine, handler: endOne),
            Route(.post, path + "/lamna", operation: "submitLeaving", needs: mine, handler: leave),
            Route(.get, link, operation: "addressLinkPage", needs: .nobody) { .page(Page("council/address", title: $0.texts["account.address.link.title"])) },
            Route(.post, link, operation: "confirmAddressByPage", needs: .nobody, handler: confirm),
        ]
    }

    private func show(_ form: Form, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .readCouncil), council = member.municipality, texts = call.texts
        let (me, found, progress) = try await services.database.send(
            as: member, .me(in: council), .sessions(of: member, limit: Paging.onPages, offset: 0), .progress(of: council, at: call.now))
        let councils = try await sessions.councils(of: me), fields = FormView(form, texts)
        return .page(Page("council/account", title: texts["account.title"], [
            "accountName": .text(me.name), "accountAddress": .text(me.address), "accountCouncil": .text(me.councilName),
            "accountRoles": .groups(Role.allCases.filter(Set(me.roles).contains)) { ["roleName": .text($0.name[texts.language])] },
            "hasOthers": .flag(councils.count > 1),
            "otherCouncils": .groups(councils.filter { $0.id != council }) { ["otherName": .text($0.name), "otherCode": .text($0.code)] },
            "newAddressField": fields.text("address", "account.address", .email, autocomplete: "email"),
            "isLastAdministrator": .flag(me.roles.contains(.administrator) && progress.administrators < 2),
            "understoodField": fields.box("understood", "account.leave.understood"),
        ] + SessionView.values(found, below: AccountPage.path + "/sessioner", texts), form: fields, frame: .council(me, here: .account, texts)))
    }

    @Sendable private func switchCouncil(_ call: Call) async throws -> Reply {
        try await call.submit({ $0.text("councilCode", 4...4) }, showing: { try await show($0, call) }) { code in
            let member = try call.member(for: .readCouncil)
            let session = try await sessions.open(inCouncil: code, from: member)
            // The browser holds one session at a time, and what it lets go of must not stay open.
            _ = try await services.database.send(as: member, .endSession(of: member))
            return .seeOther("/kommun").cookie(session.cookie).flash("councilSwitched")
        }
    }

    @Sendable private func changeAddress(_ call: Call) async throws -> Reply {
        try await call.submit({ $0.address("address", isWork: true) }, showing: { try await show($0, call) }) { address in
            try await changes.ask(for: address, as: call.member(for: .readCouncil))
            return .seeOther(AccountPage.path).flash("addressLinkSent")
        }
    }

    @Sendable private func endOne(_ call: Call) async throws -> Reply {
        try call.body { _ in }
        try await sessions.end(call.id("sessionId"), as: call.member(for: .readCouncil))
        return .seeOther(AccountPage.path).flash("sessionEnded")
    }

    @Sendable private func endOthers(_ call: Call) async throws -> Reply {
        try call.body { _ in }
        try await sessions.endOthers(as: call.member(for: .readCouncil))
        return .seeOther(AccountPage.path).flash("sessionsEnded")
    }

    @Sendable private func leave(_ call: Call) async throws -> Reply {
        try await call.submit({ $0.confirm("understood") }, showing: { try await show($0, call) }) { _ in
            try await members.leave(as: call.member(for: .readCouncil))
            return .seeOther("/").cookie(.removing(Call.session)).flash("councilLeft")
        }
    }

    @Sendable private func confirm(_ call: Call) async throws -> Reply {
        do {
            try await changes.confirm(try call.parameter("token"))
            return .seeOther(call.site.signInPath).cookie(.removing(Call.session)).flash("addressChanged")
        } catch let problem as Problem where problem == .linkVoid {
            return .voidLink(again: AccountPage.path, call)
        }
    }
}

extension SessionView {
    /// For `sign-in/sessions`, where a member or an operator sees and ends his sessions.
    static func values(_ sessions: [SessionView], below path: String, _ texts: Texts) -> [String: PageValue] {
        [
            "sessionsPath": .text(path), "hasOtherSessions": .flag(sessions.count > 1),
            "sessions": .groups(sessions) { session in
                [
                    "sessionStarted": .text(texts("account.sessions.started", ["when": texts.time(session.startedAt)])),
                    "sessionUsed": .text(texts("account.sessions.used", ["when": texts.time(session.usedAt)])),
                    "isCurrent": .flag(session.isCurrent), "sessionPath": .text("\(path)/\(session.id)"),
                ]
            },
        ]
    }
}
