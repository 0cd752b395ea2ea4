import Database
import Rules

/// What a personal link opens: whose seat it is, in which round, and what was promised.
struct SeatView: Sendable {
    let councilCode, council, areaWord: String
    let isFictional: Bool
    let id: SeatID
    /// Who answers, and the post that is answered for; the area is empty where the post has none.
    let name, post, area: String
    let title: String
    /// As stored; `stage(at:)` is what it means to a participant.
    let state: RoundState
    let closesAt: Instant
    let targetYear: Int16
    let ordererName, ordererTitle, runnerName, runnerTitle: String
    let instrument: ID<Instrument>
    let contract: Contract
    let frozenAt: Instant
    /// The SHA-256 of the contract's canonical text, in hex.
    let contractHash: String
    /// Nil until it is closed, and again if it has been opened anew.
    let closedAt: Instant?
    /// What the council says to those it asks; blank if nothing.
    let introduction: RoundText
    let hasSeminar: Bool
    /// Nil if it is called off.
    let seminarStarts: Instant?
}

extension SeatView {
    /// How far the round has come, to a participant. Once it is over the link is void.
    enum Stage: Sendable {
        case waiting, open, closed, fixed, workshop
    }

    /// Closing is exact: what is due is closed, also before the worker has come round.
    func stage(at now: Instant) -> Stage {
        switch state {
        case .planned, .seminar: .waiting
        case .open: now < closesAt ? .open : .closed
        case .closed: .closed
        case .fixed, .concluded, .cancelled: .fixed
        case .workshop: .workshop
        }
    }
}

extension Query where A == Participant, R == SeatView {
    static func seat(of p: Participant) -> Query {
        .one("""
            select m.code, m.name, coalesce(w.area_word, 'förvaltning'), m.fictional, s.id, s.name, o.title, coalesce(s.area, o.area),
                   r.title, r.state, r.closes_at, r.target_year, r.orderer_name, r.orderer_title, r.runner_name, r.runner_title, r.instrument_id,
                   c.k, c.controller, c.purpose, c.contact, c.audiences, c.comments, c.retention, c.disposal_reference, c.split,
                   c.frozen_at, encode(c.sha256, 'hex'), r.closed_at, coalesce(t.sv, ''), coalesce(t.en, ''),
                   q.round_id is not null, case when q.cancelled_at is null then q.starts_at end
            from app.seats s
            join app.municipalities m on m.municipality_id = s.municipality_id
            left join app.council_settings w on w.municipality_id = s.municipality_id
            join app.posts o on o.municipality_id = s.municipality_id and o.id = s.post_id
            join app.rounds r on r.municipality_id = s.municipality_id and r.id = s.round_id
            join app.contracts c on c.municipality_id = s.municipality_id and c.round_id = s.round_id
            left join app.round_texts t on t.municipality_id = s.municipality_id and t.round_id = s.round_id and t.kind = 'introduction'
            left join app.seminars q on q.municipality_id = s.municipality_id and q.round_id = s.round_id and r.state <> 'planned'
            where s.municipality_id = \(p.municipality) and s.id = \(p.seat)
            """) { try SeatView(&$0) }
    }
}

extension SeatView {
    fileprivate init(_ row: inout Row) throws {
        councilCode = try row.next()
        council = try row.next()
        areaWord = try row.next()
        isFictional = try row.next()
        id = try row.next()
        name = try row.next()
        post = try row.next()
        area = try row.next()
        title = try row.next()
        state = try RoundState(stored: row.next())
        closesAt = try row.next()
        targetYear = try row.next()
        ordererName = try row.next()
        ordererTitle = try row.next()
        runnerName = try row.next()
        runnerTitle = try row.next()
        instrument = try row.next()
        contract = try Contract(&row)
        frozenAt = try row.next()
        contractHash = try row.next()
        closedAt = try row.nextOrNull()
        introduction = RoundText(sv: try row.next(), en: try row.next())
        hasSeminar = try row.next()
        seminarStarts = try row.nextOrNull()
    }
}
