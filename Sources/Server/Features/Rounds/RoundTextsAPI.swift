import Rules

struct RoundTextsAPI: Sendable {
    private let texts: RoundTexts

    init(_ services: Services) { texts = RoundTexts(services: services) }

    var routes: [Route] {
        let path = "/api/v1/rounds/{roundId}/texts"
        return [
            Route(.get, path, operation: "getRoundTexts", needs: .member(.readRounds), handler: get),
            Route(.patch, path, operation: "changeRoundTexts", needs: .member(.setUpRound), handler: change),
        ]
    }

    @Sendable private func get(_ call: Call) async throws -> Reply {
        .json(try json(try await texts.view(of: call.id("roundId"), as: call.member(for: .readRounds)), call))
    }

    @Sendable private func change(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .setUpRound), round: RoundID = try call.id("roundId")
        let given = try call.body { fields in
            fields.refuseIfEmpty()
            return RoundText.Kind.allCases.reduce(into: [RoundText.Kind: RoundText]()) { given, kind in
                given[kind] = fields.given(kind.rawValue)?.object(RoundText.init)
            }
        }
        return .json(try json(try await texts.set(given, for: round, as: member), call))
    }

    private func json(_ view: RoundTextsView, _ call: Call) throws -> JSON {
        .object(try RoundText.Kind.allCases.map { kind in
            let text = view.text(kind)
            var members: [JSON.Member] = [.init("sv", .string(text.sv)), .init("en", .string(text.en)), .init("frozenAt", .instant(view.texts[kind]?.frozenAt))]
            if kind != .introduction { members.append(.init("preview", try preview(kind, in: view))) }
            return .init(kind.rawValue, .object(members))
        } + [.init("_links", ["self": call.link("/api/v1/rounds/\(view.round.id)/texts")])])
    }

    private func preview(_ kind: RoundText.Kind, in view: RoundTextsView) throws -> JSON {
        let mails = try Language.allCases.compactMap { language in
            try texts.preview(kind, in: view, language).map { JSON.Member(language.rawValue, ["subject": .string($0.subject), "body": .string($0.body)]) }
        }
        return mails.isEmpty ? .null : .object(mails)
    }
}
