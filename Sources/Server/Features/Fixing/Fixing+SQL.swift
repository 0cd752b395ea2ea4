import Database
import Rules

/// What decides whether a round can be fixed, or be concluded without figures.
struct FixingView: Sendable {
    let state: RoundState
    let title: String
    let invited, submitted: Int
    let k: Int
    /// When a round of the same instrument was last fixed in the council, if one was.
    let lastFixed: Instant?
    let requestedAt: Instant?
    /// When the result, with or without figures, was written and the answers were deleted.
    let doneAt: Instant?
    let hasFigures: Bool
}

/// When the council last fixed another round than `r` of the same instrument (`i`), so that the next has to wait (R13). The same is one of any version,
/// because their questions are much the same; and whatever is the council's own, because what it asks may be the same under another key.
let fixedBefore: SQL = """
    (select max(o.fixed_at) from app.rounds o join app.council_instruments j on j.municipality_id = o.municipality_id and j.id = o.instrument_id
      where o.municipality_id = r.municipality_id and o.id <> r.id and (j.key = i.key or not \(isOffered("i")) or not \(isOffered("j"))))
    """

/// Whether an instrument of a council's shelf is the same for all who have it.
func isOffered(_ instrument: SQL) -> SQL { "exists (select from app.instruments f where f.id = \(instrument).id and f.sha256 = \(instrument).sha256)" }

extension Query where A == Member, R == FixingView? {
    static func fixing(of round: RoundID, in council: MunicipalityID) -> Query {
        .optional("""
            select r.state, r.title,
                   (select count(*) from app.seats s
                     where s.municipality_id = r.municipality_id and s.round_id = r.id and s.invited_at is not null),
                   app.count_submitted(r.id)::int8, coalesce(c.k, 5)::int8, \(fixedBefore),
                   f.requested_at, d.fixed_at, r.fixed_at is not null
            from app.rounds r
            join app.council_instruments i on i.municipality_id = r.municipality_id and i.id = r.instrument_id
            left join app.fixings f on f.municipality_id = r.municipality_id and f.round_id = r.id
            left join app.results d on d.municipality_id = r.municipality_id and d.round_id = r.id
            left join app.contracts c on c.municipality_id = r.municipality_id and c.round_id = r.id
            where r.municipality_id = \(council) and r.id = \(round)
            """) { row in
            FixingView(
                state: try RoundState(stored: row.next()), title: try row.next(), invited: try row.next(), submitted: try row.next(),
                k: try row.next(), lastFixed: try row.nextOrNull(), requestedAt: try row.nextOrNull(),
                doneAt: try row.nextOrNull(), hasFigures: try row.next())
        }
    }
}

