import Rules

/// Whether a round can be fixed, or be concluded without figures, and if not why (disclosure.md R1, R5, R13).
struct FixingCondition: Sendable {
    let state: Round.State
    let submitted, k: Int
    /// When a round of the same instrument was last fixed in the council.
    let lastFixed: Instant?

    /// Days between two fixed rounds of one instrument, so that what one person changed does not show as the difference of two results.
    static let daysBetween = 30

    /// From when the time since the last fixed round is long enough; nil if there was none.
    var earliest: Instant? { lastFixed?.adding(days: FixingCondition.daysBetween) }

    func check(_ goal: Fixing.Goal, seen: Int, at now: Instant) throws(Refusal) {
        if let refusal = refusal(goal, seen: seen, at: now) { throw refusal }
    }

    func refusal(_ goal: Fixing.Goal, seen: Int, at now: Instant) -> Refusal? {
        switch state {
        case .fixed: return .roundIsFixed
        case .concluded, .cancelled: return .roundIsOver
        case .planned, .open: return .roundNotClosed
        case .closed: break
        }
        guard seen == submitted else { return .submittedCountChanged }
        switch goal {
        case .result where submitted < k: return .tooFewSubmitted
        case .endWithoutFigures where submitted >= k: return .enoughSubmitted
        case .result:
            if let earliest, now < earliest { return .fixedTooRecently }
            return nil
        case .endWithoutFigures: return nil
        }
    }
}
