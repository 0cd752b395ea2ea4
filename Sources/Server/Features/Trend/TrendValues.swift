import Rules

/// What has changed since the last round, as a result and a report show it: a table, and a picture where there are at least two rounds.
struct TrendValues {
    let now: ResultDocument
    /// Nil where there is none to compare with.
    let before: ResultDocument?
    let trend: Trend?
    let lines: [TrendLine]
    let instrument: Instrument
    let texts: Texts

    private var language: Language { texts.language }

    init(history: History, texts: Texts) {
        let last = history.last
        (now, instrument, self.texts) = (history.this.result.document, history.this.result.instrument, texts)
        (before, trend, lines) = (last?.result.document, last?.trend, history.lines)
    }

    /// Of the two rounds that a report has.
    init(report: Report, texts: Texts) {
        (now, instrument, self.texts) = (report.result.document, report.instrument, texts)
        (before, trend) = (report.previous?.result.document, report.trend)
        lines = report.trend == nil ? [] : TrendLine.all(through: [before].compactMap { $0.map { ($0, nil) } } + [(now, report.trend)])
    }

    var values: [String: PageValue] {
        let isThrough = lines.first.map { $0.points.count > 1 } ?? false
        return [
            "hasTrend": .flag(trend != nil), "hasThrough": .flag(isThrough),
            "trendSince": .text(before.map(since) ?? texts["trend.none"]),
            "changes": .groups(trend?.dimensions ?? [], change),
            "through": .group(isThrough ? through(lines) : TrendValues.noThrough),
        ]
    }

    private func since(_ document: ResultDocument) -> String {
        texts("trend.since", [
            "round": document.heading.roundTitle, "when": texts.time(document.heading.fixedAt), "before": String(document.submitted),
            "now": String(now.submitted),
        ])
    }

    private func change(_ dimension: Trend.Dimension) -> [String: PageValue] {
        let change = dimension.result.figures
        return [
            "changeKey": .text(dimension.key), "changeName": .text(name(dimension.key)), "changeShown": .flag(change != nil),
            "changeHidden": .text(reason(dimension.result.reason)), "changeLink": .text(dimension.link == .bridged ? texts["trend.bridged"] : ""),
            "changeBefore": .text(change?.before.current.mean(in: language) ?? ""), "changeNow": .text(change?.now.current.mean(in: language) ?? ""),
            "changeCurrent": .text(change?.current.difference(in: language) ?? ""), "changeDesired": .text(change?.desired.difference(in: language) ?? ""),
            "itemChanges": .groups(dimension.items, itemChange),
        ]
    }

    private func itemChange(_ item: Trend.Item) -> [String: PageValue] {
        let change = item.result.figures
        return [
            "itemChangeStatement": .text(instrument.statement(of: item.key)[language]), "itemChangeShown": .flag(change != nil),
            "itemChangeHidden": .text(reason(item.result.reason)), "itemChangeLink": .text(item.link == .bridged ? texts["trend.bridged"] : ""),
            "itemChangeN": .text(item.pairsBefore.map { "\($0) → \(item.pairsNow)" } ?? "– → \(item.pairsNow)"),
            "itemChangeCurrent": .text(change?.current.difference(in: language) ?? ""),
            "itemChangeDesired": .text(change?.desired.difference(in: language) ?? ""),
        ]
    }

    private func through(_ lines: [TrendLine]) -> [String: PageValue] {
        let picture = TrendPicture(levels: instrument.levels.count, rows: lines.map { line in
            .init(name: name(line.key), points: line.points.map { .init(at: $0.at, value: $0.current, isJoined: $0.isJoined) })
        })
        let days = (lines.first?.points ?? []).map { texts.day(SwedishTime.day($0.at)) }
        let words = TrendPicture.Words(
            language: language, title: texts["trend.picture"], tooFew: texts["result.tooFew"], from: days.first ?? "", to: days.last ?? "")
        return [
            "throughSource": .text(picture.svg(words).source), "throughSentence": .text(picture.sentence(in: language)),
            "throughDays": .list(days.map { .text($0) }),
            "throughRows": .groups(lines) { line in
                ["throughName": .text(name(line.key)), "throughFigures": .list(line.points.map { .text($0.current?.mean(in: language) ?? texts["result.tooFew"]) })]
            },
        ]
    }

    private func name(_ dimension: String) -> String {
        instrument.name(of: dimension)[language]
    }

    private func reason(_ reason: Hidden?) -> String {
        switch reason {
        case nil: ""
        case Hidden.broken?: texts["trend.broken"]
        default: texts["result.tooFew"]
        }
    }

    /// For a participant, who reads the rounds that he had a seat in: no trend.
    static let none: [String: PageValue] = [
        "hasTrend": false, "hasThrough": false, "trendSince": "", "changes": .list([]), "through": .group(noThrough),
    ]

    private static let noThrough: [String: PageValue] = ["throughSource": "", "throughSentence": "", "throughDays": .list([]), "throughRows": .list([])]
}

extension Trend {
    /// By dimension, the current figure of the last round where it may be compared with this one.
    var currentBefore: [String: Figure] {
        Dictionary(dimensions.compactMap { dimension in dimension.result.figures.map { (dimension.key, $0.before.current) } }) { first, _ in first }
    }
}
