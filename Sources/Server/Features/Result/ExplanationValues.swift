import Rules

/// Figures explained where they stand: under a table, one line a figure, from the same parts that it was computed from.
struct ExplanationValues {
    let analysis: Analysis
    let instrument: Instrument
    let texts: Texts

    private var language: Language { texts.language }

    /// Those of a dimension and its items.
    func dimension(_ dimension: Analysis.Dimension) -> PageValue {
        let named = instrument.dimensions.first { $0.key == dimension.key }
        return list([(.dimension(dimension.key), named?.name[language] ?? dimension.key)] + dimension.items.map { item in
            (.item(item.key), named?.items.first { $0.key == item.key }?.statement[language] ?? item.key)
        })
    }

    var questions: PageValue { list(analysis.questions.map { (.question($0.number), "\($0.number). \(texts("question.\($0.number)"))") }) }
    var overall: PageValue { list([(.overall, texts["result.whole"])]) }

    private func list(_ subjects: [(FigureAddress.Subject, String)]) -> PageValue {
        guard let shape = instrument.shape else { return .list([]) }
        return .groups(subjects) { subject, name in
            let all = FigureAddress.Kind.allCases.compactMap { Explanation(FigureAddress(subject, $0), in: analysis, shape: shape) }
            return ["explainedName": .text(name), "explained": .groups(all, line)]
        }
    }

    private func line(_ explanation: Explanation) -> [String: PageValue] {
        let people = explanation.cells.map(\.pairs)
        return [
            "explainedFigure": .text(texts["explain.\(explanation.address.kind.rawValue)"]), "explainedRule": .text(explanation.rule[language]),
            "explainedCalculation": .text(explanation.formula.map { "\($0.text) = " } ?? ""),
            "explainedValue": .text(explanation.result.figures?.whole(in: language) ?? texts[explanation.result.reason == .notRelevant ? "result.notRelevant" : "result.tooFew"]),
            "explainedN": .text(Set(people).count > 1 ? "\(people.min() ?? 0)–\(people.max() ?? 0)" : people.first.map(String.init) ?? "–"),
        ]
    }
}
