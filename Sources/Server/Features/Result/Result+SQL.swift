import Database
import Rules

extension Query where A == Member, R == StoredResult? {
    static func result(of round: RoundID, in council: MunicipalityID) -> Query {
        .optional("select document, sha256 from app.results where municipality_id = \(council) and round_id = \(round)") { row in
            StoredResult(document: try row.next(), sha256: try row.next())
        }
    }
}

extension Query where A == Participant, R == StoredResult? {
    /// Of the round that the seat belongs to.
    static func result(for p: Participant) -> Query {
        .optional("select document, sha256 from app.results where municipality_id = \(p.municipality) and round_id = app.round()") { row in
            StoredResult(document: try row.next(), sha256: try row.next())
        }
    }
}
