/// Says in plain sentences what printed figures show, and nothing that they do not: no cause, no blame, no significance. Every sentence names its figures.
struct Narrator {
    let analysis: Analysis
    let levels: Int
    let submitted, invited: Int
    let instrument: Instrument
    let language: Language

    // MARK: A dimension

    func text(of dimension: Analysis.Dimension) -> String {
        guard let figures = dimension.result.figures else {
            return dimension.result.reason == .notRelevant ? irrelevance(of: dimension) : [absence(of: dimension), notKnown(dimension)].joined(separator: " ")
        }
        let shown = dimension.items.compactMap { item in item.result.figures.map { (item, $0) } }
        return ([
            state(name(dimension.key), current: figures.current, desired: figures.desired, gap: figures.gap, level: figures.level),
            place(figures.level), basis(figures.shownItems, of: dimension.items.count),
        ] + extremes(shown) + disagreement(figures, shown) + [notKnown(dimension)]).compactMap(\.self).joined(separator: " ")
    }

    private func irrelevance(of dimension: Analysis.Dimension) -> String {
        say("Alla \(submitted) som svarade har angett att \(name(dimension.key)) inte är relevant.",
            "All \(submitted) who answered have said that \(name(dimension.key)) is not relevant.")
    }

    private func absence(of dimension: Analysis.Dimension) -> String {
        let shown = dimension.items.filter { $0.result.figures != nil }.count, all = dimension.items.count
        return say("\(name(dimension.key)): inga siffror visas. Av \(all) frågor har \(shown) tillräckligt många svar, och det behövs minst tre av fyra.",
            "\(name(dimension.key)): no figures are shown. Of \(all) questions \(shown) have enough answers, and at least three of four are needed.")
    }

    private func state(_ name: String, current: Figure, desired: Figure, gap: Figure, level: Int) -> String {
        let (now, then, apart) = (current.mean(in: language), desired.mean(in: language), gap.difference(in: language))
        let level = named(level)
        return gap < Figure(tenThousandths: 0)
            ? say("\(name): nuläget är \(now) (\(level)) och det önskade läget \(then), alltså lägre än nuläget (glapp \(apart)); stäm av att det är menat så.",
                "\(name): the current level is \(now) (\(level)) and the desired level \(then), which is lower (gap \(apart)); check that this is meant.")
            : say("\(name): nuläget är \(now) (\(level)) och det önskade läget \(then), ett glapp på \(apart).",
                "\(name): the current level is \(now) (\(level)) and the desired level \(then), a gap of \(apart).")
    }

    private func place(_ level: Int) -> String {
        say("Nivå \(level) ligger \(partName(.holding(level, of: levels))).", "Level \(level) is \(partName(.holding(level, of: levels))).")
    }

    /// Nil where all items are shown.
    private func basis(_ shown: Int, of all: Int) -> String? {
        shown == all ? nil : say("Siffrorna bygger på \(shown) av \(all) frågor; de andra visas inte.", "The figures rest on \(shown) of \(all) questions; the others are not shown.")
    }

    private func extremes(_ shown: [(Analysis.Item, ItemFigures)]) -> [String] {
        guard shown.count > 1, let high = shown.max(by: { $0.1.current < $1.1.current }), let low = shown.min(by: { $0.1.current < $1.1.current }) else { return [] }
        let most = high.1.current.mean(in: language), least = low.1.current.mean(in: language)
        guard most != least else {
            return [say("Nuläget är \(most) i alla de \(shown.count) frågorna.", "The current level is \(most) in all of the \(shown.count) questions.")]
        }
        return [say("Högst är \(quoted(high.0)) (\(most)) och lägst \(quoted(low.0)) (\(least)).", "Highest is \(quoted(high.0)) (\(most)) and lowest \(quoted(low.0)) (\(least)).")]
    }

