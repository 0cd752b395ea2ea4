import Rules

/// Figures explained beside where they stand: one line a figure, from the same parts that it was computed from.
struct ExplanationValues {
    let analysis: Analysis
    let instrument: Instrument
    let texts: Texts

    private var language: Language { texts.language }

    func dimension(_ key: String) -> PageValue { lines(.dimension(key)) }
    func item(_ key: String) -> PageValue { lines(.item(key)) }
    func question(_ number: Int) -> PageValue { lines(.question(number)) }
    var overall: PageValue { lines(.overall) }

    /// Where there are no figures.
    static let none = PageValue.group(["explained": .list([])])

    /// For the partial `result/explained`.
    private func lines(_ subject: FigureAddress.Subject) -> PageValue {
        guard let shape = instrument.shape else { return ExplanationValues.none }
        let kinds = FigureAddress.Kind.allCases.compactMap { Explanation(FigureAddress(subject, $0), in: analysis, shape: shape) }
        return .group(["explained": .groups(kinds, line)])
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
