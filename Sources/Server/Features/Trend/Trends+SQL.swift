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
            select d.round_id, \(StoredResult.columns)
            from app.results this
            join app.results d on d.municipality_id = this.municipality_id and (d.fixed_at < this.fixed_at or d.round_id = this.round_id)
            join app.rounds r on r.municipality_id = d.municipality_id and r.id = d.round_id
            where this.municipality_id = \(council) and d.municipality_id = \(council) and this.round_id = \(round)
            order by d.round_id = this.round_id desc, d.fixed_at desc, d.round_id
            limit \(Int32(Trends.most))
            """) { PastResult(round: try $0.next(), stored: try StoredResult(&$0)) }
    }
}
