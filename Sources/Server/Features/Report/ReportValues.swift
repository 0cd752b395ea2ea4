import Rules

/// A report as pages show it: for the partial `report/body`. Made of the report alone, so that the page can be drawn again from its data.
struct ReportValues {
    private let report: Report
    private let hash: String
    private let texts: Texts

    init(_ finished: FinishedReport, texts: Texts) { (report, hash, self.texts) = (finished.report, finished.hash, texts) }

    private var language: Language { texts.language }
    private var document: ResultDocument { report.result.document }
    private var heading: ResultDocument.Heading { document.heading }
    private var analysis: Analysis? { document.findings?.analysis }

    var values: [String: PageValue] {
        let words = report.analysis.map { WordingValues($0, instrument: report.instrument, texts: texts) }
        return [
            "council": .text(heading.municipality.name), "roundTitle": .text(heading.roundTitle), "answeredText": .text(answered),
            "facts": .groups(facts) { ["fact": .text($0.0), "factText": .text($0.1)] },
            "hashes": .groups(hashes) { ["hashName": .text($0.0), "hashText": .text($0.1)] },
            "hasFigures": .flag(analysis != nil), "hasAnalysis": .flag(words != nil),
            "terms": .groups(report.contract.document.terms(texts)) { ["term": .text($0.name), "termLines": .groups($0.lines) { ["termLine": .text($0)] }] },
            "seats": .groups(document.findings?.group.seats ?? []) { ["seatTitle": .text($0.title), "seatFunction": .text($0.function.name[language])] },
        ] + figures + (words?.values ?? WordingValues.none) + TrendValues(report: report, texts: texts).values
            + PlanValues(plan: report.plan, instrument: report.instrument, texts: texts).values + ReportedQuestions(report, texts: texts).values
    }

    private var answered: String {
        let counts = ["submitted": String(document.submitted), "invited": String(heading.invited), "k": String(heading.k)]
        return analysis == nil ? texts("result.tooFewText", counts) : texts("result.answered", counts) + " " + texts("result.promise", counts)
    }

    private var facts: [(String, String)] {
        let group = document.findings?.group
        let named = { (person: ResultDocument.NamedPerson) in person.title.isEmpty ? person.name : "\(person.name), \(person.title)" }
        return [
            (texts["report.diaryNumber"], report.diaryNumber ?? texts["report.noNumber"]), (texts["result.orderedBy"], group.map { named($0.orderedBy) } ?? ""),
            (texts["result.ranBy"], group.map { named($0.ranBy) } ?? ""), (texts["report.fixedAt"], texts.time(heading.fixedAt)),
            (texts["result.instrument"], "\(report.instrument.name[language]) (\(report.instrument.key), version \(report.instrument.version))"),
        ].filter { !$0.1.isEmpty }
    }

    private var hashes: [(String, String)] {
        [
            (texts["report.hash"], hash), (texts["result.documentHash"], FinishedReport.sha256(report.result.tree.canonicalBytes)),
            (texts["result.contractHash"], heading.contractHash),
        ]
    }

    // MARK: Figures

    private var figures: [String: PageValue] {
        let overall = analysis?.overall.figures
        let pictures = analysis.map { ResultPictures(analysis: $0, instrument: report.instrument, last: report.trend?.currentBefore ?? [:], texts: texts) }
        return [
            "hasOverall": .flag(overall != nil),
            "overallText": .text(overall.map { figures in
                texts("result.overall", [
                    "current": figures.current.mean(in: language), "desired": figures.desired.mean(in: language),
                    "level": report.instrument.level(figures.level, in: language), "weakest": report.instrument.name(of: figures.weakest)[language],
                ])
            } ?? ""),
            "levelCount": .number(report.instrument.levels.count),
            "levelNumbers": .groups(report.instrument.levels.indices) { ["levelNumber": .number($0 + 1)] },
            "levelNames": .groups(report.instrument.levels.enumerated()) { place, level in
                ["levelName": .text("\(place + 1) \(level.name[language])"), "levelText": .text(level.descriptor[language])]
            },
            "areas": .groups(analysis?.dimensions ?? [], area), "questions": .groups(analysis?.questions ?? [], question),
            "dimensions": .groups(analysis?.dimensions ?? [], dimension),
            "pictures": .groups(pictures?.ofAreas ?? []) { $0.values }, "wheels": .groups(pictures?.ofQuestions ?? []) { $0.values },
        ]
    }

