import Rules

/// The questionnaire as a report's page has it at its end: what was asked, what each level means and the words that are used, so that the answers can be read when
/// nobody remembers the questions.
struct ReportedQuestions {
    private let report: Report
    private let texts: Texts

    init(_ report: Report, texts: Texts) { (self.report, self.texts) = (report, texts) }

    private var language: Language { texts.language }

    var values: [String: PageValue] {
        [
            "introductionLines": .list(report.instrument.introduction[language].paragraphs.map(PageValue.text)),
            "asked": .groups(report.instrument.dimensions, dimension), "hasTerms": .flag(!report.terms.isEmpty),
            "usedTerms": .groups(report.terms) { ["usedTerm": .text($0.term[language]), "usedTermText": .text($0.definition[language])] },
        ]
    }

    private func dimension(_ dimension: Instrument.Dimension) -> [String: PageValue] {
        [
            "askedName": .text(dimension.name[language]),
            "askedAnchors": .groups(dimension.anchors.enumerated()) { place, anchor in
                ["askedLevel": .text(report.instrument.level(place + 1, in: language)), "askedAnchor": .text(anchor[language])]
            },
            "askedItems": .groups(dimension.items.enumerated()) { place, item in
                [
                    "askedStatement": .text("\(place + 1). \(item.statement[language])"), "askedMeaning": .text(item.clarification[language]),
                    "askedExample": .text(texts("report.example", ["example": item.example[language]])),
                ]
            },
        ]
    }
}
