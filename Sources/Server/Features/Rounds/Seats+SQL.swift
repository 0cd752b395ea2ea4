import Database
import Rules

/// A post's place in a round. Whether it has answered is not known here, nor to anybody.
struct SeatRow: Sendable {
    let id: SeatID
    let post: PostID
    /// The post's title; and as they were when the seat was first invited, once it has been, its part of the council and its function.
    let title, area: String
    let function: Function
    /// Whether those are settled: the seat has been invited, whoever has it now.
    let isPlaced: Bool
    /// Whether somebody else than the post's holder sits there.
    let isDeputy: Bool
    let occupant: Occupant
    /// Of the post, now: who holds it may have changed since the seat was made.
    let holder: Occupant
    /// The latest invitation.
    let invitedAt: Instant?
    /// The latest mail did not arrive.
    let bounced: Bool
}

/// Who sits in a seat.
struct Occupant: Sendable, Equatable {
    let name: String
    /// In lower case, as addresses are compared.
    let address: String
    let language: Language
}

extension SeatRow {
    fileprivate init(_ row: inout Row) throws {
        self.init(
            id: try row.next(), post: try row.next(), title: try row.next(), area: try row.next(),
            function: Function(rawValue: try row.next()) ?? .other, isPlaced: try row.next(), isDeputy: try row.next(),
            occupant: Occupant(name: try row.next(), address: try row.next(), language: try Language(stored: row.next())),
            holder: Occupant(name: try row.next(), address: try row.next(), language: try Language(stored: row.next())),
            invitedAt: try row.nextOrNull(), bounced: try row.next())
    }

    fileprivate static let columns: SQL = """
        s.id, s.post_id, p.title, coalesce(s.area, p.area), coalesce(s.function, p.function), s.function is not null, s.deputy, s.name, s.address, s.language, p.holder_name, p.holder_address, p.holder_language,
        s.invited_at, s.bounced
        from app.seats s join app.posts p on p.municipality_id = s.municipality_id and p.id = s.post_id
        """
}

extension SeatRow {
    /// Of seat `s` and its post `p`, in the words of people.
    static let postName: SQL = "p.title || case coalesce(s.area, p.area) when '' then '' else ', ' || coalesce(s.area, p.area) end"
}

