import Rules

/// Signing in and out in a browser.
struct SignInPages: Sendable {
    let signIn: SignIn

    init(_ services: Services) { signIn = SignIn(services: services) }

    var routes: [Route] {
        let form = signIn.services.site.signInPath, link = "/s/{token}", out = "/logga-ut"
        return [
            Route(.get, form, operation: "signInPage", needs: .nobody) { show(.empty, $0) },
            Route(.post, form, operation: "requestLinkByPage", needs: .nobody, handler: request),
            Route(.get, form + "/skickat", operation: "signInSentPage", needs: .nobody) { .page(Page("sign-in/sent", title: $0.texts["signIn.sent.title"])) },
            Route(.get, link, operation: "signInLinkPage", needs: .nobody, handler: showLink),
            Route(.post, link, operation: "signInByPage", needs: .nobody, handler: enter),
            Route(.get, out, operation: "signOutPage", needs: .nobody) { .page(Page("sign-in/out", title: $0.texts["signIn.out.title"])) },
            Route(.post, out, operation: "signOutByPage", needs: .nobody, handler: leave),
        ]
    }

    private func show(_ form: Form, _ call: Call) -> Reply {
        let fields = FormView(form, call.texts)
        return .page(Page("sign-in/form", title: call.texts["signIn.title"], [
            "addressField": fields.text("address", "signIn.address", .email, autocomplete: "email"),
        ], form: fields))
    }

    @Sendable private func request(_ call: Call) async throws -> Reply {
        try await call.submit({ $0.address("address") }, showing: { show($0, call) }) { address in
            try await signIn.requestLink(for: address, from: call.source)
            return .seeOther(call.path + "/skickat")
        }
    }

    @Sendable private func showLink(_ call: Call) async throws -> Reply {
        let council = try await signIn.council(of: try call.parameter("token"))
        return .page(Page("sign-in/link", title: call.texts["signIn.link.title"], .optional("linkCouncil", council)))
    }

    @Sendable private func enter(_ call: Call) async throws -> Reply {
        let link = try call.parameter("token")
        if let token = call.cookie(Call.session).flatMap({ SessionToken($0) }), try await signIn.isAnothers(link, than: token, at: call.now) {
            return Reply.page(Page("sign-in/other", title: call.texts["signIn.other.title"])).status(.conflict)
        }
        do {
            let session = try await signIn.openSession(link)
            return .seeOther(session.isOperators ? "/operator" : "/kommun").cookie(session.cookie)
        } catch let problem as Problem where problem == .linkVoid {
            return .voidLink(again: call.site.signInPath, call)
        }
    }

    @Sendable private func leave(_ call: Call) async throws -> Reply {
        if let token = call.cookie(Call.session).flatMap({ SessionToken($0) }) { try await signIn.close(token, at: call.now) }
        return .seeOther("/").cookie(.removing(Call.session)).flash("signedOut")
    }
}

extension NewSession {
    /// The browser keeps it as long as it may hold at most; the database decides when it ends.
    var cookie: Cookie { Cookie(Call.session, token.text, lifetime: Lifetime.sessionAtMost) }
}

extension Reply {
    /// A link that does not hold, and where to get another.
    static func voidLink(again path: String, _ call: Call) -> Reply {
        Reply.page(Page("sign-in/void", title: call.texts["signIn.void.title"], ["againPath": .text(path)])).status(.gone)
    }
}
