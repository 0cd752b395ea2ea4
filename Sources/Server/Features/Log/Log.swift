import Database
import Rules

/// What has been done that cannot be seen from what is there. Never changed.
struct LogEntry: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case commentDeleted = "comment-deleted"
        case instrumentDeleted = "instrument-deleted"
    }

    /// What it was about.
    enum Subject: Sendable {
        /// A comment on the dimension of that key.
        case comment(dimension: String, round: RoundID, title: String, instrument: ID<Instrument>)
        /// An instrument by its key and version: "lp-1, version 2".
        case instrument(String)
    }

    let id: ID<LogEntry>
    let kind: Kind
    let at: Instant
    /// Who did it, as he was called then.
    let member: String
    let subject: Subject
}

extension LogEntry {
    fileprivate init(_ row: inout Row) throws {
        (id, kind, at, member) = (try row.next(), try Kind(stored: row.next()), try row.next(), try row.next())
        subject = switch kind {
        case .commentDeleted: .comment(dimension: try row.next(), round: try row.next(), title: try row.next(), instrument: try row.next())
        case .instrumentDeleted: .instrument(try row.next())
        }
    }
}

extension Query where A == Member, R == [LogEntry] {
    /// Newest first.
    static func log(of council: MunicipalityID, limit: Int, offset: Int) -> Query {
        .rows("""
            select e.id, e.kind, e.logged_at, e.member_name, coalesce(e.dimension, e.instrument), r.id, r.title, r.instrument_id
            from app.log_entries e left join app.rounds r on r.municipality_id = e.municipality_id and r.id = e.round_id
            where e.municipality_id = \(council) order by e.logged_at desc, e.id limit \(limit) offset \(offset)
            """) { try LogEntry(&$0) }
    }
}

extension Query where A == Member, R == Int {
    static func numberOfLogEntries(of council: MunicipalityID) -> Query {
        .one("select count(*) from app.log_entries where municipality_id = \(council)") { try $0.next() }
    }
}
