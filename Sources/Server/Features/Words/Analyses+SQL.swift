import Database
import Rules

/// One version of an analysis in words, as it was saved.
struct AnalysisVersion: Sendable {
    /// Counted from 1.
    let number: Int
    let wording: Wording
    /// The languages whose texts were the rule's draft, untouched.
    let asDrafted: Set<Language>
    let author: String
    let writtenAt: Instant
    let publishedAt: Instant?
}

extension AnalysisVersion {
    fileprivate init(_ row: inout Row) throws {
        number = try row.next()
        wording = try Wording(stored: row.next())
        asDrafted = try Set(row.next([String].self).map { try Language(stored: $0) })
        author = try row.next()
        writtenAt = try row.next()
        publishedAt = try row.nextOrNull()
    }

    fileprivate static let columns: SQL = "a.version, a.document, a.as_drafted, a.author_name, a.written_at, p.published_at"
    fileprivate static let tables: SQL = """
        app.analyses a left join app.analysis_publications p
          on p.municipality_id = a.municipality_id and p.round_id = a.round_id and p.version = a.version
        """
}

extension PublishedWording {
    fileprivate init(_ row: inout Row) throws {
        self.init(
            version: try row.next(), author: try row.next(), publishedAt: try row.next(),
            asDrafted: try Set(row.next([String].self).map { try Language(stored: $0) }), wording: try Wording(stored: row.next()))
    }

    fileprivate static let columns: SQL = "version, author_name, published_at, as_drafted, document"
}

extension Query where A == Member, R == PublishedWording? {
    /// The one that stands.
    static func publishedAnalysis(of round: RoundID, in council: MunicipalityID) -> Query {
        .optional("""
            select \(PublishedWording.columns) from app.analysis_publications
            where municipality_id = \(council) and round_id = \(round) order by version desc limit 1
            """) { try PublishedWording(&$0) }
    }
}

extension Query where A == Participant, R == PublishedWording? {
    static func publishedAnalysis(for p: Participant) -> Query {
        .optional("""
            select \(PublishedWording.columns) from app.analysis_publications
            where municipality_id = \(p.municipality) and round_id = app.round() order by version desc limit 1
            """) { try PublishedWording(&$0) }
    }
}

extension Query where A == Member, R == AnalysisVersion? {
    static func newestAnalysis(of round: RoundID, in council: MunicipalityID) -> Query {
        .optional("""
            select \(AnalysisVersion.columns) from \(AnalysisVersion.tables)
            where a.municipality_id = \(council) and a.round_id = \(round) order by a.version desc limit 1
            """) { try AnalysisVersion(&$0) }
    }

    static func analysis(_ version: Int, of round: RoundID, in council: MunicipalityID) -> Query {
        .optional("""
            select \(AnalysisVersion.columns) from \(AnalysisVersion.tables)
            where a.municipality_id = \(council) and a.round_id = \(round) and a.version = \(Int32(clamping: version))
            """) { try AnalysisVersion(&$0) }
    }
}

extension Query where A == Member, R == [AnalysisVersion] {
    /// Newest first.
    static func analyses(of round: RoundID, in council: MunicipalityID, limit: Int, offset: Int) -> Query {
        .rows("""
            select \(AnalysisVersion.columns) from \(AnalysisVersion.tables)
            where a.municipality_id = \(council) and a.round_id = \(round) order by a.version desc limit \(limit) offset \(offset)
            """) { try AnalysisVersion(&$0) }
    }
}

extension Query where A == Member, R == Int {
    static func numberOfAnalyses(of round: RoundID, in council: MunicipalityID) -> Query {
        .one("select count(*) from app.analyses where municipality_id = \(council) and round_id = \(round)") { try $0.next() }
    }

    /// Adds a version after the one that it was edited from; no row if another has come between. Two at once take the same number, of which one is there.
    static func addAnalysis(
        _ wording: Wording, asDrafted: Set<Language>, after base: Int, of round: RoundID, at now: Instant, in council: MunicipalityID
    ) -> Query {
        .write("""
            insert into app.analyses (municipality_id, round_id, version, document, as_drafted, author_id, author_name, written_at)
            select m.municipality_id, \(round), \(Int32(clamping: base)) + 1, \(wording.json.canonicalText), \(asDrafted.map(\.rawValue).sorted()),
                   m.id, m.name, \(now)
            from app.members m
            where m.municipality_id = \(council) and m.id = app.member()
              and \(Int32(clamping: base)) = (select coalesce(max(a.version), 0) from app.analyses a
                                               where a.municipality_id = \(council) and a.round_id = \(round))
            on conflict do nothing
            """)
    }

    /// Publishes a version if it is the newest. Doing it twice is harmless.
    static func publishAnalysis(_ version: Int, of round: RoundID, at now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            insert into app.analysis_publications
              (municipality_id, round_id, version, document, as_drafted, author_name, published_by, published_at)
            select a.municipality_id, a.round_id, a.version, a.document, a.as_drafted, a.author_name, app.member(), \(now)
            from app.analyses a
            where a.municipality_id = \(council) and a.round_id = \(round) and a.version = \(Int32(clamping: version))
              and a.version = (select max(n.version) from app.analyses n where n.municipality_id = \(council) and n.round_id = \(round))
            on conflict do nothing
            """, repeatable: true)
    }
}

extension Wording {
    fileprivate init(stored text: String) throws { self = try JSONReader.read(Array(text.utf8)).read() }
}
