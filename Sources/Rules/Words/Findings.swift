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
