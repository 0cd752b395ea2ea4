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

/// The answers to save: for each instrument that the round may have, items by number, counted from 1, and their levels.
///
/// Which instrument it is, is known in the database alone; so that saving takes one round trip, it is told what to save for each.
struct AnswersToSave: Sendable {
    private(set) var instruments: [ID<Instrument>] = []
    private(set) var items: [Int16] = [], current: [Int16] = [], desired: [Int16] = []

    mutating func add(_ answer: Answer, to item: Int, of instrument: ID<Instrument>) {
        instruments.append(instrument)
        items.append(Int16(clamping: item))
        current.append(answer.current)
        desired.append(answer.desired)
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
            update app.responses a set
              current = app.put(a.current, r.instrument_id, \(given.instruments.map(\.uuid)), \(given.items), \(given.current)),
              desired = app.put(a.desired, r.instrument_id, \(given.instruments.map(\.uuid)), \(given.items), \(given.desired))
            from app.rounds r
            where \(takesAnswers(of: p, at: now)) and (\(tags)::text[] is null or \(etag) = any (\(tags)::text[]))
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
