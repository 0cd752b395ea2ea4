import Rules

/// The split of a result as its page shows it, or the sentence that says why there is none.
struct SplitValues {
    /// Nil where the contract says nothing of one, and in a document without figures.
    let split: Shown<Split>?
    let k: Int
    let instrument: Instrument
    let texts: Texts

    private var language: Language { texts.language }

    var values: [String: PageValue] {
        let figures = split?.figures
        let parts = figures?.parts ?? []
        return [
            "hasSplit": .flag(figures != nil),
            "noSplitText": .text(split == nil ? texts["split.untold"] : texts("split.none", ["k": String(k)])), "splitText": .text(texts("split.text", ["k": String(k)])),
            "splitWidth": .number(parts.count),
            "hasSplitAreas": .flag(figures?.dimensions.contains { $0.result.figures != nil } ?? false),
            "splitParts": .groups(parts.indices) { place in
                let part = parts[place]
                // Short, so that the columns fit a phone.
                return [
                    "partMark": .text(texts("split.part", ["number": String(place + 1)])), "partName": .text(part.name[language]),
                    "partSubmitted": .text(texts("split.submitted", ["submitted": String(part.submitted)])),
                ]
            },
            "splitDimensions": .groups(figures?.dimensions ?? []) { dimension($0, items: figures?.items ?? []) },
        ]
    }

    private func dimension(_ dimension: Split.Dimension, items: [Split.Item]) -> [String: PageValue] {
        let named = instrument.dimensions.first { $0.key == dimension.key }
        let shown = items.filter { $0.result.figures != nil }.map(\.key)
        return [
            "splitHasItems": .flag(named?.items.contains { shown.contains($0.key) } ?? false),
            "splitDimension": .text(instrument.name(of: dimension.key)[language]),
            "splitCells": .groups(dimension.result.figures ?? []) { ["splitLevels": .text(levels($0.figures.current, $0.figures.desired))] },
            "splitHidden": .flag(dimension.result.figures == nil), "splitReason": .text(texts["result.tooFew"]),
            "splitItems": .groups(named?.items ?? []) { item in
                self.item(item.statement[language], items.first { $0.key == item.key }?.result.figures)
            },
        ]
    }

    private func item(_ statement: String, _ parts: [Split.PartOfItem]?) -> [String: PageValue] {
        [
            "splitStatement": .text(statement),
            "itemCells": .groups(parts ?? []) { part in
                [
                    "itemLevels": .text(levels(part.figures.current, part.figures.desired)),
                    "itemPairsOfPart": .text(texts("split.pairs", ["pairs": String(part.pairs)])),
                    "itemNow": .text(texts("split.now", ["counts": counts(part.histograms.current)])),
                    "itemThen": .text(texts("split.then", ["counts": counts(part.histograms.desired)])),
                ]
            },
            "itemSplitHidden": .flag(parts == nil), "itemSplitReason": .text(texts["result.tooFew"]),
        ]
    }

    private func levels(_ current: Figure, _ desired: Figure) -> String {
        "\(current.mean(in: language)) → \(desired.mean(in: language))"
    }

    /// How many chose each level, from the lowest.
    private func counts(_ histogram: Histogram) -> String {
        histogram.counts.map(String.init).joined(separator: "·")
    }
}
