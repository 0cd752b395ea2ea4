/// What may be published of a group's answers: the rules that are pure code, by their number in `docs/disclosure.md`.
///
/// They are always on. Only a test can turn one off (`@testable`), to show what it is there for: each has a test that breaks without it.
struct Disclosure: Hashable, Sendable {
    /// R2: an item has one base, the persons who gave a whole pair. Off: each histogram counts whoever gave that half.
    var oneBase = true
    /// R3: histograms only where k persons gave a pair. Off: wherever anybody did.
    var histogramsFromK = true
    /// R4: everything else is computed from the printed cells, so that a hidden cell takes no part in anything. Off: from all that was counted.
    var onlyFromPrinted = true
    /// R5: k is never below 5, whatever is asked for. Off: as asked.
    var kAtLeastFive = true
    /// R6: leaves and families of fewer than k are merged until every part has k. Off: each family is a part.
    var everyPartHasK = true
    /// R6: an item is shown for all parts or for none. Off: for those that are large enough, so that a difference gives the others.
    var splitForAllPartsOrNone = true
    /// R6: a part is shown where its persons answered on at least two levels. Off: also where all of them chose one, which then is what each of them answered.
    var partsNeedTwoLevels = true
    /// R7: one reason for all that is hidden. Off: the reason tells what was small.
    var oneReason = true

    /// The least k (R5).
    static let leastK = 5

    func k(asked: Int) -> Int {
        kAtLeastFive ? max(asked, Disclosure.leastK) : asked
    }

    func reason(for cause: Cause) -> Hidden {
        guard !oneReason else { return .tooFew }
        return switch cause {
        case .pairs: .tooFewPairs
        case .items: .tooFewItems
        case .levels: .oneLevel
        }
    }

    /// What makes the code hide something; not for readers (R7).
    enum Cause {
        /// Fewer than k persons gave a pair.
        case pairs
        /// Fewer than three of four items are shown.
        case items
        /// All persons of a part chose one level.
        case levels
    }
}

/// Why no figures stand where some could.
public struct Hidden: RawRepresentable, Hashable, Sendable, Codable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Hidden by any of the rules R3–R6; which of them is not said, because saying it tells which hidden cell is the small one (R7).
    public static let tooFew = Hidden(rawValue: "tooFew")
    /// Everybody who submitted said that the item, or each item of the dimension, is not relevant: the printed counts say the same.
    public static let notRelevant = Hidden(rawValue: "notRelevant")

    // What R7 forbids; said only when a test has turned it off.
    static let tooFewPairs = Hidden(rawValue: "tooFewPairs")
    static let tooFewItems = Hidden(rawValue: "tooFewItems")
    static let oneLevel = Hidden(rawValue: "oneLevel")
}
