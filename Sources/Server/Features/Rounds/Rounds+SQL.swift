import Database
import Rules

/// What a strategist decides about a round.
struct RoundPlan: Sendable {
    let title: String
    let instrument: ID<Instrument>
    /// The year that the desired level is for.
    let targetYear: Int16
    let closesAt: Instant
    let ordererName, ordererTitle, runnerName, runnerTitle: String
}

struct RoundView: Sendable {
    let id: RoundID
    let plan: RoundPlan
    let state: RoundState
    let createdAt: Instant
    let openedAt, closedAt, fixedAt, endedAt: Instant?
    let instrumentKey: String
    let instrumentVersion: Int32
    let seats: Int, invited: Int
    let contractFrozen: Bool
    let k: Int16?
    let fixingRequested: Bool
}

extension RoundView {
    fileprivate init(_ row: inout Row) throws {
        id = try row.next()
        plan = RoundPlan(
            title: try row.next(), instrument: try row.next(), targetYear: try row.next(), closesAt: try row.next(),
            ordererName: try row.next(), ordererTitle: try row.next(), runnerName: try row.next(), runnerTitle: try row.next())
        state = try RoundState(stored: row.next())
        createdAt = try row.next()
        openedAt = try row.nextOrNull()
        closedAt = try row.nextOrNull()
        fixedAt = try row.nextOrNull()
        endedAt = try row.nextOrNull()
        instrumentKey = try row.next()
        instrumentVersion = try row.next()
        seats = try row.next()
        invited = try row.next()
        contractFrozen = try row.next()
        k = try row.nextOrNull()
        fixingRequested = try row.next()
    }

    /// `where` must name the municipality.
    fileprivate static func select(_ where: SQL) -> SQL {
        """
        select r.id, r.title, r.instrument_id, r.target_year, r.closes_at, r.orderer_name, r.orderer_title, r.runner_name, r.runner_title,
               r.state, r.created_at, r.opened_at, r.closed_at, r.fixed_at, r.ended_at, i.key, i.version,
               (select count(*) from app.seats s where s.municipality_id = r.municipality_id and s.round_id = r.id),
               (select count(*) from app.seats s where s.municipality_id = r.municipality_id and s.round_id = r.id and s.invited_at is not null),
               c.frozen_at is not null, c.k,
               exists (select from app.fixings f where f.municipality_id = r.municipality_id and f.round_id = r.id)
        from app.rounds r join app.instruments i on i.id = r.instrument_id
        left join app.contracts c on c.municipality_id = r.municipality_id and c.round_id = r.id
        \(`where`)
        """
    }
}

extension Query where A == Member, R == [RoundView] {
    /// Newest first.
    static func rounds(of council: MunicipalityID, limit: Int, offset: Int) -> Query {
        .rows(RoundView.select("where r.municipality_id = \(council) order by r.created_at desc, r.id limit \(limit) offset \(offset)")) {
            try RoundView(&$0)
        }
    }
}

extension Query where A == Member, R == RoundView? {
    static func round(_ id: RoundID, of council: MunicipalityID) -> Query {
        .optional(RoundView.select("where r.municipality_id = \(council) and r.id = \(id)")) { try RoundView(&$0) }
    }

    /// The same under lock, for a step that depends on it.
    static func roundToMove(_ id: RoundID, of council: MunicipalityID) -> Query {
        .optional(RoundView.select("where r.municipality_id = \(council) and r.id = \(id) for update of r"), writes: true) { try RoundView(&$0) }
    }
}

extension Query where A == Member, R == Int {
    static func numberOfRounds(of council: MunicipalityID) -> Query {
        .one("select count(*) from app.rounds where municipality_id = \(council)") { try $0.next() }
    }

    static func plan(_ plan: RoundPlan, id: RoundID, at now: Instant, for council: MunicipalityID) -> Query {
        .write("""
            insert into app.rounds (municipality_id, id, title, instrument_id, target_year, orderer_name, orderer_title,
              runner_name, runner_title, closes_at, created_at)
            values (\(council), \(id), \(plan.title), \(plan.instrument), \(plan.targetYear), \(plan.ordererName), \(plan.ordererTitle),
              \(plan.runnerName), \(plan.runnerTitle), \(plan.closesAt), \(now))
            """)
    }

    static func change(_ id: RoundID, to plan: RoundPlan, of council: MunicipalityID) -> Query {
        .write("""
            update app.rounds set title = \(plan.title), target_year = \(plan.targetYear), closes_at = \(plan.closesAt),
              orderer_name = \(plan.ordererName), orderer_title = \(plan.ordererTitle),
              runner_name = \(plan.runnerName), runner_title = \(plan.runnerTitle)
            where municipality_id = \(council) and id = \(id)
            """)
    }

    /// Moves a round that is locked; `state` is where the rules say it goes.
    static func move(_ id: RoundID, to state: RoundState, at now: Instant, of council: MunicipalityID) -> Query {
        .write("""
            update app.rounds set state = \(state.rawValue),
              opened_at = case when \(state.rawValue) = 'open' then coalesce(opened_at, \(now)) else opened_at end,
              closed_at = case when \(state.rawValue) = 'closed' then \(now) when \(state.rawValue) = 'open' then null else closed_at end,
              ended_at = case when \(state.rawValue) in ('concluded', 'cancelled') then \(now) else ended_at end
            where municipality_id = \(council) and id = \(id)
            """)
    }

    static func countSubmitted(in round: RoundID) -> Query {
        .one("select app.count_submitted(\(round))::int8") { try $0.next() }
    }

    static func numberOfAgreements(of council: MunicipalityID) -> Query {
        .one("select count(*) from app.agreements where municipality_id = \(council)") { try $0.next() }
    }
}

extension Query where A == Member, R == Void {
    /// An empty response for each seat that has none.
    static func handOut(_ round: RoundID) -> Query { .none("select app.hand_out(\(round))", writes: true) }
    static func setOpen(_ round: RoundID, _ open: Bool) -> Query { .none("select app.set_open(\(round), \(open))", writes: true) }
    static func deleteAnswers(ofRound round: RoundID) -> Query { .none("select app.delete_answers_of_round(\(round))", writes: true) }
    static func deleteAnswers(ofSeat seat: SeatID) -> Query { .none("select app.delete_answers_of_seat(\(seat))", writes: true) }
}

/// A round whose closing time the worker looks at.
struct Closing: Sendable {
    let state: RoundState
    let closesAt: Instant
}

extension Query where A == Worker, R == Closing? {
    static func closing(_ id: RoundID, of council: MunicipalityID) -> Query {
        .optional("select state, closes_at from app.rounds where municipality_id = \(council) and id = \(id) for update", writes: true) { row in
            Closing(state: try RoundState(stored: row.next()), closesAt: try row.next())
        }
    }
}

extension Query where A == Worker, R == Int {
    static func close(_ id: RoundID, at now: Instant, of council: MunicipalityID) -> Query {
        .write("""
            update app.rounds set state = 'closed', closed_at = \(now) where municipality_id = \(council) and id = \(id) and state = 'open'
            """)
    }
}

extension Query where A == Worker, R == Void {
    static func setOpen(_ round: RoundID, _ open: Bool) -> Query { .none("select app.set_open(\(round), \(open))", writes: true) }
}
