import Database
import Rules

/// What has been done that cannot be seen from what is there. Never changed.
struct LogEntry: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case commentDeleted = "comment-deleted"
    }

    let id: ID<LogEntry>
    let kind: Kind
    let at: Instant
    /// Who did it, as he was called then.
    let member: String
    let round: RoundID
    let roundTitle: String
    let instrument: ID<Instrument>
    /// The key of the dimension that it was about.
    let dimension: String
}

extension Query where A == Member, R == [LogEntry] {
    /// Newest first.
    static func log(of council: MunicipalityID, limit: Int, offset: Int) -> Query {
        .rows("""
            select e.id, e.kind, e.logged_at, e.member_name, e.round_id, r.title, r.instrument_id, e.dimension
            from app.log_entries e join app.rounds r on r.municipality_id = e.municipality_id and r.id = e.round_id
            where e.municipality_id = \(council) order by e.logged_at desc, e.id limit \(limit) offset \(offset)
            """) { row in
            LogEntry(
                id: try row.next(), kind: try LogEntry.Kind(stored: row.next()), at: try row.next(), member: try row.next(), round: try row.next(),
                roundTitle: try row.next(), instrument: try row.next(), dimension: try row.next())
        }
    }
}

extension Query where A == Member, R == Int {
    static func numberOfLogEntries(of council: MunicipalityID) -> Query {
        .one("select count(*) from app.log_entries where municipality_id = \(council)") { try $0.next() }
    }
}
