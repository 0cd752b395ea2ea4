import Database
import Rules

/// A seat's answers as they are saved, by the order of the instrument's items.
struct SavedAnswers: Sendable {
    let instrument: ID<Instrument>
    let current: [Int16], desired: [Int16]
    let submitted: Bool
    /// A strong validator: it follows from what is saved.
    let etag: String
}

extension SavedAnswers {
    fileprivate init(_ row: inout Row) throws {
        self.init(instrument: try row.next(), current: try row.next(), desired: try row.next(), submitted: try row.next(), etag: try row.next())
    }
}

/// The answers to save, for the instrument whose items they count from 1.
struct AnswersToSave: Sendable {
    let instrument: ID<Instrument>
    let items, current, desired: [Int16]

    init(_ given: GivenAnswers?, to instrument: ID<Instrument>) {
        let valid = given?.valid ?? []
        self.instrument = instrument
        items = valid.map { Int16(clamping: $0.item) }
        current = valid.map(\.answer.current)
        desired = valid.map(\.answer.desired)
    }

    /// An element each, or the array with several of them put into it.
    fileprivate var change: SQL {
        items.count == 1
            ? "current[\(items[0])] = \(current[0]), desired[\(items[0])] = \(desired[0])"
            : "current = app.put(a.current, \(items), \(current)), desired = app.put(a.desired, \(items), \(desired))"
    }
}

private let etag: SQL = "encode(sha256(convert_to(a.current::text || a.desired::text || a.submitted::text, 'UTF8')), 'hex')"

/// What every change is returned with.
private let returned: SQL = "r.instrument_id, a.current, a.desired, a.submitted, \(etag)"

/// The round takes answers: it is open, and its closing time has not come, whether or not the worker has been there to close it.
func takesAnswers(of p: Participant, at now: Instant) -> SQL {
    """
    a.municipality_id = \(p.municipality) and a.seat_id = \(p.seat) and a.open
      and r.municipality_id = \(p.municipality) and r.id = app.round() and r.state = 'open' and r.closes_at > \(now)
    """
}

extension Query where A == Participant, R == SavedAnswers? {
    /// Nil before the round opens, and once it is fixed: then no answers are left.
    static func answers(of p: Participant) -> Query {
        .optional("""
            select \(returned) from app.responses a join app.rounds r on r.municipality_id = a.municipality_id and r.id = app.round()
            where a.municipality_id = \(p.municipality) and a.seat_id = \(p.seat)
            """) { try SavedAnswers(&$0) }
    }

    /// Saves answers, and returns the row as it then stands; nil if the round takes none, or if its tag is none of `tags` (nil: any will do).
    ///
    /// Two devices that save different items both keep theirs: the arrays are re-read under the row's lock. The values are absolute, so that it may
    /// be repeated, unless the tag of before is asked for.
    static func save(_ given: AnswersToSave, ifTagged tags: [String]?, at now: Instant, for p: Participant) -> Query {
        .optional("""
            update app.responses a set \(given.change) from app.rounds r
            where \(takesAnswers(of: p, at: now)) and r.instrument_id = \(given.instrument)
              and (\(tags)::text[] is null or \(etag) = any (\(tags)::text[]))
            returning \(returned)
            """, writes: true, repeatable: tags == nil) { try SavedAnswers(&$0) }
    }

    /// Submits, or withdraws what was submitted; nil if the round takes no answers.
    static func setSubmitted(_ submitted: Bool, at now: Instant, for p: Participant) -> Query {
        .optional("""
            update app.responses a set submitted = \(submitted) from app.rounds r
            where \(takesAnswers(of: p, at: now)) returning \(returned)
            """, writes: true, repeatable: true) { try SavedAnswers(&$0) }
    }

    /// Takes everything back: no answers, not submitted; nil if the round takes no answers.
    static func clear(at now: Instant, for p: Participant) -> Query {
        .optional("""
            update app.responses a set submitted = false,
              current = array_fill(0::smallint, array[items::integer]), desired = array_fill(0::smallint, array[items::integer])
            from app.rounds r
            where \(takesAnswers(of: p, at: now)) returning \(returned)
            """, writes: true, repeatable: true) { try SavedAnswers(&$0) }
    }
}

extension Query where A == Participant, R == Language {
    /// The language that the seat's holder is written to in. Fails if the link is void.
    static func language(of p: Participant) -> Query {
        .one("select language from app.seats where municipality_id = \(p.municipality) and id = \(p.seat)") { row in
            try Language(stored: row.next())
        }
    }
}
