import Database
import Rules

/// What has changed since earlier rounds.
struct Trends: Sendable {
    let results: Results

    /// The results that are looked at: enough for ten years of two a year.
    static let most = 20

    func history(of round: RoundID, as member: Member) async throws -> History {
        try await history(results.services.database.send(as: member, .results(upTo: round, in: member.municipality)), as: member)
    }

    /// - Throws: `Problem.notFound` if the round has no result.
    func history(_ past: [PastResult], as member: Member) async throws -> History {
        let all = try await zip(past.map(\.round), results.read(past.map(\.stored), as: member)).map { (round: $0, result: $1) }
        guard let this = all.first else { throw Problem.notFound }
        let key = this.result.document.heading.instrument.key
        return History(this: this, earlier: all.dropFirst().filter {
            $0.result.document.findings != nil && $0.result.document.heading.instrument.key == key
        })
    }
}

/// A council's results of one instrument, up to one of them.
struct History: Sendable {
    let this: (round: RoundID, result: ReadResult)
    /// The newest first; all with figures.
    let earlier: [(round: RoundID, result: ReadResult)]

    /// The round to compare with, and what has changed since: the last of the same version; where there is none, the last that a crosswalk leads to.
    var last: (round: RoundID, result: ReadResult, trend: Trend)? {
        let version = this.result.document.heading.instrument.version
        let comparable = earlier.compactMap { past in trend(from: past.result, to: this.result).map { (past.round, past.result, $0) } }
        return comparable.first { $0.1.document.heading.instrument.version == version } ?? comparable.first
    }

    private func trend(from old: ReadResult, to new: ReadResult) -> Trend? {
        Trend(from: old.document, to: new.document, crosswalks: new.instrument.crosswalks)
    }

    /// All rounds with figures, the oldest first.
    private var all: [(round: RoundID, result: ReadResult)] {
        earlier.reversed() + (this.result.document.findings == nil ? [] : [this])
    }

    /// A dimension of this round through the years.
    struct Line: Sendable {
        let key: String
        /// The oldest first.
        let points: [Point]
    }

    struct Point: Sendable {
        let round: RoundID
        let at: Instant
        /// Nil where it is hidden, or there was no such dimension.
        let current: Figure?
        /// Whether it may be compared with the point before.
        let isJoined: Bool
    }

    /// A dimension goes by its key, and breaks where one round cannot be compared with the one before it.
    var lines: [Line] {
        let rounds = all
        let trends = rounds.indices.map { $0 == 0 ? nil : trend(from: rounds[$0 - 1].result, to: rounds[$0].result) }
        return (this.result.document.findings?.analysis.dimensions ?? []).map { dimension in
            Line(key: dimension.key, points: rounds.indices.map { place in
                let document = rounds[place].result.document
                let own = document.findings?.analysis.dimensions.first { $0.key == dimension.key }
                let change = trends[place]?.dimensions.first { $0.key == dimension.key }
                return Point(
                    round: rounds[place].round, at: document.heading.fixedAt, current: own?.result.figures?.current,
                    isJoined: change.map { $0.link != .broken && $0.result.figures != nil } ?? false)
            })
        }
    }
}
