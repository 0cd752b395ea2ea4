import Rules

/// A result as its page shows it: every figure that the document prints, in words, tables and pictures.
struct ResultValues {
    let result: ReadResult
    /// By dimension, the current figure of the last round that this one may be compared with.
    var last: [String: Figure] = [:]
    let texts: Texts

    private var language: Language { texts.language }
    private var heading: ResultDocument.Heading { result.document.heading }

    /// What each result has, with or without figures.
    var values: [String: PageValue] {
        [
            "council": .text(heading.municipality.name), "round": .text(heading.roundTitle),
            "endText": .text(result.document.findings == nil
                ? texts("result.ended", ["when": texts.time(heading.fixedAt)]) : texts("result.fixed", ["when": texts.time(heading.fixedAt)])),
            "answered": .text(texts("result.answered", ["submitted": String(result.document.submitted), "invited": String(heading.invited)])),
            "promise": .text(texts("result.promise", ["k": String(heading.k)])),
            "tooFewText": .text(texts("result.tooFewText", [
                "submitted": String(result.document.submitted), "invited": String(heading.invited), "k": String(heading.k),
            ])),
            "instrumentName": .text(result.instrument.name[language]), "instrumentVersion": .text("\(heading.instrument.key), version \(heading.instrument.version)"),
            "contractHash": .text(heading.contractHash), "documentHash": .text(result.hash),
            "hasFigures": .flag(result.document.findings != nil),
        ] + findings(result.document.findings)
    }

    private func findings(_ findings: ResultDocument.Findings?) -> [String: PageValue] {
        let analysis = findings?.analysis
        let pictures = analysis.map { ResultPictures(analysis: $0, instrument: result.instrument, last: last, texts: texts) }
        let split = SplitValues(split: findings?.split, k: heading.k, instrument: result.instrument, texts: texts)
        return people(findings?.group) + overall(analysis) + split.values + [
            "highlights": analysis.map { HighlightValues(analysis: $0, instrument: result.instrument, texts: texts).value } ?? .list([]),
            "pictures": .groups(pictures.map { $0.ofAreas + $0.ofQuestions } ?? []) { $0.values },
            "dimensions": .groups((analysis?.dimensions ?? []).enumerated(), dimension),
            "questions": .groups(analysis?.questions ?? [], question),
            "overallExplained": explained?.overall ?? ExplanationValues.none, "explainedRounding": .text(Explanation.rounding[language]),
        ]
    }

    private func people(_ group: ResultDocument.Group?) -> [String: PageValue] {
        [
            "orderedBy": .text(group.map { named($0.orderedBy) } ?? ""), "ranBy": .text(group.map { named($0.ranBy) } ?? ""),
            "seats": .groups(group?.seats ?? []) { seat in
                // Most posts are called as their function is.
                let function = seat.function.name, isPlain = Language.allCases.contains { function[$0] == seat.title }
                return [
                    "seatTitle": .text(isPlain ? function[language] : seat.title),
                    "seatIs": .text(((isPlain ? [] : [function[language]]) + [seat.family.name[language]]).joined(separator: " · ")),
                ]
            },
        ]
    }

    private func named(_ person: ResultDocument.NamedPerson) -> String {
        person.title.isEmpty ? person.name : "\(person.name), \(person.title)"
    }

    private var explained: ExplanationValues? {
        result.document.findings.map { ExplanationValues(analysis: $0.analysis, instrument: result.instrument, texts: texts) }
    }

    // MARK: The whole

    private func overall(_ analysis: Analysis?) -> [String: PageValue] {
        guard let figures = analysis?.overall.figures else { return ["hasOverall": false, "overallText": ""] }
        let weakest = result.instrument.name(of: figures.weakest)[language]
        return ["hasOverall": true, "overallText": .text(texts("result.overall", [
            "current": figures.current.mean(in: language), "desired": figures.desired.mean(in: language), "level": level(figures.level), "weakest": weakest,
        ]))]
    }

    // MARK: A dimension and its items

