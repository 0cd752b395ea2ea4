import Database
import Rules

/// What a strategist decides about a round.
struct RoundPlan: Sendable {
    var title: String
    let instrument: ID<Instrument>
    /// The year that the desired level is for.
    var targetYear: Int16
    /// When it opens by itself; nil if by hand.
    var opensAt: Instant?
    var closesAt: Instant
    var ordererName, ordererTitle, runnerName, runnerTitle: String
}

/// A round as lists show it.
struct RoundSummary: Sendable {
    let id: RoundID
    let plan: RoundPlan
    let state: RoundState
    let createdAt: Instant
    /// The latest opening and closing; no closing while the round is open.
    let openedAt, closedAt: Instant?
    let fixedAt, endedAt: Instant?
    /// When a round with too few answers wrote its counts instead.
    let emptiedAt: Instant?
    let instrumentKey: String
    let instrumentVersion: Int32
    let instrumentName: Text2
    /// The number in the council's registry.
    let diaryNumber: String?
    /// When it was found that it could not open by itself at a time that had been set.
    let missedAt: Instant?

    /// When it was that it should have opened, if that has been missed and no other time has been set.
    var missedOpening: Instant? {
        guard state.isBeforeOpening, let opens = plan.opensAt, let missedAt, missedAt >= opens else { return nil }
        return opens
    }
}

/// A round with all that its next step depends on.
struct RoundView: Sendable {
    let summary: RoundSummary
    /// Seats, and how many of them have been invited.
    let seats, invited: Int
    /// For the whole round; once there is a result, as its document says.
    let submitted: Int
    /// nil until there is a contract.
    let k: Int?
    let contractIsFrozen: Bool
    let hasAgreement: Bool
    /// When another round of the same instrument was last fixed here.
    let previousFixedAt: Instant?
    let fixingIsRequested: Bool
    /// One that has not been called off.
    let hasSeminar: Bool

    var id: RoundID { summary.id }
    var plan: RoundPlan { summary.plan }
    var state: RoundState { summary.state }
}

extension RoundSummary {
    fileprivate init(_ row: inout Row) throws {
        id = try row.next()
        plan = RoundPlan(
            title: try row.next(), instrument: try row.next(), targetYear: try row.next(), opensAt: try row.nextOrNull(), closesAt: try row.next(),
            ordererName: try row.next(), ordererTitle: try row.next(), runnerName: try row.next(), runnerTitle: try row.next())
        state = try RoundState(stored: row.next())
        createdAt = try row.next()
        openedAt = try row.nextOrNull()
        closedAt = try row.nextOrNull()
        fixedAt = try row.nextOrNull()
        endedAt = try row.nextOrNull()
        emptiedAt = try row.nextOrNull()
        instrumentKey = try row.next()
        instrumentVersion = try row.next()
        instrumentName = Text2(sv: try row.next(), en: try row.next())
        diaryNumber = try row.nextOrNull()
        missedAt = try row.nextOrNull()
    }

    fileprivate static let columns: SQL = """
        r.id, r.title, r.instrument_id, r.target_year, r.opens_at, r.closes_at, r.orderer_name, r.orderer_title, r.runner_name, r.runner_title,
        r.state, r.created_at, r.opened_at, r.closed_at, r.fixed_at, r.ended_at, r.emptied_at, i.key, i.version, i.name_sv, i.name_en,
        r.diary_number, r.missed_at
        """
}

extension RoundView {
    fileprivate init(_ row: inout Row) throws {
        summary = try RoundSummary(&row)
        seats = try row.next()
        invited = try row.next()
        submitted = try row.next()
        k = try row.nextOrNull()
        contractIsFrozen = try row.next()
        hasAgreement = try row.next()
        previousFixedAt = try row.nextOrNull()
        fixingIsRequested = try row.next()
        hasSeminar = try row.next()
    }
}

extension Query where A == Member, R == [RoundSummary] {
    /// Newest first.
    static func rounds(of council: MunicipalityID, limit: Int, offset: Int) -> Query {
        .rows("""
            select \(RoundSummary.columns) from app.rounds r join app.council_instruments i on i.municipality_id = r.municipality_id and i.id = r.instrument_id
            where r.municipality_id = \(council) order by r.created_at desc, r.id limit \(limit) offset \(offset)
            """) { try RoundSummary(&$0) }
    }
}

