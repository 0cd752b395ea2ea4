import Database
import Rules

// What the worker reads and writes to open and close rounds at their times.

/// A round that the worker has locked, as far as closing goes.
struct Closing: Sendable {
    let state: RoundState
    let closesAt: Instant
}

extension Query where A == Worker, R == Closing? {
    /// nil unless the round is before its fixing.
    static func closing(_ id: RoundID, of council: MunicipalityID) -> Query {
        .optional("select state, closes_at from app.rounds where municipality_id = \(council) and id = \(id) for update", writes: true) { row in
            Closing(state: try RoundState(stored: row.next()), closesAt: try row.next())
        }
    }
}

/// A round that is to open by itself, with all that this depends on.
struct Opening: Sendable {
    let state: RoundState
    let opensAt: Instant?
    let closesAt: Instant
    let seats: Int
    let contract: Contract?
    let contractIsFrozen, hasAgreement: Bool

    /// As before it was opened.
    func rules(in state: RoundState) -> Round {
        Round(state: state, k: contract?.k, invited: seats, submitted: 0, closesAt: closesAt, hasAgreement: hasAgreement)
    }
}

extension Query where A == Worker, R == Bool {
    /// Locks the round, and opens it if its time has come; whether it did.
    static func openAtItsTime(_ id: RoundID, now: Instant) -> Query {
        .one("select app.open_at_its_time(\(id), \(now))", writes: true) { try $0.next() }
    }
}

extension Query where A == Worker, R == Opening? {
    static func opening(_ id: RoundID, of council: MunicipalityID) -> Query {
        .optional("""
            select r.state, r.opens_at, r.closes_at,
                   (select count(*) from app.seats s where s.municipality_id = \(council) and s.round_id = r.id),
                   exists (select from app.agreements a where a.municipality_id = \(council)), c.frozen_at is not null, c.k is not null,
                   coalesce(c.k, 5::smallint), coalesce(c.controller, ''), coalesce(c.purpose, ''), coalesce(c.contact, ''), coalesce(c.audiences, '{}'),
                   coalesce(c.comments, false), coalesce(c.retention, ''), coalesce(c.disposal_reference, ''), coalesce(c.split, true)
            from app.rounds r left join app.contracts c on c.municipality_id = r.municipality_id and c.round_id = r.id
            where r.municipality_id = \(council) and r.id = \(id)
            """) { row in
            let state = try RoundState(stored: row.next()), opensAt: Instant? = try row.nextOrNull(), closesAt: Instant = try row.next()
            let seats: Int = try row.next(), hasAgreement: Bool = try row.next(), isFrozen: Bool = try row.next(), hasContract: Bool = try row.next()
            let contract = try Contract(&row)
            return Opening(
                state: state, opensAt: opensAt, closesAt: closesAt, seats: seats, contract: hasContract ? contract : nil, contractIsFrozen: isFrozen,
                hasAgreement: hasAgreement)
        }
    }
}

extension Query where A == Worker, R == Int {
    static func close(_ id: RoundID, at time: Instant, of council: MunicipalityID) -> Query {
        .write("update app.rounds set state = 'closed', closed_at = \(time) where municipality_id = \(council) and id = \(id) and state = 'open'")
    }

}

extension Query where A == Worker, R == Void {
    static func setOpen(_ round: RoundID, _ open: Bool) -> Query { .none("select app.set_open(\(round), \(open))", writes: true) }
    static func handOut(_ round: RoundID) -> Query { .none("select app.hand_out(\(round))", writes: true) }
}