    private func dimension(_ place: Int, _ dimension: Analysis.Dimension) -> [String: PageValue] {
        let named = result.instrument.dimensions.first { $0.key == dimension.key }
        let figures = dimension.result.figures
        return [
            "dimensionKey": .text(dimension.key), "dimensionName": .text(named?.name[language] ?? dimension.key), "dimensionNumber": .number(place + 1),
            "levelCount": .number(result.instrument.levels.count), "countColumns": .number(2 * result.instrument.levels.count),
            "levelNumbers": .list(result.instrument.levels.indices.map { .number($0 + 1) }),
            "dimensionDescription": .text(named?.description[language] ?? ""),
            "dimensionShown": .flag(figures != nil), "dimensionHidden": .text(reason(dimension.result.reason)),
            "dimensionCurrent": .text(figures?.current.mean(in: language) ?? ""), "dimensionDesired": .text(figures?.desired.mean(in: language) ?? ""),
            "dimensionGap": .text(figures?.gap.difference(in: language) ?? ""), "dimensionSpread": .text(figures?.spread.spread(in: language) ?? ""),
            "dimensionLevel": .text(figures.map { level($0.level) } ?? ""), "dimensionDontKnow": .text(dimension.dontKnowShare.percent(in: language)),
            "dimensionItems": .text(figures.map { texts("result.itemsShown", ["shown": String($0.shownItems), "items": String(dimension.items.count)]) } ?? ""),
            "items": .groups(dimension.items.enumerated()) { place, item in self.item(place, item, named?.items.first { $0.key == item.key }) },
            "dimensionExplained": explained?.dimension(dimension.key) ?? ExplanationValues.none,
            "heatMap": .group(ResultPictures.heatMap(of: dimension, result.instrument, texts).values),
        ]
    }

    private func item(_ place: Int, _ item: Analysis.Item, _ named: Instrument.Item?) -> [String: PageValue] {
        let figures = item.result.figures, cells = item.cells
        return [
            "itemKey": .text(item.key), "itemStatement": .text("\(place + 1). \(named?.statement[language] ?? item.key)"),
            "itemShown": .flag(figures != nil), "itemHidden": .text(reason(item.result.reason)),
            "itemPairs": .number(cells.pairs), "itemDontKnow": .text(item.dontKnowShare.percent(in: language)),
            "itemCurrent": .text(figures?.current.mean(in: language) ?? ""), "itemDesired": .text(figures?.desired.mean(in: language) ?? ""),
            "itemGap": .text(figures?.gap.difference(in: language) ?? ""), "itemSpread": .text(figures?.spread.spread(in: language) ?? ""),
            "itemLevel": .text(figures.map { level($0.level) } ?? ""),
            "currentCounts": .list((cells.histograms?.current.counts ?? []).map(PageValue.number)),
            "desiredCounts": .list((cells.histograms?.desired.counts ?? []).map(PageValue.number)),
            "dontKnowCount": .number(cells.dontKnow), "notRelevantCount": .number(cells.notRelevant), "blankCount": .number(cells.blank),
            "itemExplained": explained?.item(item.key) ?? ExplanationValues.none,
        ]
    }

    // MARK: The seven questions

    private func question(_ question: Analysis.Question) -> [String: PageValue] {
        let figures = question.result.figures
        return [
            "questionExplained": explained?.question(question.number) ?? ExplanationValues.none,
            "questionNumber": .number(question.number), "questionText": .text(texts("question.\(question.number)")),
            "questionShown": .flag(figures != nil), "questionHidden": .text(reason(question.result.reason)),
            "questionCurrent": .text(figures?.current.mean(in: language) ?? ""), "questionDesired": .text(figures?.desired.mean(in: language) ?? ""),
            "questionGap": .text(figures?.gap.difference(in: language) ?? ""), "questionLevel": .text(figures.map { level($0.level) } ?? ""),
            "questionItems": .text(texts("result.itemsShown", ["shown": String(question.shownItems), "items": String(question.items)])),
        ]
    }

    // MARK: Words

    private func level(_ level: Int) -> String {
        guard result.instrument.levels.indices.contains(level - 1) else { return String(level) }
        return "\(level) \(result.instrument.levels[level - 1].name[language])"
    }

    private func reason(_ reason: Hidden?) -> String {
        switch reason {
        case nil: ""
        case Hidden.notRelevant?: texts["result.notRelevant"]
        default: texts["result.tooFew"]
        }
    }
}