    private func disagreement(_ figures: DimensionFigures, _ shown: [(Analysis.Item, ItemFigures)]) -> [String] {
        let limit = Threshold.disputed.spread(in: language)
        guard figures.spread >= Threshold.disputed, let most = shown.max(by: { $0.1.spread < $1.1.spread }) else {
            return [say("Spridningen om nuläget är \(belowLimit(figures.spread)), under \(limit).", "The spread about the current level is \(belowLimit(figures.spread)), below \(limit).")]
        }
        let spread = figures.spread.spread(in: language), greatest = most.1.spread.spread(in: language)
        return [say(
            "Svaren om nuläget går isär: spridningen är \(spread), alltså \(limit) eller mer, och störst om \(quoted(most.0)) (\(greatest)).",
            "The answers about the current level differ: the spread is \(spread), that is \(limit) or more, and greatest about \(quoted(most.0)) (\(greatest)).")]
    }

    private func notKnown(_ dimension: Analysis.Dimension) -> String {
        let (count, all, limit) = (dimension.dontKnow, dimension.answers, Threshold.unseen.percent(in: language))
        return dimension.isUnseen
            ? say("Vet ej är \(count) av \(all) svar (\(dimension.dontKnowShare.percent(in: language))), alltså \(limit) eller mer: läget gick inte att bedöma för dem.",
                "Don't know is \(count) of \(all) answers (\(dimension.dontKnowShare.percent(in: language))), that is \(limit) or more: the level could not be judged in them.")
            : say("Vet ej är \(count) av \(all) svar (\(shareBelowLimit(dimension.dontKnowShare))).", "Don't know is \(count) of \(all) answers (\(shareBelowLimit(dimension.dontKnowShare))).")
    }

    // MARK: The whole

    /// Paragraphs, each on its line.
    var overall: String {
        let shown = analysis.dimensions.compactMap { dimension in dimension.result.figures.map { (dimension, $0) } }
        var paragraphs = [[answers(shown.count), whole(shown.count)].joined(separator: " ")]
        if !shown.isEmpty {
            paragraphs.append([standing(.upper, shown) { $0 < $1 }, standing(.lower, shown) { $0 > $1 }].joined(separator: " "))
            paragraphs.append([disputes(shown), gaps].joined(separator: " "))
            paragraphs.append(first)
        }
        return paragraphs.joined(separator: "\n")
    }

    private func answers(_ shown: Int) -> String {
        say("\(submitted) av \(invited) inbjudna svarade, och siffror visas för \(shown) av \(analysis.dimensions.count) områden.",
            "\(submitted) of \(invited) invited people answered, and figures are shown for \(shown) of \(analysis.dimensions.count) dimensions.")
    }

    private func whole(_ shown: Int) -> String {
        guard let figures = analysis.overall.figures else {
            let missing = analysis.dimensions.count - shown
            return say("Inget sammantaget tal ges, eftersom \(missing) av områdena inte visas.", "No overall figure is given, because \(missing) of the dimensions are not shown.")
        }
        return state(say("Sammantaget", "Overall"), current: figures.current, desired: figures.desired, gap: figures.gap, level: figures.level)
    }

    /// Which dimensions lie in a part of the ladder; where none does, which comes nearest, by `isFurther`.
    private func standing(_ part: ScalePart, _ shown: [(Analysis.Dimension, DimensionFigures)], _ isFurther: (Figure, Figure) -> Bool) -> String {
        let there = shown.filter { ScalePart.holding($0.1.level, of: levels) == part }.sorted { isFurther($1.1.current, $0.1.current) }
        let list = there.map { "\(name($0.0.key)) (\($0.1.current.mean(in: language)))" }
        guard list.isEmpty, let nearest = shown.max(by: { isFurther($0.1.current, $1.1.current) }) else {
            return say("\(capital(partName(part))): \(language.enumeration(list)).", "\(capital(partName(part))): \(language.enumeration(list)).")
        }
        let figure = "\(name(nearest.0.key)) (\(nearest.1.current.mean(in: language)))"
        return part == .upper
            ? say("Inget område ligger \(partName(part)); högst är \(figure).", "No dimension is \(partName(part)); highest is \(figure).")
            : say("Inget område ligger \(partName(part)); lägst är \(figure).", "No dimension is \(partName(part)); lowest is \(figure).")
    }

