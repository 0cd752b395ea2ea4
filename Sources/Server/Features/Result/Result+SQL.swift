import Database
import Rules

extension StoredResult {
    /// Of results `d` and their rounds `r`.
    static let columns: SQL = "d.document, d.sha256, r.instrument_id"

    init(_ row: inout Row) throws {
        self.init(document: try row.next(), sha256: try row.next(), instrument: try row.next())
    }
}

extension Query where A == Member, R == StoredResult? {
    static func result(of round: RoundID, in council: MunicipalityID) -> Query {
        .optional("""
            select \(StoredResult.columns) from app.results d join app.rounds r on r.municipality_id = d.municipality_id and r.id = d.round_id
            where d.municipality_id = \(council) and d.round_id = \(round)
            """) { try StoredResult(&$0) }
    }
}

extension Query where A == Participant, R == StoredResult? {
    /// Of the round that the seat belongs to.
    static func result(for p: Participant) -> Query {
        .optional("""
            select \(StoredResult.columns) from app.results d join app.rounds r on r.municipality_id = d.municipality_id and r.id = d.round_id
            where d.municipality_id = \(p.municipality) and d.round_id = app.round()
            """) { try StoredResult(&$0) }
    }
}