    private func area(_ dimension: Analysis.Dimension) -> [String: PageValue] {
        let figures = dimension.result.figures
        return [
            "areaName": .text(report.instrument.name(of: dimension.key)[language]), "areaShown": .flag(figures != nil),
            "areaHidden": .text(reason(dimension.result.reason)), "areaDontKnow": .text(dimension.dontKnowShare.percent(in: language)),
            "areaCurrent": .text(figures?.current.mean(in: language) ?? ""), "areaDesired": .text(figures?.desired.mean(in: language) ?? ""),
            "areaGap": .text(figures?.gap.difference(in: language) ?? ""), "areaSpread": .text(figures?.spread.spread(in: language) ?? ""),
            "areaLevel": .text(figures.map { report.instrument.level($0.level, in: language) } ?? ""),
            "areaPriority": .text(figures?.priority.spread(in: language) ?? ""),
        ]
    }

    private func question(_ question: Analysis.Question) -> [String: PageValue] {
        let figures = question.result.figures
        return [
            "questionText": .text("\(question.number). " + texts("question.\(question.number)")), "questionShown": .flag(figures != nil),
            "questionHidden": .text(reason(question.result.reason)), "questionCurrent": .text(figures?.current.mean(in: language) ?? ""),
            "questionDesired": .text(figures?.desired.mean(in: language) ?? ""), "questionGap": .text(figures?.gap.difference(in: language) ?? ""),
            "questionItems": .text("\(question.shownItems)/\(question.items)"),
        ]
    }

    private func dimension(_ dimension: Analysis.Dimension) -> [String: PageValue] {
        let named = report.instrument.dimensions.first { $0.key == dimension.key }
        return [
            "heatMap": .group(ResultPictures.heatMap(of: dimension, report.instrument, texts).values),
            "dimensionKey": .text(dimension.key), "dimensionName": .text(report.instrument.name(of: dimension.key)[language]), "dimensionText": .text(named?.description[language] ?? ""),
            "items": .groups(dimension.items.enumerated()) { place, item in
                let figures = item.result.figures, cells = item.cells
                return [
                    "itemStatement": .text("\(place + 1). \(report.instrument.statement(of: item.key)[language])"), "itemShown": .flag(figures != nil),
                    "itemHidden": .text(reason(item.result.reason)), "itemPairs": .number(cells.pairs),
                    "itemCurrent": .text(figures?.current.mean(in: language) ?? ""), "itemDesired": .text(figures?.desired.mean(in: language) ?? ""),
                    "itemGap": .text(figures?.gap.difference(in: language) ?? ""), "itemSpread": .text(figures?.spread.spread(in: language) ?? ""),
                    "itemAgreement": .text(figures?.agreement.spread(in: language) ?? ""),
                    "itemDontKnow": .number(cells.dontKnow), "itemNotRelevant": .number(cells.notRelevant), "itemBlank": .number(cells.blank),
                    "currentCounts": .groups(cells.histograms?.current.counts ?? []) { ["currentCount": .number($0)] },
                    "desiredCounts": .groups(cells.histograms?.desired.counts ?? []) { ["desiredCount": .number($0)] },
                    "countColumns": .number(2 * report.instrument.levels.count),
                ]
            },
        ]
    }

    private func reason(_ reason: Hidden?) -> String {
        reason.map { texts[$0 == .notRelevant ? "result.notRelevant" : "result.tooFew"] } ?? ""
    }
}