extension Query where A == Member, R == [SeatRow] {
    /// By role family and post.
    static func seats(of round: RoundID, in council: MunicipalityID, limit: Int, offset: Int) -> Query {
        .rows("""
            select \(SeatRow.columns) where s.municipality_id = \(council) and s.round_id = \(round)
            order by array_position(array['directors', 'strategists', 'programme-areas', 'others'], coalesce(s.family, p.family)), p.title, p.area, s.id
            limit \(limit) offset \(offset)
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

extension Query where A == Member, R == [(seat: SeatID, isInvited: Bool)] {
    /// Those of the named seats that the round has.
    static func known(_ seats: [SeatID], of round: RoundID, in council: MunicipalityID) -> Query {
        .rows("""
            select id, invited_at is not null from app.seats where municipality_id = \(council) and round_id = \(round) and id = any (\(seats.map(\.uuid)))
            """) { (seat: try $0.next(), isInvited: try $0.next()) }
    }
}

extension Query where A == Member, R == [PostID] {
    /// Seats for posts, each held by its holder or by a deputy, who has a name; the posts that got one, which are those that there are.
    static func add(_ seats: [NewSeat], to round: RoundID, of council: MunicipalityID) -> Query {
        .rows("""
            insert into app.seats (municipality_id, id, round_id, post_id, deputy, name, address, language)
            select p.municipality_id, given.id, \(round), p.id, given.name <> '', coalesce(nullif(given.name, ''), p.holder_name),
              coalesce(nullif(given.address, ''), p.holder_address), coalesce(nullif(given.language, ''), p.holder_language)
            from unnest(\(seats.map(\.id.uuid)), \(seats.map(\.post.uuid)), \(seats.map { $0.deputy?.name ?? "" }),
              \(seats.map { $0.deputy?.address ?? "" }), \(seats.map { $0.deputy?.language.rawValue ?? "" })) as given (id, post, name, address, language)
            join app.posts p on p.municipality_id = \(council) and p.id = given.post and p.retired_at is null
            returning post_id
            """, writes: true) { try $0.next() }
    }
}

extension Query where A == Member, R == Int {
    static func numberOfSeats(of round: RoundID, in council: MunicipalityID) -> Query {
        .one("select count(*) from app.seats where municipality_id = \(council) and round_id = \(round)") { try $0.next() }
    }

    /// The language of the mail says nothing of who answers.
    static func setLanguage(_ language: Language, of seat: SeatID, in round: RoundID, of council: MunicipalityID) -> Query {
        .write("update app.seats set language = \(language.rawValue) where municipality_id = \(council) and round_id = \(round) and id = \(seat)")
    }

    /// Invites seats and orders their mail in one statement: those named, or all that have not been invited. One row a mail.
    static func invite(_ seats: [SeatID]?, at now: Instant, in round: RoundID, of council: MunicipalityID) -> Query {
        .write("""
            insert into app.jobs (id, kind, municipality_id, subject, generation, run_at)
            select gen_random_uuid(), \(JobKind.mailSeat.rawValue), \(council), id, generation, \(now)
            from app.invite_seats(\(round), \(seats?.map(\.uuid)), false, \(now))
            """)
    }
}

extension Query where A == Member, R == Void {
    /// Gives the seat to another holder or address: what was answered is deleted, and the link of before is void (disclosure.md R11).
    static func reseat(_ id: SeatID, to occupant: Occupant) -> Query {
        .none("select app.reseat(\(id), \(occupant.name), \(occupant.address), \(occupant.language.rawValue))", writes: true)
    }

    /// With what was answered by it.
    static func removeSeat(_ id: SeatID) -> Query { .none("select app.remove_seat(\(id))", writes: true) }
}

/// What the worker writes a personal link's mail from.
struct SeatLetter: Sendable {
    let occupant: Occupant
    let council, post, round: String
    let isDeputy: Bool
    let orderer, runner: String
    let closesAt: Instant
    let promise: QuestionnaireInvitation.Promise
    let invitedAt: Instant
    let text: RoundText
}

extension Query where A == Worker, R == SeatLetter? {
    /// nil once the round takes no more answers, or the seat has another holder.
    static func letter(to seat: SeatID, generation: Int32, of council: MunicipalityID) -> Query {
        .optional("""
            select s.name, s.address, s.language, m.name, \(SeatRow.postName), r.title, s.deputy,
                   r.orderer_name || ', ' || r.orderer_title, r.runner_name || ', ' || r.runner_title, r.closes_at,
                   c.k::int8, c.controller, 'anonymous-statistics' = any (c.audiences), c.disposal_reference, s.invited_at,
                   coalesce(t.sv, ''), coalesce(t.en, '')
            from app.seats s
            join app.municipalities m on m.municipality_id = s.municipality_id
            join app.posts p on p.municipality_id = s.municipality_id and p.id = s.post_id
            join app.rounds r on r.municipality_id = s.municipality_id and r.id = s.round_id
            join app.contracts c on c.municipality_id = s.municipality_id and c.round_id = s.round_id
            left join app.round_texts t on t.municipality_id = s.municipality_id and t.round_id = s.round_id and t.kind = 'invitation'
            where s.municipality_id = \(council) and s.id = \(seat) and s.generation = \(generation) and s.invited_at is not null
              and r.state in ('planned', 'seminar', 'open') and c.frozen_at is not null
            """) { row in
            SeatLetter(
                occupant: Occupant(name: try row.next(), address: try row.next(), language: try Language(stored: row.next())),
                council: try row.next(), post: try row.next(), round: try row.next(), isDeputy: try row.next(),
                orderer: try row.next(), runner: try row.next(), closesAt: try row.next(),
                promise: .init(
                    k: try row.next(), controller: try row.next(), inAnonymousStatistics: try row.next(), disposalDecision: try row.next()),
                invitedAt: try row.next(), text: RoundText(sv: try row.next(), en: try row.next()))
        }
    }
}

extension Query where A == Worker, R == Int {
    /// A mail that did not arrive, shown beside the seat: the one thing about its mail that is (disclosure.md R10).
    static func markBounced(_ seat: SeatID, generation: Int32, of council: MunicipalityID) -> Query {
        .write(
            "update app.seats set bounced = true where municipality_id = \(council) and id = \(seat) and generation = \(generation)", repeatable: true)
    }
}

/// A post without a seat in a round, and who stands in for its holder on that day.
struct FreePost: Sendable {
    let id: PostID
    let name, holder: String
    let deputy: (id: DeputyID, occupant: Occupant, until: Day)?
}

extension Query where A == Member, R == [FreePost] {
    static func freePosts(in round: RoundID, of council: MunicipalityID, on day: Day) -> Query {
        .rows("""
            select p.id, p.title || case p.area when '' then '' else ', ' || p.area end, p.holder_name, d.id, coalesce(d.name, ''), coalesce(d.address, ''),
                   coalesce(d.language, 'sv'), coalesce(d.to_day, \(day))
            from app.posts p
            left join app.post_deputies d on d.municipality_id = p.municipality_id and d.post_id = p.id and \(day) between d.from_day and d.to_day
            where p.municipality_id = \(council) and p.retired_at is null
              and not exists (select from app.seats s where s.municipality_id = \(council) and s.round_id = \(round) and s.post_id = p.id)
            order by p.title, p.area, p.id
            """) { row in
            let id: PostID = try row.next(), name: String = try row.next(), holder: String = try row.next(), deputy: DeputyID? = try row.nextOrNull()
            let occupant = Occupant(name: try row.next(), address: try row.next(), language: try Language(stored: row.next())), until: Day = try row.next()
            return FreePost(id: id, name: name, holder: holder, deputy: deputy.map { ($0, occupant, until) })
        }
    }
}
