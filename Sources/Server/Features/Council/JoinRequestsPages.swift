import Rules

/// Asking to join in a browser, and what waits for the council's administrators.
struct JoinRequestsPages: Sendable {
    let requests: JoinRequests

    init(_ services: Services) { requests = JoinRequests(services: services) }

    static let path = "/kommun/forfragningar"
    private static let form = "/ga-med"

    var routes: [Route] {
        let form = JoinRequestsPages.form, link = "/j/{token}", all = JoinRequestsPages.path, one = all + "/{joinRequestId}"
        return [
            Route(.get, form, operation: "joinPage", needs: .nobody, query: ["code"]) { try await showForm(.empty, $0) },
            Route(.post, form, operation: "joinByPage", needs: .nobody, handler: ask),
            Route(.get, form + "/skickat", operation: "joinSentPage", needs: .nobody) { .page(Page("joining/sent", title: $0.texts["join.sent.title"])) },
            Route(.get, form + "/vantar", operation: "joinWaitsPage", needs: .nobody) { .page(Page("joining/waits", title: $0.texts["join.waits.title"])) },
            Route(.get, link, operation: "joinLinkPage", needs: .nobody) { .page(Page("joining/link", title: $0.texts["join.link.title"])) },
            Route(.post, link, operation: "confirmJoinByPage", needs: .nobody, handler: confirm),
            Route(.get, all, operation: "showJoinRequests", needs: .member(.manageMembers), handler: showAll),
            Route(.get, one, operation: "showJoinRequest", needs: .member(.manageMembers)) { try await showOne(.empty, $0) },
            Route(.post, one, operation: "submitJoinApproval", needs: .member(.manageMembers), handler: approve),
            Route(.post, one + "/avsla", operation: "submitJoinRefusal", needs: .member(.manageMembers), handler: refuse),
        ]
    }

    // MARK: Who asks

    private func showForm(_ form: Form, _ call: Call) async throws -> Reply {
        let code = form.value("municipalityCode").isEmpty ? call.query["code"] ?? "" : form.value("municipalityCode")
        guard let council = try await requests.services.database.send(as: Anonymous(), .municipality(code: code)), council.hasJoined
        else { return .seeOther("/registrera") }
        let fields = FormView(form.problem == nil ? Form(["language": call.language.rawValue]) : form, call.texts)
        return .page(Page("joining/form", title: call.texts["join.title"], [
            "council": .text(council.name), "code": .text(council.code),
            "nameField": fields.text("name", "join.name", autocomplete: "name"),
            "addressField": fields.text("address", "join.address", .email, autocomplete: "email"),
            "languageField": fields.languages("language", "join.language"),
        ], form: fields))
    }

    @Sendable private func ask(_ call: Call) async throws -> Reply {
        try await call.submit(NewJoinRequest.init, showing: { try await showForm($0, call) }) { request in
            try await requests.ask(request, from: call.source)
            return .seeOther(JoinRequestsPages.form + "/skickat")
        }
    }

    @Sendable private func confirm(_ call: Call) async throws -> Reply {
        do {
            try await requests.confirm(try call.parameter("token"))
            return .seeOther(JoinRequestsPages.form + "/vantar")
        } catch let problem as Problem where problem == .linkVoid {
            return .voidLink(again: "/registrera", call)
        }
    }

    // MARK: Who decides

    @Sendable private func showAll(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .manageMembers), council = member.municipality, texts = call.texts
        let (me, found) = try await requests.services.database.send(
            as: member, .me(in: council), .joinRequests(of: council, at: call.now, limit: Paging.onPages, offset: 0))
        return .page(Page("joining/requests", title: texts["join.requests.title"], [
            "isEmpty": .flag(found.isEmpty), "requests": .groups(found) { $0.values(texts) },
        ], frame: .council(me, here: .members, texts)))
    }

    private func showOne(_ form: Form, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .manageMembers), council = member.municipality, texts = call.texts
        let (me, found) = try await requests.services.database.send(
            as: member, .me(in: council), .joinRequest(call.id("joinRequestId"), at: call.now, in: council))
        guard let request = found else { throw Problem.notFound }
        let fields = FormView(form, texts)
        return .page(Page("joining/request", title: request.name, request.values(texts) + [
            "rolesField": fields.roles,
        ], form: fields, frame: .council(me, here: .members, texts)))
    }

    @Sendable private func approve(_ call: Call) async throws -> Reply {
        try await call.submit({ Set($0.choices("roles", Role.self, atLeast: 1)) }, showing: { try await showOne($0, call) }) { roles in
            _ = try await requests.approve(call.id("joinRequestId"), with: roles, as: call.member(for: .manageMembers))
            return .seeOther(JoinRequestsPages.path).flash("joinApproved")
        }
    }

    @Sendable private func refuse(_ call: Call) async throws -> Reply {
        try call.body { _ in }
        try await requests.refuse(call.id("joinRequestId"), as: call.member(for: .manageMembers))
        return .seeOther(JoinRequestsPages.path).flash("joinRefused")
    }
}

extension JoinRequest {
    fileprivate func values(_ texts: Texts) -> [String: PageValue] {
        [
            "requestName": .text(name), "requestAddress": .text(address), "requestLanguage": .text(texts["council.language.\(language.rawValue)"]),
            "requestState": .text(texts("join.requests.state", ["when": texts.time(verifiedAt), "until": texts.day(SwedishTime.day(expiresAt))])),
            "requestPath": .text("\(JoinRequestsPages.path)/\(id)"),
        ]
    }
}
