import Database
import Rules

/// What of a round goes into its report beside its result and analysis.
struct ReportSources: Sendable {
    let diaryNumber: String?
    /// Concluded: nothing about the round is changed any more.
    let isOver: Bool
    /// As it was frozen.
    let contract: String
    /// The document of the round before it that was last fixed with the same version of the instrument, if there is one.
    let previous: [UInt8]?
}

extension Query where A == Member, R == ReportSources? {
    /// Nil unless the round has a result.
    static func reportSources(of round: RoundID, in council: MunicipalityID) -> Query {
        .optional("""
            select r.diary_number, r.state = 'concluded', c.document,
                   (select o.document from app.results o
                      join app.rounds q on q.municipality_id = o.municipality_id and q.id = o.round_id
                     where o.municipality_id = \(council) and o.round_id <> r.id and q.instrument_id = r.instrument_id
                       and q.fixed_at < d.fixed_at
                     order by q.fixed_at desc limit 1)
            from app.rounds r
            join app.results d on d.municipality_id = r.municipality_id and d.round_id = r.id
            join app.contracts c on c.municipality_id = r.municipality_id and c.round_id = r.id and c.frozen_at is not null
            where r.municipality_id = \(council) and r.id = \(round)
            """) { row in
            ReportSources(diaryNumber: try row.nextOrNull(), isOver: try row.next(), contract: try row.next(), previous: try row.nextOrNull())
        }
    }
}
