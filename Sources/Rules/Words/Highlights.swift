/// What of a result stands out, by its printed figures alone.
public enum Threshold {
    /// From this spread on people see a dimension so differently that it is worth a talk (domain.md §5.4).
    public static let disputed = Figure(tenThousandths: 10_000)
    /// From this share of don't-know answers on the present way is not seen (domain.md §5.5).
    public static let unseen = Figure(tenThousandths: 3_000)
}

extension Analysis.Dimension {
    public var isDisputed: Bool { result.figures.map { $0.spread >= Threshold.disputed } ?? false }

    /// Also where figures are hidden: the counts of don't know are printed all the same.
    public var isUnseen: Bool { dontKnowShare >= Threshold.unseen }
}

/// A part of the ladder of levels. A ladder with an even number of levels has no middle.
enum ScalePart: CaseIterable {
    case lower, middle, upper

    static func holding(_ level: Int, of levels: Int) -> ScalePart {
        let doubled = 2 * level, middle = levels + 1
        return doubled < middle ? .lower : doubled > middle ? .upper : .middle
    }

    /// Its levels, such as "4–5", of a ladder of so many.
    func range(of levels: Int) -> String {
        let own = (1...levels).filter { ScalePart.holding($0, of: levels) == self }
        guard let first = own.first, let last = own.last else { return "" }
        return first == last ? String(first) : "\(first)–\(last)"
    }
}

/// What a reader should see first of a result: each list begins with the dimension that stands out most, and of equals with the instrument's first.
public struct Highlights: Hashable, Sendable {
    /// In the upper and in the lower part of the ladder.
    public let strong, weak: Kind
    /// People see them differently; people cannot say.
    public let disputed, unseen: Kind
    /// The levels of the two parts, such as "4–5".
    public let upperLevels, lowerLevels: String

    public struct Kind: Hashable, Sendable {
        public let dimensions: [Analysis.Dimension]
        /// Where there is none, the one that comes nearest; nil where nothing is shown.
        public let nearest: Analysis.Dimension?
    }

    /// - Parameter levels: how many the ladder has.
    public init(_ analysis: Analysis, levels: Int) {
        let shown = analysis.dimensions.filter { $0.result.figures != nil }
        let at = { (part: ScalePart) in { (dimension: Analysis.Dimension) in dimension.result.figures.map { ScalePart.holding($0.level, of: levels) == part } ?? false } }
        strong = Kind(shown, by: { $0.result.figures?.current ?? Figure(tenThousandths: 0) }, where: at(.upper))
        weak = Kind(shown, by: { Figure(tenThousandths: -($0.result.figures?.current.tenThousandths ?? 0)) }, where: at(.lower))
        disputed = Kind(shown, by: { $0.result.figures?.spread ?? Figure(tenThousandths: 0) }, where: \.isDisputed)
        unseen = Kind(analysis.dimensions, by: \.dontKnowShare, where: \.isUnseen)
        (upperLevels, lowerLevels) = (ScalePart.upper.range(of: levels), ScalePart.lower.range(of: levels))
    }
}

extension Highlights.Kind {
    fileprivate init(_ all: [Analysis.Dimension], by weight: (Analysis.Dimension) -> Figure, where belongs: (Analysis.Dimension) -> Bool) {
        // Of equals the first stays the first: the places tell them apart.
        let sorted = all.enumerated().sorted { (weight($1.element), $0.offset) < (weight($0.element), $1.offset) }.map(\.element)
        dimensions = sorted.filter(belongs)
        nearest = dimensions.isEmpty ? sorted.first : nil
    }
}
