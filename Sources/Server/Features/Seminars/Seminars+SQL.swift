import Database
import Rules

extension SeminarView {
    fileprivate init(_ row: inout Row) throws {
        let starts: Instant = try row.next(), ends: Instant = try row.next(), place: String = try row.next(), link: String = try row.next()
        let agenda: String = try row.next(), titles: [String] = try row.next(), links: [String] = try row.next(), sequence: Int32 = try row.next()
        self.init(
            seminar: Seminar(
                starts: starts, ends: ends, place: place, link: link, agenda: agenda, materials: zip(titles, links).map { .init(title: $0, link: $1) }),
            sequence: Int(sequence), changedAt: try row.next(), cancelledAt: try row.nextOrNull())
    }

    fileprivate static let columns: SQL =
        "m.starts_at, m.ends_at, m.place, m.link, m.agenda, m.material_titles, m.material_links, m.sequence, m.changed_at, m.cancelled_at"
}

extension Query where A == Member, R == SeminarView? {
    static func seminar(of round: RoundID, in council: MunicipalityID) -> Query {
        .optional("select \(SeminarView.columns) from app.seminars m where m.municipality_id = \(council) and m.round_id = \(round)") { try SeminarView(&$0) }
    }
}

extension Query where A == Member, R == Int {
    static func set(_ it: Seminar, sequence: Int, at now: Instant, for round: RoundID, in council: MunicipalityID) -> Query {
        .write("""
            insert into app.seminars
              (municipality_id, round_id, starts_at, ends_at, place, link, agenda, material_titles, material_links, sequence, changed_at)
            values (\(council), \(round), \(it.starts), \(it.ends), \(it.place), \(it.link), \(it.agenda), \(it.materials.map(\.title)),
              \(it.materials.map(\.link)), \(Int32(clamping: sequence)), \(now))
            on conflict (municipality_id, round_id) do update set
              starts_at = excluded.starts_at, ends_at = excluded.ends_at, place = excluded.place, link = excluded.link, agenda = excluded.agenda,
              material_titles = excluded.material_titles, material_links = excluded.material_links, sequence = excluded.sequence,
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

    /// Invites seats to the seminar, those named or all that have not been, and orders their mail.
    static func inviteToSeminar(_ seats: [SeatID]?, at now: Instant, in round: RoundID, of council: MunicipalityID) -> Query {
        .write("""
            insert into app.jobs (id, kind, municipality_id, subject, generation, run_at)
            select gen_random_uuid(), \(JobKind.mailSeminar.rawValue), \(council), i.id, m.sequence, \(now)
            from app.invite_seats(\(round), \(seats?.map(\.uuid)), false, \(now)) i join app.seminars m on m.municipality_id = \(council) and m.round_id = \(round)
            """)
    }
}

extension Query where A == Member, R == Int32? {
    /// The sequence that calendars are told then; nil if there was none to call off.
    static func cancelSeminar(of round: RoundID, at now: Instant, in council: MunicipalityID) -> Query {
        .optional("""
            update app.seminars set cancelled_at = \(now), changed_at = \(now), sequence = sequence + 1
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
            select s.id, s.name, \(SeatRow.postName), a.attends is not null, coalesce(a.attends, false),
                   coalesce(a.note, '')
            from app.seats s
            join app.posts p on p.municipality_id = s.municipality_id and p.id = s.post_id
            left join app.attendances a on a.municipality_id = s.municipality_id and a.seat_id = s.id
            where s.municipality_id = \(council) and s.round_id = \(round) and s.invited_at is not null order by p.title, p.area, s.id
            """) { row in
            let seat: SeatID = try row.next(), name: String = try row.next(), post: String = try row.next(), hasAnswered: Bool = try row.next()
            let attendance = Attendance(attends: try row.next(), note: try row.next())
            return AttendanceRow(seat: seat, name: name, post: post, attendance: hasAnswered ? attendance : nil)
        }
    }
}

// MARK: - The participant

extension Query where A == Participant, R == ParticipantSeminar? {
    static func seminar(for p: Participant) -> Query {
        .optional("""
            select \(SeminarView.columns), a.attends is not null, coalesce(a.attends, false), coalesce(a.note, '')
            from app.seminars m left join app.attendances a on a.municipality_id = m.municipality_id and a.seat_id = \(p.seat)
            where m.municipality_id = \(p.municipality) and m.round_id = app.round()
            """) { row in
            let view = try SeminarView(&row), hasAnswered: Bool = try row.next()
            let own = Attendance(attends: try row.next(), note: try row.next())
            return ParticipantSeminar(view: view, own: hasAnswered ? own : nil)
        }
    }
}

extension Query where A == Participant, R == Int {
    /// No row once it has begun, or been called off.
    static func set(_ attendance: Attendance, at now: Instant, for p: Participant) -> Query {
        .write("""
            insert into app.attendances (municipality_id, round_id, seat_id, attends, note)
            select m.municipality_id, m.round_id, \(p.seat), \(attendance.attends), \(attendance.note) from app.seminars m
            where m.municipality_id = \(p.municipality) and m.round_id = app.round() and m.cancelled_at is null and m.starts_at > \(now)
            on conflict (municipality_id, seat_id) do update set attends = excluded.attends, note = excluded.note
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
    let view: SeminarView
}

extension Query where A == Worker, R == SeminarLetter? {
    /// nil if the seminar has changed again since, the seat has another holder who has not been invited, or all of it is over.
    static func seminarLetter(to seat: SeatID, sequence: Int32, of council: MunicipalityID) -> Query {
        .optional("""
            select s.name, s.address, s.language, s.generation, c.name, r.title, r.runner_name || ', ' || r.runner_title, r.id, \(SeminarView.columns)
            from app.seats s
            join app.municipalities c on c.municipality_id = s.municipality_id
            join app.rounds r on r.municipality_id = s.municipality_id and r.id = s.round_id
            join app.seminars m on m.municipality_id = s.municipality_id and m.round_id = s.round_id
            where s.municipality_id = \(council) and s.id = \(seat) and s.invited_at is not null and m.sequence = \(sequence)
              and (r.state in ('seminar', 'open') or m.cancelled_at is not null)
            """) { row in
            SeminarLetter(
                occupant: Occupant(name: try row.next(), address: try row.next(), language: try Language(stored: row.next())), generation: try row.next(),
                council: try row.next(), round: try row.next(), runner: try row.next(), roundID: try row.next(), view: try SeminarView(&row))
        }
    }
}
