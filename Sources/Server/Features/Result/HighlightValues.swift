import Rules

/// What stands out in a result, for the top of its page: four short lists, each with the rule that it goes by.
struct HighlightValues {
    let analysis: Analysis
    let instrument: Instrument
    let texts: Texts

    private var language: Language { texts.language }

    var value: PageValue {
        let found = Highlights(analysis, levels: instrument.levels.count)
        return .list([
            kind("strong", found.strong, ["levels": found.upperLevels], current),
            kind("weak", found.weak, ["levels": found.lowerLevels], current),
            kind("disputed", found.disputed, ["limit": Threshold.disputed.mean(in: language)]) { $0.result.figures?.spread.spread(in: language) ?? "" },
            kind("unseen", found.unseen, ["limit": Threshold.unseen.percent(in: language)]) { $0.dontKnowShare.percent(in: language) },
        ])
    }

    private func current(_ dimension: Analysis.Dimension) -> String { dimension.result.figures?.current.mean(in: language) ?? "" }

    private func kind(
        _ name: String, _ kind: Highlights.Kind, _ words: [String: String], _ figure: (Analysis.Dimension) -> String
    ) -> PageValue {
        .group([
            "highlight": .text(texts["highlights.\(name)"]), "highlightRule": .text(texts("highlights.\(name).rule", words)),
            "highlighted": .groups(kind.dimensions) { dimension in
                [
                    "highlightedKey": .text(dimension.key), "highlightedName": .text(instrument.name(of: dimension.key)[language]),
                    "highlightedFigure": .text(figure(dimension)),
                ]
            },
            "isNone": .flag(kind.dimensions.isEmpty),
            "noneText": .text(kind.nearest.map {
                texts("highlights.nearest", ["area": instrument.name(of: $0.key)[language], "figure": figure($0)])
            } ?? texts["highlights.nothing"]),
        ])
    }
}
