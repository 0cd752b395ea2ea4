import Rules

struct SessionsAPI: Sendable {
    let sessions: Sessions

    init(_ services: Services) { sessions = Sessions(services: services) }

    var routes: [Route] {
        let list = "/api/v1/sessions", councils = "/api/v1/session/councils", operators = "/api/v1/operator/sessions"
        return [
            Route(.get, list, operation: "listSessions", needs: .member(.readCouncil), paged: true, handler: listSessions),
            Route(.delete, list, operation: "endOtherSessions", needs: .member(.readCouncil), handler: endOtherSessions),
            Route(.delete, list + "/{sessionId}", operation: "endSession", needs: .member(.readCouncil), handler: endSession),
            Route(.get, councils, operation: "listOwnCouncils", needs: .member(.readCouncil), handler: listOwnCouncils),
            Route(.post, councils, operation: "switchCouncil", needs: .member(.readCouncil), handler: switchCouncil),
            Route(.get, operators, operation: "listOperatorSessions", needs: .operator, paged: true, handler: listOperatorSessions),
            Route(.delete, operators, operation: "endOtherOperatorSessions", needs: .operator, handler: endOtherOperatorSessions),
            Route(.delete, operators + "/{sessionId}", operation: "endOperatorSession", needs: .operator, handler: endOperatorSession),
        ]
    }

    // MARK: A member's

    @Sendable private func listSessions(_ call: Call) async throws -> Reply {
        let (found, total) = try await sessions.list(call.paging, as: call.member(for: .readCouncil))
        return try call.list(found.map(\.json), of: total)
    }

    @Sendable private func endSession(_ call: Call) async throws -> Reply {
        try await sessions.end(call.id("sessionId"), as: call.member(for: .readCouncil))
        return .noContent
    }

    @Sendable private func endOtherSessions(_ call: Call) async throws -> Reply {
        try await sessions.endOthers(as: call.member(for: .readCouncil))
        return .noContent
    }

    // MARK: His councils

    @Sendable private func listOwnCouncils(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .readCouncil), me = try await sessions.services.database.send(as: member, .me(in: member.municipality))
        return .json([
            "items": .list(try await sessions.councils(of: me)) { council in
                ["code": .string(council.code), "name": .string(council.name), "current": .bool(council.id == member.municipality)]
            },
            "_links": ["self": call.link(call.path)],
        ])
    }

    @Sendable private func switchCouncil(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .readCouncil), code = try call.body { $0.text("councilCode", 4...4) }
        return .created("/api/v1/session", try await sessions.open(inCouncil: code, from: member).json)
    }

    // MARK: An operator's

    @Sendable private func listOperatorSessions(_ call: Call) async throws -> Reply {
        let (found, total) = try await sessions.list(call.paging, as: call.operator())
        return try call.list(found.map(\.json), of: total)
    }

    @Sendable private func endOperatorSession(_ call: Call) async throws -> Reply {
        try await sessions.end(call.id("sessionId"), as: call.operator())
        return .noContent
    }

    @Sendable private func endOtherOperatorSessions(_ call: Call) async throws -> Reply {
        try await sessions.endOthers(as: call.operator())
        return .noContent
    }
}

extension SessionView {
    fileprivate var json: JSON {
        [
            "id": .id(id), "startedAt": .instant(startedAt), "lastUsedAt": .instant(usedAt), "expiresAt": .instant(expiresAt),
            "current": .bool(isCurrent),
        ]
    }
}
