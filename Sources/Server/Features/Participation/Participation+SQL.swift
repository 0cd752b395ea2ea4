import Database
import Rules

/// What a personal link opens: the seat, its round, and what was promised.
struct SeatView: Sendable {
    let council: String
    let seatName, post, area, areaWord: String
    let language: Language
    let round: RoundID
    let title: String
    let state: RoundState
    let closesAt: Instant
    let targetYear: Int16
    let ordererName, ordererTitle, runnerName, runnerTitle: String
    let instrument: ID<Instrument>
    /// The contract's canonical text, as it was hashed, and its SHA-256 in hex.
    let contract: String, contractHash: String
}

/// The seat's answers as they are saved, by the instrument's order of items.
struct SavedAnswers: Sendable {
    let current: [Int16], desired: [Int16]
    let submitted: Bool
    let open: Bool
    /// A strong validator: the hash of what is saved.
    let etag: String
}

extension Query where A == Participant, R == SeatView {
    static func seat(of p: Participant) -> Query {
        .one("""
            select m.name, s.name, o.title, o.area, coalesce(w.area_word, ''), s.language,
                   r.id, r.title, r.state, r.closes_at, r.target_year,
                   r.orderer_name, r.orderer_title, r.runner_name, r.runner_title, r.instrument_id,
                   c.document, encode(c.sha256, 'hex')
            from app.seats s
            join app.municipalities m on m.municipality_id = s.municipality_id
            join app.posts o on o.municipality_id = s.municipality_id and o.id = s.post_id
            join app.rounds r on r.municipality_id = s.municipality_id and r.id = s.round_id
            join app.contracts c on c.municipality_id = s.municipality_id and c.round_id = s.round_id
            left join app.council_settings w on w.municipality_id = s.municipality_id
            where s.municipality_id = \(p.municipality) and s.id = \(p.seat)
            """) { row in
            SeatView(
                council: try row.next(), seatName: try row.next(), post: try row.next(), area: try row.next(), areaWord: try row.next(),
                language: Language(rawValue: try row.next()) ?? .sv,
                round: try row.next(), title: try row.next(), state: try RoundState(stored: row.next()), closesAt: try row.next(),
                targetYear: try row.next(), ordererName: try row.next(), ordererTitle: try row.next(), runnerName: try row.next(),
                runnerTitle: try row.next(), instrument: try row.next(), contract: try row.next(), contractHash: try row.next())
        }
    }
}

/// The hash of a response row as it stands, for ETag and If-Match.
private let etag: SQL = "encode(sha256(convert_to(current::text || desired::text || submitted::text, 'UTF8')), 'hex')"

extension Query where A == Participant, R == SavedAnswers? {
    /// Nil before the round opens, and once it is fixed: then no answers are left.
    static func answers(of p: Participant) -> Query {
        .optional("""
            select current, desired, submitted, open, \(etag) from app.responses
            where municipality_id = \(p.municipality) and seat_id = \(p.seat)
            """) { try SavedAnswers(&$0) }
    }
}

extension SavedAnswers {
    fileprivate init(_ row: inout Row) throws {
        self.init(current: try row.next(), desired: try row.next(), submitted: try row.next(), open: try row.next(), etag: try row.next())
    }
}

extension Query where A == Participant, R == SavedAnswers? {
    /// Saves answers by item, counted from 1, and returns the row as it then stands; nil if the round is not open, or if
    /// `match` is given and the row has changed. Two devices that save different items both keep theirs: the arrays are
    /// re-read under the row's lock. The values are absolute, so that it may be repeated.
    static func save(_ answers: [(item: Int16, answer: Answer)], ifMatch match: String?, at now: Instant, for p: Participant) -> Query {
        .optional("""
            update app.responses set
              current = app.put(current, \(answers.map(\.item)), \(answers.map(\.answer.current))),
              desired = app.put(desired, \(answers.map(\.item)), \(answers.map(\.answer.desired)))
            where municipality_id = \(p.municipality) and seat_id = \(p.seat) and open
              and (\(match)::text is null or \(etag) = \(match))
            returning current, desired, submitted, open, \(etag)
            """, writes: true, repeatable: true) { try SavedAnswers(&$0) }
    }

    static func setSubmitted(_ submitted: Bool, for p: Participant) -> Query {
        .optional("""
            update app.responses set submitted = \(submitted)
            where municipality_id = \(p.municipality) and seat_id = \(p.seat) and open
            returning current, desired, submitted, open, \(etag)
            """, writes: true, repeatable: true) { try SavedAnswers(&$0) }
    }

    /// Takes everything back: no answers, not submitted.
    static func clear(for p: Participant) -> Query {
        .optional("""
            update app.responses set submitted = false,
              current = array_fill(0::smallint, array[items::integer]), desired = array_fill(0::smallint, array[items::integer])
            where municipality_id = \(p.municipality) and seat_id = \(p.seat) and open
            returning current, desired, submitted, open, \(etag)
            """, writes: true, repeatable: true) { try SavedAnswers(&$0) }
    }
}
