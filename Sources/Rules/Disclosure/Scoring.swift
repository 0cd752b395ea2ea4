/// How figures come from cells (domain.md §5.4–5.5). Nothing here takes more than cells, and a cell without histograms takes no part.
struct Scoring {
    let levels: Int
    let rules: Disclosure

    /// A dimension with what is still exact of it, for what is computed from dimensions.
    struct Scored {
        let printed: Analysis.Dimension
        let means: Means?
        var key: String { printed.key }
    }

    /// Current and desired, exact.
    struct Means {
        let current: Rational
        let desired: Rational
        var gap: Rational { desired - current }
    }

    func item(_ key: String, _ cells: Cells) -> Analysis.Item {
        Analysis.Item(
            key: key, cells: cells, dontKnowShare: Figure(Rational(cells.dontKnow, over: max(cells.submitted, 1))),
            result: cells.histograms.map { .shown(figures(of: $0)) } ?? .hidden(cells.isNotRelevant ? .notRelevant : rules.reason(for: .pairs)))
    }

    func dimension(_ dimension: Shape.Dimension, printed: [Cells], usable: [Cells]) -> Scored {
        let items = zip(dimension.items, printed).map { item($0.key, $1) }
        let dontKnow = printed.map(\.dontKnow).reduce(0, +)
        let answers = printed.map(\.submitted).reduce(0, +)
        let shown = usable.compactMap(\.histograms)
        let means = isEnough(shown.count, of: usable.count) ? means(of: shown) : nil
        let hidden: Hidden = printed.allSatisfy(\.isNotRelevant) ? .notRelevant : rules.reason(for: .items)
        return Scored(
            printed: Analysis.Dimension(
                key: dimension.key, items: items, dontKnow: dontKnow, answers: answers,
                dontKnowShare: Figure(Rational(dontKnow, over: max(answers, 1))),
                result: means.map { .shown(figures(of: $0, from: shown)) } ?? .hidden(hidden)),
            means: means)
    }

    /// Nil if no item supports the question. Shown by the same measure as a dimension: three of four items.
    func question(_ number: Int, cells: [Cells]) -> Analysis.Question? {
        guard !cells.isEmpty else { return nil }
        let shown = cells.compactMap(\.histograms)
        let means = isEnough(shown.count, of: cells.count) ? means(of: shown) : nil
        return Analysis.Question(
            number: number, items: cells.count, shownItems: shown.count,
            result: means.map {
                .shown(
                    QuestionFigures(
                        current: Figure($0.current), desired: Figure($0.desired), gap: Figure($0.gap), level: level(of: $0.current, levels: levels)))
            } ?? .hidden(rules.reason(for: .items)))
    }

    func overall(_ dimensions: [Scored]) -> Shown<Overall> {
        let all = dimensions.compactMap(\.means)
        guard all.count == dimensions.count, let current = Rational.mean(all.map(\.current)), let desired = Rational.mean(all.map(\.desired)),
            let weakest = zip(dimensions, all).min(by: { $0.1.current < $1.1.current })
        else { return .hidden(rules.reason(for: .items)) }
        return .shown(
            Overall(
                current: Figure(current), desired: Figure(desired), gap: Figure(desired - current), level: level(of: current, levels: levels),
                weakest: weakest.0.key))
    }

    /// 0.4 for how low it is, 0.4 for how far it is wished to go, 0.2 for how differently people see it; each as a part of the most there can be.
    func priority(current: Rational, gap: Rational, spread: Rational) -> Rational {
        let steps = Rational(levels - 1)
        let low = (Rational(levels) - current) / steps
        let far = max(gap, 0) / steps
        let apart = min(spread / (steps / 2), 1)
        return (low * 2 + far * 2 + apart) / 5
    }

    /// Of histograms of a dimension's shown items; nil if they are too few of all its items.
    func figures(of shown: [Cells.Histograms], outOf items: Int) -> DimensionFigures? {
        isEnough(shown.count, of: items) ? means(of: shown).map { figures(of: $0, from: shown) } : nil
    }

    private func isEnough(_ shown: Int, of all: Int) -> Bool {
        shown * 4 >= all * 3
    }

    private func means(of histograms: [Cells.Histograms]) -> Means? {
        guard let current = Rational.mean(histograms.map(\.current.mean)), let desired = Rational.mean(histograms.map(\.desired.mean)) else { return nil }
        return Means(current: current, desired: desired)
    }

    func figures(of histograms: Cells.Histograms) -> ItemFigures {
        let (current, desired) = (histograms.current, histograms.desired)
        return ItemFigures(
            current: Figure(current.mean), desired: Figure(desired.mean), gap: Figure(desired.mean - current.mean),
            level: level(of: current.mean, levels: levels),
            spread: Figure(current.standardDeviation), desiredSpread: Figure(desired.standardDeviation),
            agreement: Figure(current.agreement), desiredAgreement: Figure(desired.agreement))
    }

    private func figures(of means: Means, from shown: [Cells.Histograms]) -> DimensionFigures {
        let spread = Rational.mean(shown.map(\.current.standardDeviation)) ?? 0
        return DimensionFigures(
            current: Figure(means.current), desired: Figure(means.desired), gap: Figure(means.gap), level: level(of: means.current, levels: levels),
            spread: Figure(spread), priority: Figure(priority(current: means.current, gap: means.gap, spread: spread)), shownItems: shown.count)
    }
}

extension Cells {
    /// Everybody who submitted said so.
    fileprivate var isNotRelevant: Bool { submitted > 0 && notRelevant == submitted }
}

extension [Scoring.Scored] {
    /// Those shown, by printed priority, then lower current figure, then as they stand: what a reader of the document can check.
    var inOrder: [Scoring.Scored] {
        let shown = enumerated().compactMap { place, scored in scored.printed.result.figures.map { (place, scored, $0) } }
        let sorted = shown.sorted { a, b in
            if a.2.priority != b.2.priority { return a.2.priority > b.2.priority }
            if a.2.current != b.2.current { return a.2.current < b.2.current }
            return a.0 < b.0
        }
        return sorted.map(\.1)
    }
}
