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

    func lacks(now: Instant) -> [Refusal] { rules(in: state).lacks(toOpenUntil: closesAt, now: now) }
}

extension Query where A == Worker, R == RoundState? {
    /// Locks the round, and opens it if its time has come; what it was until then, or nil.
    static func openAtItsTime(_ id: RoundID, now: Instant) -> Query {
        .one("select app.open_at_its_time(\(id), \(now))", writes: true) { try $0.nextOrNull(String.self).map(RoundState.init(stored:)) }
    }
}

extension Query where A == Worker, R == Bool {
    /// Notes that the round should have opened and could not; whether that is new.
    static func missOpening(_ id: RoundID, now: Instant) -> Query {
        .one("select app.miss_opening(\(id), \(now))", writes: true) { try $0.next() }
    }
}

/// What a strategist is written to from, when a round has not opened at its time.
struct MissedOpeningLetter: Sendable {
    let name, address, council, round: String
    let language: Language
    let opens, missedAt: Instant
}

/// The id of the job that writes to member `m` of round `r`: from it follows to whom, and the identity of the mail.
private let missedJob: SQL = "md5(r.id::text || m.id::text || extract(epoch from r.missed_at)::text)::uuid"

extension Query where A == Worker, R == MissedOpeningLetter? {
    /// nil once the round has been opened or given another time, or he is no strategist any more.
    static func missedLetter(for job: Job, in council: MunicipalityID) -> Query {
        .optional("""
            select m.name, m.address, c.name, r.title, m.language, r.opens_at, r.missed_at
            from app.rounds r
            join app.municipalities c on c.municipality_id = r.municipality_id
            join app.members m on m.municipality_id = r.municipality_id and m.left_at is null and \(missedJob) = \(job.id)
            join app.member_roles o on o.municipality_id = m.municipality_id and o.member_id = m.id and o.role = 'strategist'
            where r.municipality_id = \(council) and r.id = \(job.subject) and r.state in ('planned', 'seminar') and r.missed_at >= r.opens_at
            """) { row in
            MissedOpeningLetter(
                name: try row.next(), address: try row.next(), council: try row.next(), round: try row.next(),
                language: try Language(stored: row.next()), opens: try row.next(), missedAt: try row.next())
        }
    }
}

extension Query where A == Worker, R == Int {
    /// A mail to each strategist.
    static func orderMailOfMissedOpening(of round: RoundID, in council: MunicipalityID, at now: Instant) -> Query {
        .write("""
            insert into app.jobs (id, kind, municipality_id, subject, run_at)
            select \(missedJob), \(JobKind.mailOpeningMissed.rawValue), \(council), r.id, \(now)
            from app.rounds r
            join app.members m on m.municipality_id = r.municipality_id and m.left_at is null
            join app.member_roles o on o.municipality_id = m.municipality_id and o.member_id = m.id and o.role = 'strategist'
            where r.municipality_id = \(council) and r.id = \(round)
            """)
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
