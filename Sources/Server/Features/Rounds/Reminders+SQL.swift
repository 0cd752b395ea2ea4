import Database
import Rules

extension Query where A == Member, R == [ReminderDay] {
    static func reminders(of round: RoundID, in council: MunicipalityID) -> Query {
        .rows("select day, sent_at from app.reminders where municipality_id = \(council) and round_id = \(round) order by day") { row in
            ReminderDay(day: try row.next(), sentAt: try row.nextOrNull())
        }
    }
}

extension Query where A == Member, R == Int {
    static func addReminder(on day: Day, to round: RoundID, in council: MunicipalityID) -> Query {
        .write("insert into app.reminders (municipality_id, round_id, day) values (\(council), \(round), \(day))")
    }

    /// Those that have been stay, by their policy too.
    static func forgetReminders(but days: [Day], of round: RoundID, in council: MunicipalityID) -> Query {
        .write("""
            delete from app.reminders where municipality_id = \(council) and round_id = \(round) and sent_at is null
              and day::text <> all (\(days.map(\.iso)))
            """)
    }
}

extension Query where A == Worker, R == Int {
    /// No row if the day was not chosen, or has been sent.
    static func setReminded(_ round: RoundID, on day: Day, at now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            update app.reminders set sent_at = \(now)
            where municipality_id = \(council) and round_id = \(round) and day = \(day) and sent_at is null
            """)
    }

    /// A mail to each address with a seat that has not submitted; its subject is one of them.
    static func orderReminders(of round: RoundID, on day: Day, at now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            insert into app.jobs (id, kind, municipality_id, subject, generation, run_at)
            select gen_random_uuid(), \(JobKind.mailReminder.rawValue), \(council), w.id, \(Int32(day.number)), \(now)
            from (select distinct on (s.address) s.id
                    from app.waiting_seats(\(round), \(now)) as waiting (id)
                    join app.seats s on s.municipality_id = \(council) and s.id = waiting.id
                   where not exists (
                     select from app.reminders o
                       join app.seats z on z.municipality_id = o.municipality_id and z.round_id = o.round_id
                      where o.municipality_id = \(council) and o.round_id <> \(round) and o.day = \(day) and o.sent_at is not null
                        and z.address = s.address and z.invited_at is not null)
                   order by s.address, s.id) w
            """)
    }
}

/// What the worker writes a reminder from, for one seat.
struct ReminderLetter: Sendable {
    let seat: SeatID
    let generation: Int32
    let occupant: Occupant
    let council, round, post: String
    let isDeputy: Bool
    let runner: String
    let closesAt, remindedAt: Instant
    let text: RoundText
}

extension Query where A == Worker, R == [ReminderLetter] {
    /// For the seats of the same round and address that have not submitted.
    static func reminderLetters(beside seat: SeatID, on day: Day, at now: Instant, in council: MunicipalityID) -> Query {
        .rows("""
            select s.id, s.generation, s.name, s.address, s.language, m.name, r.title,
                   \(SeatRow.postName), s.deputy, r.runner_name || ', ' || r.runner_title, r.closes_at, d.sent_at,
                   coalesce(t.sv, ''), coalesce(t.en, '')
            from app.seats one
            join app.rounds r on r.municipality_id = one.municipality_id and r.id = one.round_id
            join app.reminders d on d.municipality_id = r.municipality_id and d.round_id = r.id and d.day = \(day) and d.sent_at is not null
            join app.municipalities m on m.municipality_id = one.municipality_id
            join app.seats s on s.municipality_id = one.municipality_id and s.round_id = one.round_id and s.address = one.address
            join app.posts p on p.municipality_id = s.municipality_id and p.id = s.post_id
            left join app.round_texts t on t.municipality_id = r.municipality_id and t.round_id = r.id and t.kind = 'reminder'
            where one.municipality_id = \(council) and one.id = \(seat) and s.id in (select app.waiting_seats(r.id, \(now)))
            order by p.title, s.id
            """) { row in
            ReminderLetter(
                seat: try row.next(), generation: try row.next(),
                occupant: Occupant(name: try row.next(), address: try row.next(), language: try Language(stored: row.next())),
                council: try row.next(), round: try row.next(), post: try row.next(), isDeputy: try row.next(), runner: try row.next(),
                closesAt: try row.next(), remindedAt: try row.next(), text: RoundText(sv: try row.next(), en: try row.next()))
        }
    }
}
