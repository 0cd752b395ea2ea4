import Database
import Rules

/// A result of the council's, with its round.
struct PastResult: Sendable {
    let round: RoundID
    let stored: StoredResult
}

extension Query where A == Member, R == [PastResult] {
    /// The round's result and those that were fixed before it, this one first and then the newest; nothing if it has none.
    static func results(upTo round: RoundID, in council: MunicipalityID) -> Query {
        .rows("""
            select past.round_id, past.document, past.sha256
            from app.results this
            join app.results past
              on past.municipality_id = this.municipality_id and (past.fixed_at < this.fixed_at or past.round_id = this.round_id)
            where this.municipality_id = \(council) and past.municipality_id = \(council) and this.round_id = \(round)
            order by past.round_id = this.round_id desc, past.fixed_at desc, past.round_id
            limit \(Int32(Trends.most))
            """) { row in
            PastResult(round: try row.next(), stored: StoredResult(document: try row.next(), sha256: try row.next()))
        }
    }
}
