import Database
import Rules

extension SeminarView {
    fileprivate init(_ row: inout Row) throws {
        let starts: Instant = try row.next(), ends: Instant = try row.next(), place: String = try row.next(), link: String = try row.next()
        let agenda: String = try row.next(), titles: [String] = try row.next(), links: [String] = try row.next(), sequence: Int32 = try row.next()
        self.init(
            seminar: Seminar(
                starts: starts, ends: ends, place: place, link: link, agenda: agenda, materials: zip(titles, links).map { .init(title: $0, link: $1) }),
            sequence: Int(sequence), timeSequence: Int(try row.next(Int32.self)), changedAt: try row.next(), cancelledAt: try row.nextOrNull())
    }

    fileprivate static let columns: SQL =
        "m.starts_at, m.ends_at, m.place, m.link, m.agenda, m.material_titles, m.material_links, m.sequence, m.time_sequence, m.changed_at, m.cancelled_at"
}

extension AttendanceAnswer {
    /// Whether there is one, whether it is of a time before, and what it says.
    fileprivate init(_ row: inout Row) throws {
        let isThere: Bool = try row.next(), isOfEarlierTime: Bool = try row.next(), given = Attendance(attends: try row.next(), note: try row.next())
        self = !isThere ? .none : isOfEarlierTime ? .ofEarlierTime : .given(given)
    }
}

extension Query where A == Member, R == SeminarView? {
    static func seminar(of round: RoundID, in council: MunicipalityID) -> Query {
        .optional("select \(SeminarView.columns) from app.seminars m where m.municipality_id = \(council) and m.round_id = \(round)") { try SeminarView(&$0) }
    }
}

extension Query where A == Member, R == Int {
    /// - Parameter timeSequence: since which its time is this one.
    static func set(_ it: Seminar, sequence: Int, timeSequence: Int, at now: Instant, for round: RoundID, in council: MunicipalityID) -> Query {
        .write("""
            insert into app.seminars
              (municipality_id, round_id, starts_at, ends_at, place, link, agenda, material_titles, material_links, sequence, time_sequence,
               told_sequence, changed_at)
            values (\(council), \(round), \(it.starts), \(it.ends), \(it.place), \(it.link), \(it.agenda), \(it.materials.map(\.title)),
              \(it.materials.map(\.link)), \(Int32(clamping: sequence)), \(Int32(clamping: timeSequence)), \(Int32(clamping: sequence)), \(now))
            on conflict (municipality_id, round_id) do update set
              starts_at = excluded.starts_at, ends_at = excluded.ends_at, place = excluded.place, link = excluded.link, agenda = excluded.agenda,
              material_titles = excluded.material_titles, material_links = excluded.material_links, sequence = excluded.sequence,
              time_sequence = excluded.time_sequence, told_sequence = excluded.told_sequence,
              changed_at = excluded.changed_at, cancelled_at = null
            """)
    }

    static func forgetSeminar(of round: RoundID, in council: MunicipalityID) -> Query {
        .write("delete from app.seminars where municipality_id = \(council) and round_id = \(round)")
    }