extension Query where A == Member, R == RoundView? {
    static func round(_ id: RoundID, of council: MunicipalityID) -> Query {
        .optional("""
            select \(RoundSummary.columns),
                   (select count(*) from app.seats s where s.municipality_id = \(council) and s.round_id = r.id),
                   (select count(*) from app.seats s where s.municipality_id = \(council) and s.round_id = r.id and s.invited_at is not null),
                   coalesce((select (convert_from(d.document, 'UTF8')::jsonb ->> 'submitted')::int8 from app.results d
                              where d.municipality_id = \(council) and d.round_id = r.id),
                            app.count_submitted(r.id)),
                   c.k::int8, c.frozen_at is not null,
                   exists (select from app.agreements a where a.municipality_id = \(council)),
                   \(fixedBefore),
                   exists (select from app.fixings f where f.municipality_id = \(council) and f.round_id = r.id),
                   exists (select from app.seminars m where m.municipality_id = \(council) and m.round_id = r.id and m.cancelled_at is null)
            from app.rounds r join app.council_instruments i on i.municipality_id = r.municipality_id and i.id = r.instrument_id
            left join app.contracts c on c.municipality_id = r.municipality_id and c.round_id = r.id
            where r.municipality_id = \(council) and r.id = \(id)
            """) { try RoundView(&$0) }
    }
}

extension Query where A == Member, R == RoundID? {
    /// Locks a round that is not over until the transaction ends. By its policy a round that is over is not to be changed, and so not found.
    static func lockRound(_ id: RoundID, of council: MunicipalityID) -> Query {
        .optional("select id from app.rounds where municipality_id = \(council) and id = \(id) for update", writes: true) { try $0.next() }
    }
}

extension Query where A == Member, R == Int {
    static func numberOfRounds(of council: MunicipalityID) -> Query {
        .one("select count(*) from app.rounds where municipality_id = \(council)") { try $0.next() }
    }

    /// Adds a round, if its instrument stands on the council's shelf and may be chosen.
    static func add(_ plan: RoundPlan, id: RoundID, at now: Instant, to council: MunicipalityID) -> Query {
        .write("""
            insert into app.rounds (municipality_id, id, title, instrument_id, target_year, orderer_name, orderer_title,
              runner_name, runner_title, opens_at, closes_at, created_at)
            select i.municipality_id, \(id), \(plan.title), i.id, \(plan.targetYear), \(plan.ordererName), \(plan.ordererTitle),
              \(plan.runnerName), \(plan.runnerTitle), \(plan.opensAt), \(plan.closesAt), \(now)
            from app.council_instruments i
            where i.municipality_id = \(council) and i.id = \(plan.instrument) and i.published_at is not null
              and not exists (select from app.instruments o where o.id = i.id and o.withdrawn_at is not null)
            """)
    }

    static func change(_ id: RoundID, to plan: RoundPlan, of council: MunicipalityID) -> Query {
        .write("""
            update app.rounds set title = \(plan.title), target_year = \(plan.targetYear), opens_at = \(plan.opensAt),
              closes_at = \(plan.closesAt),
              orderer_name = \(plan.ordererName), orderer_title = \(plan.ordererTitle),
              runner_name = \(plan.runnerName), runner_title = \(plan.runnerTitle)
            where municipality_id = \(council) and id = \(id)
            """)
    }

}

extension Query where A == Member, R == Bool {
    /// Moves a round that is locked to where the rules say it goes; its responses are handed out, opened, closed or deleted with it. Whether the database,
    /// which has the same rules, did so.
    static func move(_ id: RoundID, to state: RoundState, closesAt: Instant, at now: Instant) -> Query {
        .one("select app.move_round(\(id), \(state.rawValue), \(closesAt), \(now))", writes: true) { try $0.next() }
    }
}

extension Query where A == Member, R == Void {
    /// An empty response for each seat of an open round that has none.
    static func handOut(_ round: RoundID) -> Query { .none("select app.hand_out(\(round))", writes: true) }
    /// An empty number is none.
    static func setDiaryNumber(_ number: String, of round: RoundID) -> Query { .none("select app.set_diary_number(\(round), \(number))", writes: true) }
}
