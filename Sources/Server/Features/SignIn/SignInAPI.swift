import Rules

struct SignInAPI: Sendable {
    let signIn: SignIn

    init(_ services: Services) { signIn = SignIn(services: services) }

    var routes: [Route] {
        let session = "/api/v1/session"
        return [
            Route(.post, "/api/v1/sign-in-links", operation: "requestSignInLink", needs: .nobody, handler: requestSignInLink),
            Route(.post, "/api/v1/sessions", operation: "createSession", needs: .nobody, handler: createSession),
            Route(.get, session, operation: "getSession", needs: .member(.readCouncil), handler: getSession),
            Route(.delete, session, operation: "deleteSession", needs: .member(.readCouncil), handler: deleteSession),
        ]
    }

    @Sendable private func requestSignInLink(_ call: Call) async throws -> Reply {
        try await signIn.requestLink(for: try call.body { $0.address("address") }, from: call.source)
        return .json(["state": "sent"]).status(.accepted)
    }

    @Sendable private func createSession(_ call: Call) async throws -> Reply {
        let session = try await signIn.openSession(try call.body { $0.linkToken })
        return .created(session.isOperators ? "/api/v1/operator/session" : "/api/v1/session", session.json)
    }

    @Sendable private func getSession(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .readCouncil)
        let (me, end) = try await signIn.services.database.send(as: member, .me(in: member.municipality), .sessionEnd(of: member))
        return .json([
            "member": [
                "id": .id(me.id), "name": .string(me.name), "address": .string(me.address), "language": .choice(me.language),
                "roles": .list(me.roles) { .choice($0) },
            ],
            "council": ["code": .string(me.councilCode), "name": .string(me.councilName)],
            "capabilities": .list(Capability.allCases.filter(Set(me.roles).may)) { .choice($0) },
            "expiresAt": .instant(end), "_links": ["self": call.link(call.path)],
        ])
    }

    @Sendable private func deleteSession(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .readCouncil)
        _ = try await signIn.services.database.send(as: member, .endSession(of: member))
        return .noContent
    }
}

extension NewSession {
    var json: JSON {
        ["kind": .string(isOperators ? "operator" : "member"), "token": .string(token.text), "expiresAt": .instant(expiresAt)]
    }
}

extension Fields {
    /// The token of a link. Whatever it is, only its text is checked here: what is no link of ours is void.
    var linkToken: String { text("token", 1...200) }
}
