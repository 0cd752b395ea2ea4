/// Where one printed figure comes from: the cells, how many gave them, and the rule. Computed from what is printed alone.
public struct Explanation: Hashable, Sendable {
    public let address: FigureAddress
    /// As printed.
    public let result: Shown<Figure>
    /// Nil where the figure is hidden.
    public let formula: Formula?
    /// What it is computed from: only items that are shown, in the instrument's order.
    public let cells: [Cell]

    public struct Cell: Hashable, Sendable {
        public let item: String
        public let pairs: Int
        public let current, desired: [Int]
    }
}

/// Names a figure of a result: `item.d1.2.current`, `dimension.d1.spread`, `question.7.gap`, `overall.desired`.
public struct FigureAddress: Hashable, Sendable, CustomStringConvertible {
    public let subject: Subject
    public let kind: Kind

    public enum Subject: Hashable, Sendable {
        case item(String)
        case dimension(String)
        case question(Int)
        case overall
    }

    public enum Kind: String, CaseIterable, Sendable {
        case current, desired, gap, spread
        case dontKnow = "dont-know"

        /// Whether a question and the whole have it.
        var isOfMeans: Bool { self == .current || self == .desired || self == .gap }
    }

    public init(_ subject: Subject, _ kind: Kind) {
        (self.subject, self.kind) = (subject, kind)
    }

    /// Nil if it is not spelled as above; whether there is such a figure, only a result knows.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1, let kind = Kind(rawValue: parts[parts.count - 1]) else { return nil }
        let name = parts.dropFirst().dropLast().joined(separator: ".")
        switch (parts[0], name.isEmpty) {
        case ("item", false): self.init(.item(name), kind)
        case ("dimension", false): self.init(.dimension(name), kind)
        case ("question", false):
            guard let number = Int(name), String(number) == name else { return nil }
            self.init(.question(number), kind)
        case ("overall", true) where parts.count == 2: self.init(.overall, kind)
        default: return nil
        }
    }

    public var description: String {
        switch subject {
        case .item(let key): "item.\(key).\(kind.rawValue)"
        case .dimension(let key): "dimension.\(key).\(kind.rawValue)"
        case .question(let number): "question.\(number).\(kind.rawValue)"
        case .overall: "overall.\(kind.rawValue)"
        }
    }
}

// MARK: - From a result

extension Explanation {
    /// Nil if the result has no such figure.
    /// - Parameter shape: of the result's instrument.
    public init?(_ address: FigureAddress, in analysis: Analysis, shape: Shape) {
        guard let source = Source(address, in: analysis, shape: shape) else { return nil }
        let groups = source.groups.map { $0.compactMap(Cell.init) }
        self.address = address
        result = source.printed
        cells = groups.flatMap(\.self)
        formula = source.printed.figures == nil ? nil : source.share ?? Formula(address.kind, of: groups)
    }

    /// Every figure of a result that can be explained: the whole, dimension by dimension with its items, and the questions.
    public static func all(of analysis: Analysis, shape: Shape) -> [Explanation] {
        let subjects: [FigureAddress.Subject] = [.overall]
            + analysis.dimensions.flatMap { [.dimension($0.key)] + $0.items.map { .item($0.key) } } + analysis.questions.map { .question($0.number) }
        return subjects.flatMap { subject in
            FigureAddress.Kind.allCases.compactMap { Explanation(FigureAddress(subject, $0), in: analysis, shape: shape) }
        }
    }
}

extension Explanation.Cell {
    /// Nil where the item is hidden.
    fileprivate init?(_ item: Analysis.Item) {
        guard let histograms = item.cells.histograms else { return nil }
        self.init(item: item.key, pairs: item.cells.pairs, current: histograms.current.counts, desired: histograms.desired.counts)
    }
}

/// What a figure is of: the items of each dimension that it takes in, the figure as printed, and for a share its two counts.
private struct Source {
    let groups: [[Analysis.Item]]
    let printed: Shown<Figure>
    var share: Formula?

