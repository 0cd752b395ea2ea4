/// A dimension of the last of several rounds through all of them. It goes by its key, and breaks where one round cannot be compared with the one before it.
public struct TrendLine: Hashable, Sendable {
    /// The dimension's.
    public let key: String
    /// One for each round, the oldest first.
    public let points: [Point]

    public struct Point: Hashable, Sendable {
        public let at: Instant
        /// Nil where it is hidden, or there was no such dimension.
        public let current: Figure?
        /// Whether it may be compared with the point before.
        public let isJoined: Bool
    }

    /// - Parameter rounds: the oldest first, each with what has changed since the one before it; nil where that cannot be said.
    public static func all(through rounds: [(document: ResultDocument, change: Trend?)]) -> [TrendLine] {
        (rounds.last?.document.findings?.analysis.dimensions ?? []).map { dimension in
            TrendLine(key: dimension.key, points: rounds.map { round in
                let own = round.document.findings?.analysis.dimensions.first { $0.key == dimension.key }
                let change = round.change?.dimensions.first { $0.key == dimension.key }
                return Point(
                    at: round.document.heading.fixedAt, current: own?.result.figures?.current,
                    isJoined: change.map { $0.link != .broken && $0.result.figures != nil } ?? false)
            })
        }
    }
}