    private func disputes(_ shown: [(Analysis.Dimension, DimensionFigures)]) -> String {
        let limit = Threshold.disputed.spread(in: language)
        let sorted = shown.sorted { $0.1.spread > $1.1.spread }
        let disputed = sorted.filter(\.0.isDisputed).map { "\(name($0.0.key)) (\($0.1.spread.spread(in: language)))" }
        guard disputed.isEmpty, let most = sorted.first else {
            return say("Spridningen är \(limit) eller mer i \(language.enumeration(disputed)).", "The spread is \(limit) or more in \(language.enumeration(disputed)).")
        }
        let figure = "\(name(most.0.key)) (\(belowLimit(most.1.spread)))"
        return say("I inget område når spridningen \(limit); störst är den i \(figure).", "In no dimension does the spread reach \(limit); it is greatest in \(figure).")
    }

    private var gaps: String {
        let limit = Threshold.unseen.percent(in: language)
        let sorted = analysis.dimensions.sorted { $0.dontKnowShare > $1.dontKnowShare }
        let unseen = sorted.filter(\.isUnseen).map { "\(name($0.key)) (\($0.dontKnowShare.percent(in: language)))" }
        guard unseen.isEmpty, let most = sorted.first else {
            return say("Vet ej är \(limit) eller mer av svaren i \(language.enumeration(unseen)).", "Don't know is \(limit) or more of the answers in \(language.enumeration(unseen)).")
        }
        let figure = "\(name(most.key)) (\(shareBelowLimit(most.dontKnowShare)))"
        return say("I inget område når vet ej \(limit); störst är andelen i \(figure).", "In no dimension does don't know reach \(limit); the share is greatest in \(figure).")
    }

    private var first: String {
        let list = analysis.order.prefix(PlanDraft.most).compactMap { key in
            analysis.dimensions.first { $0.key == key }?.result.figures.map { "\(name(key)) (\($0.priority.spread(in: language)))" }
        }
        return say("Vägt efter nuläge, glapp och spridning kommer först: \(language.enumeration(list)).", "Weighed by current level, gap and spread, first come: \(language.enumeration(list)).")
    }

    // MARK: Words

    private func say(_ sv: String, _ en: String) -> String { language == .sv ? sv : en }

    private func name(_ key: String) -> String { instrument.name(of: key)[language] }

    private func named(_ level: Int) -> String {
        let name = instrument.levels.indices.contains(level - 1) ? ", \(instrument.levels[level - 1].name[language])" : ""
        return say("nivå \(level)\(name)", "level \(level)\(name)")
    }

    private func partName(_ part: ScalePart) -> String {
        let range = part.range(of: levels)
        return switch part {
        case .lower: say("i skalans nedre del (nivå \(range) av \(levels))", "in the lower part of the scale (level \(range) of \(levels))")
        case .middle: say("mitt på skalan (nivå \(range) av \(levels))", "in the middle of the scale (level \(range) of \(levels))")
        case .upper: say("i skalans övre del (nivå \(range) av \(levels))", "in the upper part of the scale (level \(range) of \(levels))")
        }
    }

    /// What an item states, without the full stop.
    private func quoted(_ item: Analysis.Item) -> String {
        let statement = instrument.statement(of: item.key)[language]
        let bare = statement.hasSuffix(".") ? String(statement.dropLast()) : statement
        return say("”\(bare)”", "\"\(bare)\"")
    }

    private func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// With all decimals where two of them would read as if the limit had been reached.
    private func belowLimit(_ spread: Figure) -> String {
        spread.spread(in: language) == Threshold.disputed.spread(in: language) ? spread.whole(in: language) : spread.spread(in: language)
    }

    private func shareBelowLimit(_ share: Figure) -> String {
        share.percent(in: language) == Threshold.unseen.percent(in: language) ? share.percent(in: language, decimals: 2) : share.percent(in: language)
    }
}