    /// A mail to each seat that was invited, with what the calendar is to know now.
    static func tellOfSeminar(sequence: Int, of round: RoundID, at now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            insert into app.jobs (id, kind, municipality_id, subject, generation, run_at)
            select gen_random_uuid(), \(JobKind.mailSeminar.rawValue), \(council), id, \(Int32(clamping: sequence)), \(now) from app.seats
            where municipality_id = \(council) and round_id = \(round) and invited_at is not null
            """)
    }

    /// Invites seats to the seminar, those named, everybody or all that have not been, and orders their mail.
    static func inviteToSeminar(_ seats: [SeatID]?, everybody: Bool = false, at now: Instant, in round: RoundID, of council: MunicipalityID) -> Query {
        .write("""
            insert into app.jobs (id, kind, municipality_id, subject, generation, run_at)
            select gen_random_uuid(), \(JobKind.mailSeminar.rawValue), \(council), i.id, m.sequence, \(now)
            from app.invite_seats(\(round), \(seats?.map(\.uuid)), \(everybody), \(now)) i join app.seminars m on m.municipality_id = \(council) and m.round_id = \(round)
            """)
    }
}

extension Query where A == Member, R == Int {
    /// Whoever sits there has the seat no more: if he has been called to a seminar that is not over, his calendar is to be told. No row if not. The sequence
    /// that he is told lies between that of the calls before and that of those after, so that he can be called again.
    static func leaveSeminar(_ seat: SeatID, at now: Instant, in council: MunicipalityID) -> Query {
        let id = ID<SeminarDeparture>.random()
        return .write("""
            with gone as (
              select s.round_id, s.name, s.address, s.language, m.sequence + 1 as sequence
              from app.seats s join app.seminars m on m.municipality_id = s.municipality_id and m.round_id = s.round_id
              where s.municipality_id = \(council) and s.id = \(seat) and s.called and m.cancelled_at is null and m.ends_at > \(now)),
            counted as (
              update app.seminars m set sequence = gone.sequence + 1 from gone where m.municipality_id = \(council) and m.round_id = gone.round_id),
            noted as (
              insert into app.seminar_departures (municipality_id, id, round_id, name, address, language, sequence, left_at)
              select \(council), \(id), round_id, name, address, language, sequence, \(now) from gone)
            insert into app.jobs (id, kind, municipality_id, subject, run_at)
            select gen_random_uuid(), \(JobKind.mailSeminarDeparture.rawValue), \(council), \(id), \(now) from gone
            """)
    }
}

extension Query where A == Member, R == Int32? {
    /// The sequence that calendars are told then; nil if there was none to call off.
    static func cancelSeminar(of round: RoundID, at now: Instant, in council: MunicipalityID) -> Query {
        .optional("""
            update app.seminars set cancelled_at = \(now), changed_at = \(now), sequence = sequence + 1, told_sequence = sequence + 1
            where municipality_id = \(council) and round_id = \(round) and cancelled_at is null and ends_at > \(now) returning sequence
            """, writes: true) { try $0.next() }
    }
}

extension Query where R == Int {
    /// Invites everybody who has a seat to answer, whether or not invited to the seminar before.
    static func inviteEverybody(at now: Instant, in round: RoundID, of council: MunicipalityID) -> Query {
        .write("""
            insert into app.jobs (id, kind, municipality_id, subject, generation, run_at)
            select gen_random_uuid(), \(JobKind.mailSeat.rawValue), \(council), id, generation, \(now)
            from app.invite_seats(\(round), null, true, \(now))
            """)
    }
}

extension Query where A == Member, R == [AttendanceRow] {
    static func attendances(of round: RoundID, in council: MunicipalityID) -> Query {
        .rows("""
            select s.id, s.name, \(SeatRow.postName), a.attends is not null, coalesce(a.sequence < m.time_sequence, false), coalesce(a.attends, false),
                   coalesce(a.note, '')
            from app.seats s
            left join app.seminars m on m.municipality_id = s.municipality_id and m.round_id = s.round_id
            join app.posts p on p.municipality_id = s.municipality_id and p.id = s.post_id
            left join app.attendances a on a.municipality_id = s.municipality_id and a.seat_id = s.id
            where s.municipality_id = \(council) and s.round_id = \(round) and s.invited_at is not null order by p.title, p.area, s.id
            """) { row in
            AttendanceRow(seat: try row.next(), name: try row.next(), post: try row.next(), answer: try AttendanceAnswer(&row))
        }
    }
}

// MARK: - The participant

extension Query where A == Participant, R == ParticipantSeminar? {
    static func seminar(for p: Participant) -> Query {
        .optional("""
            select \(SeminarView.columns), a.attends is not null, coalesce(a.sequence < m.time_sequence, false), coalesce(a.attends, false), coalesce(a.note, '')
            from app.seminars m left join app.attendances a on a.municipality_id = m.municipality_id and a.seat_id = \(p.seat)
            where m.municipality_id = \(p.municipality) and m.round_id = app.round()
            """) { row in
            ParticipantSeminar(view: try SeminarView(&row), answer: try AttendanceAnswer(&row))
        }
    }
}

extension Query where A == Participant, R == Int {
    /// No row once it has begun, been called off, or been moved since it was `seen`.
    static func set(_ attendance: Attendance, seen: Int?, at now: Instant, for p: Participant) -> Query {
        .write("""
            insert into app.attendances (municipality_id, round_id, seat_id, attends, note, sequence)
            select m.municipality_id, m.round_id, \(p.seat), \(attendance.attends), \(attendance.note), m.sequence from app.seminars m
            where m.municipality_id = \(p.municipality) and m.round_id = app.round() and m.cancelled_at is null and m.starts_at > \(now)
              and coalesce(\(seen), m.time_sequence) >= m.time_sequence
            on conflict (municipality_id, seat_id) do update set attends = excluded.attends, note = excluded.note, sequence = excluded.sequence
            """, repeatable: true)
    }
}

// MARK: - The worker

/// What a mail about the seminar is written from.
struct SeminarLetter: Sendable {
    let occupant: Occupant
    let generation: Int32
    let council, round, runner: String
    let roundID: RoundID
    /// He has answered for a time that it has no more.
    let isAskedAgain: Bool
    /// He was called to it as it is: there is nothing that he could know otherwise.
    let isInvitation: Bool
    let view: SeminarView
}

extension Query where A == Worker, R == SeminarLetter? {
    /// nil if everybody has been told anew since, the seat has another holder who has not been invited, or all of it is over.
    static func seminarLetter(to seat: SeatID, sequence: Int32, of council: MunicipalityID) -> Query {
        .optional("""
            select s.name, s.address, s.language, s.generation, c.name, r.title, r.runner_name || ', ' || r.runner_title, r.id,
                   coalesce(a.sequence < m.time_sequence, false), s.invited_at >= m.changed_at, \(SeminarView.columns)
            from app.seats s
            join app.municipalities c on c.municipality_id = s.municipality_id
            join app.rounds r on r.municipality_id = s.municipality_id and r.id = s.round_id
            join app.seminars m on m.municipality_id = s.municipality_id and m.round_id = s.round_id
            left join app.attendances a on a.municipality_id = s.municipality_id and a.seat_id = s.id
            where s.municipality_id = \(council) and s.id = \(seat) and s.invited_at is not null and m.told_sequence <= \(sequence)
              and (r.state in ('seminar', 'open') or m.cancelled_at is not null)
            """) { row in
            SeminarLetter(
                occupant: Occupant(name: try row.next(), address: try row.next(), language: try Language(stored: row.next())), generation: try row.next(),
                council: try row.next(), round: try row.next(), runner: try row.next(), roundID: try row.next(),
                isAskedAgain: try row.next(), isInvitation: try row.next(), view: try SeminarView(&row))
        }
    }
}

/// Somebody who has his seat no more, as he is told that the seminar is no longer his.
enum SeminarDeparture {}

struct SeminarDepartureLetter: Sendable {
    let name, address: String
    let language: Language
    let sequence: Int32
    let leftAt: Instant
    let council, round, runner: String
    let roundID: RoundID
    let view: SeminarView
}

extension Query where A == Worker, R == SeminarDepartureLetter? {
    static func departureLetter(_ id: ID<SeminarDeparture>, of council: MunicipalityID) -> Query {
        .optional("""
            select d.name, d.address, d.language, d.sequence, d.left_at, c.name, r.title, r.runner_name || ', ' || r.runner_title, r.id, \(SeminarView.columns)
            from app.seminar_departures d
            join app.municipalities c on c.municipality_id = d.municipality_id
            join app.rounds r on r.municipality_id = d.municipality_id and r.id = d.round_id
            join app.seminars m on m.municipality_id = d.municipality_id and m.round_id = d.round_id
            where d.municipality_id = \(council) and d.id = \(id)
            """) { row in
            SeminarDepartureLetter(
                name: try row.next(), address: try row.next(), language: try Language(stored: row.next()), sequence: try row.next(),
                leftAt: try row.next(), council: try row.next(), round: try row.next(), runner: try row.next(), roundID: try row.next(),
                view: try SeminarView(&row))
        }
    }
}

extension Query where A == Worker, R == Int {
    static func forget(_ id: ID<SeminarDeparture>, of council: MunicipalityID) -> Query {
        .write("delete from app.seminar_departures where municipality_id = \(council) and id = \(id)", repeatable: true)
    }
}
