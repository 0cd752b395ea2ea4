import Database
import Rules

/// What of a round goes into its report beside its result and analysis.
struct ReportSources: Sendable {
    let diaryNumber: String?
    /// Concluded: nothing about the round is changed any more.
    let isOver: Bool
    /// As it was frozen.
    let contract: String
}

extension Query where A == Member, R == ReportSources? {
    /// Nil unless the round has a result.
    static func reportSources(of round: RoundID, in council: MunicipalityID) -> Query {
        .optional("""
            select r.diary_number, r.state = 'concluded', c.document
            from app.rounds r
            join app.results d on d.municipality_id = r.municipality_id and d.round_id = r.id
            join app.contracts c on c.municipality_id = r.municipality_id and c.round_id = r.id and c.frozen_at is not null
            where r.municipality_id = \(council) and r.id = \(round)
            """) { row in
            ReportSources(diaryNumber: try row.nextOrNull(), isOver: try row.next(), contract: try row.next())
        }
    }
}