    init?(_ address: FigureAddress, in analysis: Analysis, shape: Shape) {
        let items = analysis.dimensions.flatMap(\.items), kind = address.kind
        switch address.subject {
        case .item(let key):
            guard let item = items.first(where: { $0.key == key }) else { return nil }
            (groups, share) = ([[item]], kind == .dontKnow ? .share(item.cells.dontKnow, of: item.cells.submitted) : nil)
            printed = kind == .dontKnow ? .shown(item.dontKnowShare) : item.result.one { [.current: $0.current, .desired: $0.desired, .gap: $0.gap, .spread: $0.spread][kind] }
        case .dimension(let key):
            guard let dimension = analysis.dimensions.first(where: { $0.key == key }) else { return nil }
            (groups, share) = ([dimension.items], kind == .dontKnow ? .share(dimension.dontKnow, of: dimension.answers) : nil)
            printed = kind == .dontKnow ? .shown(dimension.dontKnowShare)
                : dimension.result.one { [.current: $0.current, .desired: $0.desired, .gap: $0.gap, .spread: $0.spread][kind] }
        case .question(let number):
            guard kind.isOfMeans, let question = analysis.questions.first(where: { $0.number == number }) else { return nil }
            let asked = Set(shape.items.filter { $0.questions.contains(number) }.map(\.key))
            groups = [items.filter { asked.contains($0.key) }]
            printed = question.result.one { [.current: $0.current, .desired: $0.desired, .gap: $0.gap][kind] }
        case .overall:
            guard kind.isOfMeans else { return nil }
            groups = analysis.dimensions.map(\.items)
            printed = analysis.overall.one { [.current: $0.current, .desired: $0.desired, .gap: $0.gap][kind] }
        }
    }
}

extension Shown {
    /// One of the figures; there is always one for the kinds that are asked for.
    fileprivate func one(_ figure: (Figures) -> Figure?) -> Shown<Figure> {
        switch self {
        case .shown(let figures): figure(figures).map { .shown($0) } ?? .hidden(.tooFew)
        case .hidden(let reason): .hidden(reason)
        }
    }
}

extension Formula {
    /// A mean over the groups of the means within each; of one alone, itself.
    fileprivate init(_ kind: FigureAddress.Kind, of groups: [[Explanation.Cell]]) {
        let mean = { (parts: [Formula]) -> Formula in parts.count == 1 ? parts[0] : .mean(parts) }
        let over = { (one: (Explanation.Cell) -> Formula) -> Formula in mean(groups.map { mean($0.map(one)) }) }
        switch kind {
        case .current: self = over { .levels($0.current) }
        case .desired: self = over { .levels($0.desired) }
        case .gap: self = .difference(over { .levels($0.desired) }, over { .levels($0.current) })
        case .spread: self = over { .deviation($0.current) }
        case .dontKnow: self = .mean([])  // a share, which is given
        }
    }
}

// MARK: - In words

extension Explanation {
    /// The rule, in a sentence or two.
    public var rule: Text2 {
        guard result.figures != nil else { return Explanation.hiddenRule }
        return switch (address.kind, address.subject) {
        case (.dontKnow, .item): Text2(sv: "De som svarade vet ej, delat med alla som lämnade in.", en: "Those who answered don't know, divided by all who submitted.")
        case (.dontKnow, _): Text2(sv: "Alla vet ej-svar, delat med antalet svar på områdets frågor.", en: "All don't-know answers, divided by the number of answers to the area's questions.")
        case (.gap, _): Text2(sv: "Önskat läge minus nuläge, räknat före avrundning.", en: "The desired level less the current one, computed before rounding.")
        case (.spread, .item): Text2(
            sv: "Standardavvikelsen s för nuläget: roten ur summan av avvikelserna från medelvärdet i kvadrat, delad med antalet minus ett.",
            en: "The standard deviation s of the current level: the root of the sum of squared distances from the mean, divided by the number less one.")
        case (.spread, _): Text2(sv: "Medelvärdet av de visade frågornas standardavvikelser s för nuläget.", en: "The mean of the standard deviations s of the current level, over the questions shown.")
        case (_, .item): Text2(sv: "Medelvärdet av de nivåer som valdes: antal gånger nivå, delat med antalet.", en: "The mean of the levels chosen: number times level, divided by the number.")
        case (_, .dimension): Text2(
            sv: "Medelvärdet av de visade frågornas medelvärden. Området visas om minst tre av fyra frågor visas.",
            en: "The mean of the means of the questions shown. An area is shown if at least three of four questions are.")
        case (_, .question): Text2(
            sv: "Medelvärdet av medelvärdena för de visade frågor i enkäten som hör hit.", en: "The mean of the means of those shown items that belong here.")
        case (_, .overall): Text2(sv: "Medelvärdet av områdenas medelvärden. Visas bara om alla områden visas.", en: "The mean of the areas' means. Shown only if every area is.")
        }
    }

    private static let hiddenRule = Text2(
        sv: "Siffran visas inte, för att ingens svar ska röjas eller för att alla som svarade sade att frågan inte är relevant. Inget räknas av det som är dolt.",
        en: "The figure is not shown, so that nobody's answer is given away or because all who answered said that it is not relevant. Nothing is computed from what is hidden.")

    public static let rounding = Text2(
        sv: "Räknat exakt och avrundat en gång, till fyra decimaler, hälften uppåt. På sidan visas färre decimaler, avrundade från de fyra.",
        en: "Computed exactly and rounded once, to four decimals, half up. The page shows fewer decimals, rounded from the four.")
}
