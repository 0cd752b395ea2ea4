/// One seat's answer to one item, as it is saved: two small numbers.
///
/// | saved | means |
/// |---|---|
/// | 0 | blank |
/// | 1–7 | a level of the instrument's |
/// | 8 in both | don't know |
/// | 9 in both | not relevant |
public struct Answer: Hashable, Sendable {
    public let current: Int16
    public let desired: Int16

    public static let blank = Answer(saved: 0, 0)
    public static let dontKnow = Answer(saved: 8, 8)
    public static let notRelevant = Answer(saved: 9, 9)

    /// What may be saved. Half a pair may: the other half comes later, and until then it counts as blank (disclosure.md R2).
    /// Throws the fault with its pointer, `/current` or `/desired`.
    public init(current: Int, desired: Int, levels: Int) throws(FieldFault) {
        guard (0...levels).contains(current) || Answer.isMark(current) else { throw FieldFault("/current", .valueOffScale) }
        guard (0...levels).contains(desired) || Answer.isMark(desired) else { throw FieldFault("/desired", .valueOffScale) }
        guard current == desired || !Answer.isMark(current) else { throw FieldFault("/desired", .markInOneOnly) }
        guard current == desired || !Answer.isMark(desired) else { throw FieldFault("/current", .markInOneOnly) }
        self.init(saved: Int16(current), Int16(desired))
    }

    private init(saved current: Int16, _ desired: Int16) {
        self.current = current
        self.desired = desired
    }

    /// What the answer says once it counts.
    public enum Meaning: Hashable, Sendable {
        case pair(current: Int, desired: Int)
        case dontKnow
        case notRelevant
        /// Nothing, or half a pair.
        case blank
    }

    public var meaning: Meaning {
        switch (current, desired) {
        case (8, _): .dontKnow
        case (9, _): .notRelevant
        case (1..., 1...): .pair(current: Int(current), desired: Int(desired))
        default: .blank
        }
    }

    /// Half a pair: the form says that it does not count yet.
    public var isHalf: Bool { (current == 0) != (desired == 0) }

    private static func isMark(_ value: Int) -> Bool { value == 8 || value == 9 }
}

/// One submitted response: an answer for each item of the instrument, and nothing of who gave it.
public struct Sheet: Hashable, Sendable {
    let answers: [Answer]

    /// From the two arrays of a saved row, in the order of `Shape.items`. Nil if they are not such: the database's constraints make that impossible.
    public init?(current: [Int16], desired: [Int16], of shape: Shape) {
        guard current.count == shape.items.count, desired.count == current.count else { return nil }
        let answers = zip(current, desired).compactMap { try? Answer(current: Int($0), desired: Int($1), levels: shape.levels) }
        guard answers.count == current.count else { return nil }
        self.answers = answers
    }
}
