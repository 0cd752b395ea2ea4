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
    let last: (round: RoundID, result: ReadResult, trend: Trend)?

    init(this: (round: RoundID, result: ReadResult), earlier: [(round: RoundID, result: ReadResult)]) {
        let version = this.result.document.heading.instrument.version
        let isSame = { (past: (round: RoundID, result: ReadResult)) in past.result.document.heading.instrument.version == version }
        (self.this, self.earlier) = (this, earlier)
        last = (earlier.filter(isSame) + earlier.filter { !isSame($0) }).lazy
            .compactMap { past in History.trend(from: past.result, to: this.result).map { (past.round, past.result, $0) } }.first
    }

    private static func trend(from old: ReadResult, to new: ReadResult) -> Trend? {
        Trend(from: old.document, to: new.document, crosswalks: new.instrument.crosswalks)
    }

    /// All rounds with figures, the oldest first.
    var all: [(round: RoundID, result: ReadResult)] {
        earlier.reversed() + (this.result.document.findings == nil ? [] : [this])
    }

    /// This round's dimensions through the years, a point for each of `all`.
    var lines: [TrendLine] {
        guard this.result.document.findings != nil else { return [] }
        let rounds = all
        return TrendLine.all(through: rounds.indices.map { place in
            (rounds[place].result.document, place == 0 ? nil : History.trend(from: rounds[place - 1].result, to: rounds[place].result))
        })
    }
}
