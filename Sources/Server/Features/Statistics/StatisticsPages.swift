import Rules

/// Sharing a round's figures, and reading where it stands among councils.
struct StatisticsPages: Sendable {
    let statistics: Statistics

    init(_ services: Services) { statistics = Statistics(services: services) }

    var routes: [Route] {
        let sharing = "/omgangar/{roundId}/dela"
        return [
            Route(.get, sharing, operation: "sharingPage", needs: .member(Capability.shareResult.rawValue)) { try await showSharing(.empty, $0) },
            Route(.post, sharing, operation: "shareByPage", needs: .member(Capability.shareResult.rawValue), handler: changeSharing),
            Route(.get, "/omgangar/{roundId}/lage", operation: "positionPage", needs: .member(Capability.readPosition.rawValue), handler: showPosition),
        ]
    }

    // MARK: Sharing

    private func showSharing(_ form: Form, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .shareResult), round: RoundID = try call.id("roundId")
        let (found, me) = try await statistics.services.database.send(
            as: member, .sharing(of: round, in: member.municipality), .me(in: member.municipality))
        guard let view = found else { throw Problem.notFound }
        let fields = FormView(form, call.texts)
        return .page(Page("statistics/sharing", title: call.texts["sharing.title"], [
            "round": .text(view.title), "roundPath": .text("/omgangar/\(round)"), "isShared": .flag(view.shared),
            "canShare": .flag(!view.shared && view.refusal == nil), "isRefused": .flag(!view.shared && view.refusal != nil),
            "refusalText": .text(view.refusal?.detail[call.language] ?? ""),
            "understood": fields.box("understood", "sharing.understood"),
        ], form: fields, frame: .council(me, here: .home, call.texts)))
    }

    @Sendable private func changeSharing(_ call: Call) async throws -> Reply {
        try await call.submit(SharingChange.init, showing: { try await showSharing($0, call) }) { change in
            let member = try call.member(for: .shareResult), round: RoundID = try call.id("roundId")
            switch change.action {
            case .share: _ = try await statistics.share(round, as: member)
            case .withdraw: try await statistics.unshare(round, as: member)
            }
            return .seeOther("/omgangar/\(round)/dela")
        }
    }

    // MARK: Position

    @Sendable private func showPosition(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .readPosition), round: RoundID = try call.id("roundId")
        let (view, me) = try await statistics.positionAndReader(of: round, as: member)
        let values = PositionValues(view: view, texts: call.texts).values
        return .page(Page("statistics/position", title: call.texts["position.title"], values + ["roundPath": .text("/omgangar/\(round)")],
            frame: .council(me, here: .home, call.texts)))
    }
}

private struct SharingChange {
    enum Action: String, CaseIterable { case share, withdraw }
    let action: Action

    init(_ fields: Fields) {
        action = fields.choice("action")
        // To withdraw, nothing needs to be understood.
        if !fields.flag("understood"), action == .share {
            fields.refuse("understood", FieldMessage(sv: "Kryssa i rutan när du har läst.", en: "Tick the box when you have read it."))
        }
    }
}

/// The position in words and figures.
struct PositionValues {
    let view: PositionView
    let texts: Texts

    private var language: Language { texts.language }

    var values: [String: PageValue] {
        let tooFew = view.tooFew
        return [
            "round": .text(view.round), "hasPosition": .flag(tooFew == nil),
            "leadText": .text(texts("position.lead", ["when": texts.day(SwedishTime.day(view.fixedAt))])),
            "tooFewText": .text(texts("position.tooFew", ["councils": String(tooFew ?? 0), "needed": String(PositionView.needed)])),
            "editionText": .text(view.edition.map { texts("position.edition", ["number": String($0.number), "when": texts.time($0.publishedAt)]) } ?? ""),
            "areas": .groups(tooFew == nil ? byDimension : [], area),
        ]
    }

    private var byDimension: [[PositionView.Line]] {
        view.lines.reduce(into: []) { groups, line in
            if groups.last?.last?.dimension == line.dimension { groups[groups.count - 1].append(line) } else { groups.append([line]) }
        }
    }

    private func area(_ lines: [PositionView.Line]) -> [String: PageValue] {
        let key = lines.first?.dimension ?? ""
        return [
            "areaName": .text(view.instrument.name(of: key)[language]),
            "areaSentence": .text(lines.first { $0.kind == .current }.map(sentence) ?? ""),
            "lines": .groups(lines, line),
        ]
    }

    private func line(_ line: PositionView.Line) -> [String: PageValue] {
        let figure = { (figure: Figure?) in PageValue.text(figure.map { text($0, line.kind) } ?? "–") }
        return [
            "figureName": .text(texts("position.figure.\(line.kind.rawValue)")),
            "ownFigure": .text(line.own.map { text($0, line.kind) } ?? texts["result.tooFew"]),
            "lowerQuartile": figure(line.cell?.lowerQuartile), "median": figure(line.cell?.median), "upperQuartile": figure(line.cell?.upperQuartile),
            "positionText": .text(line.position.map { texts("position.at.\($0.rawValue)") } ?? ""),
            "othersText": .text(line.cell == nil
                ? texts("position.tooFewHere", ["councils": String(line.others), "needed": String(PositionView.needed)]) : String(line.others)),
            "asOfText": .text(texts.day(line.asOf.utcDay)),
        ]
    }

    /// Where the current level lies, in words.
    private func sentence(_ line: PositionView.Line) -> String {
        guard let own = line.own else { return texts["position.ownHidden"] }
        guard let position = line.position, let median = line.cell?.median else {
            return texts("position.tooFewHere", ["councils": String(line.others), "needed": String(PositionView.needed)])
        }
        return texts("position.sentence", [
            "own": own.mean(in: language), "place": texts("position.place.\(position.rawValue)"), "median": median.mean(in: language),
        ])
    }

    private func text(_ figure: Figure, _ kind: DimensionFigure.Kind) -> String {
        kind == .gap ? figure.difference(in: language) : figure.mean(in: language)
    }
}
