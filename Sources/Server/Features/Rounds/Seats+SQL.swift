import Database
import Rules

struct SeatRow: Sendable {
    let id: SeatID
    let post: PostID
    let title, area: String
    let function: Function
    let deputy: Bool
    let name, address: String
    let language: Language
    let generation: Int32
    let invitedAt: Instant?
    let bounced: Bool
}

/// Who sits in a seat: the post's holder, or a deputy for it.
struct Occupant: Sendable, Equatable {
    let name, address: String
    let language: Language
}

extension SeatRow {
    fileprivate init(_ row: inout Row) throws {
        self.init(
            id: try row.next(), post: try row.next(), title: try row.next(), area: try row.next(),
            function: Function(rawValue: try row.next()) ?? .other, deputy: try row.next(), name: try row.next(), address: try row.next(),
            language: try Language(stored: row.next()), generation: try row.next(), invitedAt: try row.nextOrNull(), bounced: try row.next())
    }

    fileprivate static let columns: SQL = """
        s.id, s.post_id, p.title, p.area, p.function, s.deputy, s.name, s.address, s.language, s.generation, s.invited_at, s.bounced
        from app.seats s join app.posts p on p.municipality_id = s.municipality_id and p.id = s.post_id
        """
}

extension Query where A == Member, R == [SeatRow] {
    static func seats(of round: RoundID, in council: MunicipalityID) -> Query {
        .rows("""
            select \(SeatRow.columns) where s.municipality_id = \(council) and s.round_id = \(round) order by p.title, p.area, s.id
            """) { try SeatRow(&$0) }
    }
}

extension Query where A == Member, R == SeatRow? {
    static func seat(_ id: SeatID, of round: RoundID, in council: MunicipalityID) -> Query {
        .optional("""
            select \(SeatRow.columns) where s.municipality_id = \(council) and s.round_id = \(round) and s.id = \(id)
            """) { try SeatRow(&$0) }
    }
}

extension Query where A == Member, R == Int {
    /// A seat for a post, held by its holder.
    static func addSeat(_ id: SeatID, for post: PostID, in round: RoundID, of council: MunicipalityID) -> Query {
        .write("""
            insert into app.seats (municipality_id, id, round_id, post_id, deputy, name, address, language)
            select municipality_id, \(id), \(round), id, false, holder_name, holder_address, holder_language
            from app.posts where municipality_id = \(council) and id = \(post) and retired_at is null
            """)
    }

    /// A seat for a post, held by a deputy.
    static func addSeat(_ id: SeatID, for post: PostID, deputy: Occupant, in round: RoundID, of council: MunicipalityID) -> Query {
        .write("""
            insert into app.seats (municipality_id, id, round_id, post_id, deputy, name, address, language)
            select municipality_id, \(id), \(round), id, true, \(deputy.name), \(deputy.address), \(deputy.language.rawValue)
            from app.posts where municipality_id = \(council) and id = \(post) and retired_at is null
            """)
    }

    /// The name as it is spelled, or the language of the mail: nothing that says who answers.
    static func correct(_ id: SeatID, name: String, language: Language, in round: RoundID, of council: MunicipalityID) -> Query {
        .write("""
            update app.seats set name = \(name), language = \(language.rawValue)
            where municipality_id = \(council) and round_id = \(round) and id = \(id)
            """)
    }

    static func removeSeat(_ id: SeatID, in round: RoundID, of council: MunicipalityID) -> Query {
        .write("delete from app.seats where municipality_id = \(council) and round_id = \(round) and id = \(id)")
    }

    /// Invites seats, and orders their mail, in one statement: those named, or all that have not been invited.
    static func invite(_ seats: [SeatID]?, at now: Instant, in round: RoundID, of council: MunicipalityID) -> Query {
        .write("""
            with invited as (
              update app.seats set invited_at = coalesce(invited_at, \(now)), bounced = false
              where municipality_id = \(council) and round_id = \(round)
                and case when \(seats == nil) then invited_at is null else id = any (\((seats ?? []).map(\.uuid))) end
              returning id, generation)
            insert into app.jobs (id, kind, municipality_id, subject, generation, run_at)
            select gen_random_uuid(), 'mailSeat', \(council), id, generation, \(now) from invited
            """)
    }
}

extension Query where A == Member, R == Void {
    /// Gives the seat to another holder or address: its answers are deleted, and the old link is void.
    static func reseat(_ id: SeatID, to occupant: Occupant) -> Query {
        .none("select app.reseat(\(id), \(occupant.name), \(occupant.address), \(occupant.language.rawValue))", writes: true)
    }
}

/// What the worker writes a personal link's mail from.
struct SeatLetter: Sendable {
    let name, address, council, post, round, ordererName, runnerName: String
    let language: Language
    let closesAt: Instant
    let generation: Int32
}

extension Query where A == Worker, R == SeatLetter? {
    static func letter(to seat: SeatID, of council: MunicipalityID) -> Query {
        .optional("""
            select s.name, s.address, m.name, p.title, r.title, r.orderer_name, r.runner_name, s.language, r.closes_at, s.generation
            from app.seats s
            join app.municipalities m on m.municipality_id = s.municipality_id
            join app.posts p on p.municipality_id = s.municipality_id and p.id = s.post_id
            join app.rounds r on r.municipality_id = s.municipality_id and r.id = s.round_id
            where s.municipality_id = \(council) and s.id = \(seat) and r.state in ('planned', 'open')
            """) { row in
            SeatLetter(
                name: try row.next(), address: try row.next(), council: try row.next(), post: try row.next(), round: try row.next(),
                ordererName: try row.next(), runnerName: try row.next(), language: try Language(stored: row.next()),
                closesAt: try row.next(), generation: try row.next())
        }
    }
}

extension Query where A == Worker, R == Int {
    /// A mail that came back, shown beside the seat: the one thing about its mail that is (disclosure.md R10).
    static func markBounced(_ seat: SeatID, of council: MunicipalityID) -> Query {
        .write("update app.seats set bounced = true where municipality_id = \(council) and id = \(seat)", repeatable: true)
    }
}
