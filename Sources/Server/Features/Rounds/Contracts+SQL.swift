import Database
import Rules

/// A round's contract as it is kept.
struct ContractView: Sendable {
    let contract: Contract
    /// nil until it is frozen, the hash too.
    let frozenAt: Instant?
    let sha256: [UInt8]?
}

extension Query where A == Member, R == ContractView? {
    static func contract(of round: RoundID, in council: MunicipalityID) -> Query {
        .optional("""
            select k, controller, purpose, contact, audiences, comments, retention, disposal_reference, split, frozen_at, sha256
            from app.contracts where municipality_id = \(council) and round_id = \(round)
            """) { row in
            let contract = try Contract(&row)
            return ContractView(contract: contract, frozenAt: try row.nextOrNull(), sha256: try row.nextOrNull())
        }
    }
}

extension Contract {
    /// Its columns in the order of the initialiser's names.
    init(_ row: inout Row) throws {
        self.init(
            k: Int(try row.next(Int16.self)), controller: try row.next(), purpose: try row.next(), contact: try row.next(),
            audiences: Set(try row.next([String].self).map { try Audience(stored: $0) }), comments: try row.next(),
            retention: try row.next(), disposalDecision: try row.next(), split: try row.next())
    }
}

extension Query where A == Member, R == Int {
    /// The first or another contract of a round; the database refuses to change a frozen one.
    static func set(_ contract: Contract, for round: RoundID, in council: MunicipalityID) -> Query {
        .write("""
            insert into app.contracts
              (municipality_id, round_id, k, controller, audiences, comments, purpose, retention, disposal_reference, contact)
            values (\(council), \(round), \(Int16(clamping: contract.k)), \(contract.controller), \(contract.audiences.map(\.rawValue).sorted()),
              \(contract.comments), \(contract.purpose), \(contract.retention), \(contract.disposalDecision), \(contract.contact))
            on conflict (municipality_id, round_id) do update set
              k = excluded.k, controller = excluded.controller, audiences = excluded.audiences, comments = excluded.comments, purpose = excluded.purpose,
              retention = excluded.retention, disposal_reference = excluded.disposal_reference, contact = excluded.contact
            """)
    }

}

extension Query where R == Int {
    static func freezeContract(of round: RoundID, document: String, sha256: [UInt8], at now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            update app.contracts set document = \(document), sha256 = \(sha256), frozen_at = \(now)
            where municipality_id = \(council) and round_id = \(round) and frozen_at is null
            """)
    }
}