extension Query where A == Member, R == Int {
    /// Takes the request down; no row if there is one already, which is then the same.
    static func requestFixing(_ goal: Fixing.Goal, of round: RoundID, submitted: Int, at now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            insert into app.fixings (municipality_id, round_id, goal, submitted_seen, requested_by, requested_at)
            values (\(council), \(round), \(goal.rawValue), \(Int32(clamping: submitted)), app.member(), \(now)) on conflict do nothing
            """)
    }
}

// MARK: - The worker

/// A closed round under lock, with all that its document needs but the answers.
struct RoundToFix: Sendable {
    let title: String
    let instrument: ID<Instrument>
    let instrumentKey: String
    let instrumentVersion: Int32
    let ordererName, ordererTitle, runnerName, runnerTitle: String
    let councilCode, councilName: String
    let fictional: Bool
    let k: Int
    /// The contract says so.
    let mayBeSplit: Bool
    /// The contract's SHA-256.
    let contract: [UInt8]
    let state: RoundState
    let closedAt: Instant?
    let goal: Fixing.Goal
    let submittedSeen: Int
    let requestedAt: Instant
}

extension Query where A == Worker, R == Void {
    /// Lets the rounds of one council be fixed one at a time: otherwise two of the same instrument could both find that none was fixed lately.
    static func takeTurn(in council: MunicipalityID) -> Query {
        .none("select pg_advisory_xact_lock(hashtextextended(\(council.description), 0))", writes: true)
    }
}

extension Query where A == Worker, R == RoundToFix? {
    /// Nil if nobody asks for it, or if it has been done.
    static func roundToFix(_ round: RoundID, in council: MunicipalityID) -> Query {
        .optional("""
            select r.title, i.id, i.key, i.version, r.orderer_name, r.orderer_title, r.runner_name, r.runner_title, m.code, m.name, m.fictional,
                   c.k::int8, c.split, c.sha256, r.state, r.closed_at, f.goal, f.submitted_seen::int8, f.requested_at
            from app.rounds r
            join app.fixings f on f.municipality_id = r.municipality_id and f.round_id = r.id
            join app.contracts c on c.municipality_id = r.municipality_id and c.round_id = r.id and c.frozen_at is not null
            join app.council_instruments i on i.municipality_id = r.municipality_id and i.id = r.instrument_id
            join app.municipalities m on m.municipality_id = r.municipality_id
            where r.municipality_id = \(council) and r.id = \(round) for update of r
            """, writes: true) { row in
            RoundToFix(
                title: try row.next(), instrument: try row.next(), instrumentKey: try row.next(), instrumentVersion: try row.next(),
                ordererName: try row.next(), ordererTitle: try row.next(), runnerName: try row.next(), runnerTitle: try row.next(),
                councilCode: try row.next(), councilName: try row.next(), fictional: try row.next(),
                k: try row.next(), mayBeSplit: try row.next(), contract: try row.next(), state: try RoundState(stored: row.next()), closedAt: try row.nextOrNull(),
                goal: try Fixing.Goal(stored: row.next()), submittedSeen: try row.next(), requestedAt: try row.next())
        }
    }
}

extension Query where A == Worker, R == Instant? {
    static func lastFixed(before round: RoundID, in council: MunicipalityID) -> Query {
        .one("""
            select \(fixedBefore) from app.rounds r
            join app.council_instruments i on i.municipality_id = r.municipality_id and i.id = r.instrument_id
            where r.municipality_id = \(council) and r.id = \(round)
            """) { try $0.nextOrNull() }
    }
}

/// The two arrays of a submitted response, and where its giver belongs.
struct SheetRow: Sendable {
    let branch: Branch
    let current, desired: [Int16]
}

/// A seat that was invited: its function as the document names it, and where it belongs.
struct InvitedSeat: Sendable {
    let line: ResultDocument.SeatLine
    let branch: Branch
}

extension Query where A == Worker, R == [SheetRow] {
    /// What was submitted to a closed round.
    static func sheets(of round: RoundID, in council: MunicipalityID) -> Query {
        .rows("select family, leaf, current, desired from app.sheets_by_branch(\(round)) where app.municipality() = \(council)") { row in
            SheetRow(branch: try Branch(stored: &row), current: try row.next(), desired: try row.next())
        }
    }
}

extension Branch {
    fileprivate init(stored row: inout Row) throws {
        self.init(family: try RoleFamily(stored: row.next()), leaf: try row.next())
    }
}

extension Query where A == Worker, R == [InvitedSeat] {
    static func invitedSeats(of round: RoundID, in council: MunicipalityID) -> Query {
        .rows("""
            select s.function, p.title, s.family, case s.family when 'programme-areas' then s.area else s.function end
            from app.seats s join app.posts p on p.municipality_id = s.municipality_id and p.id = s.post_id
            where s.municipality_id = \(council) and s.round_id = \(round) and s.invited_at is not null
            """) { row in
            let function = Function(rawValue: try row.next()) ?? .other
            let line = ResultDocument.SeatLine(function: function, family: function.family, title: try row.next())
            return InvitedSeat(line: line, branch: try Branch(stored: &row))
        }
    }
}

extension Query where A == Worker, R == Int {
    static func keep(_ result: StoredResult, of round: RoundID, at now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            insert into app.results (municipality_id, round_id, document, sha256, fixed_at)
            values (\(council), \(round), \(result.document), \(result.sha256), \(now))
            """)
    }

    static func keep(
        _ figures: [DimensionFigure], of round: RoundID, instrument key: String, version: Int32, fictional: Bool, at now: Instant, in council: MunicipalityID
    ) -> Query {
        .write("""
            insert into app.result_figures
              (municipality_id, round_id, instrument_key, instrument_version, dimension, figure, value, fictional, fixed_at)
            select \(council), \(round), \(key), \(version), dimension, figure, value, \(fictional), \(now)
            from unnest(\(figures.map(\.dimension)), \(figures.map(\.kind.rawValue)), \(figures.map(\.value.description)))
              as given (dimension, figure, value)
            """)
    }

    static func deleteResponses(of round: RoundID, in council: MunicipalityID) -> Query {
        .write("delete from app.responses where municipality_id = \(council) and round_id = \(round)")
    }

    static func endRequest(for round: RoundID, in council: MunicipalityID) -> Query {
        .write("delete from app.fixings where municipality_id = \(council) and round_id = \(round)")
    }

    static func setFixed(_ round: RoundID, at now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            update app.rounds set state = 'fixed', fixed_at = \(now) where municipality_id = \(council) and id = \(round) and state = 'closed'
            """)
    }

    /// Without figures: to the workshop, or to the end.
    static func setEmptied(_ round: RoundID, to state: RoundState, at now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            update app.rounds set state = \(state.rawValue), emptied_at = \(now), ended_at = case \(state.rawValue) when 'concluded' then \(now) end
            where municipality_id = \(council) and id = \(round) and state = 'closed'
            """)
    }

    /// A mail to each seat that was invited: its link now shows the result.
    static func orderResultMail(for round: RoundID, at now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            insert into app.jobs (id, kind, municipality_id, subject, generation, run_at)
            select gen_random_uuid(), 'mailResult', \(council), id, generation, \(now) from app.seats
            where municipality_id = \(council) and round_id = \(round) and invited_at is not null
            """)
    }
}
