import Database
import Rules

/// Whether a round's figures are in the anonymous statistics, and what that depends on.
struct SharingView: Sendable {
    let state: RoundState
    let title: String
    let instrument: ID<Instrument>
    /// Whether the instrument is one that is, or was, offered to all: only those are compared across councils.
    let isOffered: Bool
    let fixedAt: Instant?
    /// A fixed round may have no dimension that can be shown.
    let hasFigures: Bool
    let inContract: Bool
    let shared: Bool

    var fixed: Bool { fixedAt != nil }
}

extension Query where A == Member, R == SharingView? {
    static func sharing(of round: RoundID, in council: MunicipalityID) -> Query {
        .optional("""
            select r.state, r.title, r.instrument_id, \(isOffered("i")), r.fixed_at,
                   exists (select from app.result_figures f where f.municipality_id = r.municipality_id and f.round_id = r.id),
                   coalesce(c.frozen_at is not null and \(Contract.Audience.anonymousStatistics.rawValue) = any (c.audiences), false),
                   exists (select from app.result_figures f where f.municipality_id = r.municipality_id and f.round_id = r.id and f.shared)
            from app.rounds r
            join app.council_instruments i on i.municipality_id = r.municipality_id and i.id = r.instrument_id
            left join app.contracts c on c.municipality_id = r.municipality_id and c.round_id = r.id
            where r.municipality_id = \(council) and r.id = \(round)
            """) { row in
            SharingView(
                state: try RoundState(stored: row.next()), title: try row.next(), instrument: try row.next(), isOffered: try row.next(),
                fixedAt: try row.nextOrNull(), hasFigures: try row.next(), inContract: try row.next(), shared: try row.next())
        }
    }
}

extension Query where A == Member, R == Int {
    /// Shares the figures, if the frozen contract names the audience and the instrument is the same for all; otherwise touches nothing.
    static func share(_ round: RoundID, in council: MunicipalityID) -> Query {
        .write("""
            update app.result_figures set shared = true
            where municipality_id = \(council) and round_id = \(round)
              and exists (select from app.contracts c
                           where c.municipality_id = \(council) and c.round_id = \(round)
                             and c.frozen_at is not null and \(Contract.Audience.anonymousStatistics.rawValue) = any (c.audiences))
              and exists (select from app.rounds r join app.council_instruments i on i.municipality_id = r.municipality_id and i.id = r.instrument_id
                           where r.municipality_id = \(council) and r.id = \(round) and \(isOffered("i")))
            """, repeatable: true)
    }

    static func unshare(_ round: RoundID, in council: MunicipalityID) -> Query {
        .write("update app.result_figures set shared = false where municipality_id = \(council) and round_id = \(round)", repeatable: true)
    }
}

extension Query where A == Member, R == [DimensionFigure] {
    /// The figures of one's own fixed round.
    static func figures(of round: RoundID, in council: MunicipalityID) -> Query {
        .rows("""
            select dimension, figure, value from app.result_figures where municipality_id = \(council) and round_id = \(round)
            order by dimension, figure
            """) { try DimensionFigure(&$0) }
    }
}

extension DimensionFigure {
    /// From dimension, figure and value.
    init(_ row: inout Row) throws {
        let dimension: String = try row.next(), kind: String = try row.next(), value: String = try row.next()
        guard let kind = Kind(rawValue: kind), let value = Figure(value) else { throw DecodingFault.malformed }
        self.init(dimension: dimension, kind: kind, value: value)
    }
}
