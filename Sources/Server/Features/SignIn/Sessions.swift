import Database
import Rules

/// A session that is open, as its holder sees it. Of the browser nothing is kept: when it was used tells it well enough, and tells on nobody.
struct SessionView: Sendable {
    let id: SessionID
    /// When the link was followed that it goes back to.
    let startedAt: Instant
    /// To within an hour.
    let usedAt: Instant
    let expiresAt: Instant
    /// Whether it is the one that asks.
    let isCurrent: Bool
}

/// A council that one's address belongs to.
struct OwnCouncil: Sendable {
    let id: MunicipalityID
    let code, name: String
}

/// A member's own sessions, and going from one of his councils to another. An operator's sessions are ended in the same way.
struct Sessions: Sendable {
    let services: Services

    /// The one used last first.
    func list<A: SessionHolder>(_ paging: Paging, as one: A) async throws -> (sessions: [SessionView], total: Int) {
        try await services.database.send(as: one, .sessions(of: one, limit: paging.limit, offset: paging.offset), .numberOfSessions(of: one))
    }

    func end<A: SessionHolder>(_ id: SessionID, as one: A) async throws {
        guard try await services.database.send(as: one, .end(id, of: one)) == 1 else { throw Problem.notFound }
    }

    /// All but the one that asks.
    func endOthers<A: SessionHolder>(as one: A) async throws {
        _ = try await services.database.send(as: one, .endOthers(than: one))
    }

    // MARK: Several councils

    /// By name. A session has proved the address, and the address, asked as the role that signs in, names the councils: a member cannot read that.
    func councils(of me: Me) async throws -> [OwnCouncil] {
        try await services.database.send(as: SigningIn(), .councils(of: me.address))
    }

    /// Opens a session in another of the person's councils. It ends with the link that the present one goes back to, so that no chain of them outlives it.
    func open(inCouncil code: String, from member: Member) async throws -> NewSession {
        let (me, start) = try await services.database.send(as: member, .me(in: member.municipality), .sessionStart(of: member))
        guard let council = try await councils(of: me).first(where: { $0.code == code }) else { throw Problem.notYourCouncil }
        let session = try NewSession(for: .member(of: council.id), since: start, at: member.now)
        let opened = try await services.database.send(
            as: SigningIn(municipality: council.id), .open(session, since: start, at: me.address, now: member.now, in: council.id))
        guard opened == 1 else { throw Problem.notYourCouncil }
        return session
    }
}

extension Problem {
    /// The same for a council where one is no member and for one that does not exist.
    static let notYourCouncil = Problem.invalidFields([
        FieldError("/councilCode", FieldMessage(sv: "Välj en av dina kommuner.", en: "Is the code of none of your councils."))
    ])
}

// MARK: - SQL

extension SessionView {
    fileprivate init(_ row: inout Row) throws {
        self.init(id: try row.next(), startedAt: try row.next(), usedAt: try row.next(), expiresAt: try row.next(), isCurrent: try row.next())
    }
}

/// Somebody who acts by a session, and may have others.
protocol SessionHolder: Authority {
    var session: [UInt8] { get }
    var now: Instant { get }
    /// The table of such sessions, and which rows are one's own.
    static var sessions: SQL { get }
    var own: SQL { get }
}

extension SessionHolder {
    fileprivate var open: SQL { "\(own) and revoked_at is null and expires_at > \(now)" }
}

extension Member: SessionHolder {
    static var sessions: SQL { "app.sessions" }
    var own: SQL { "municipality_id = \(municipality) and member_id = app.member()" }
}

extension Operator: SessionHolder {
    static var sessions: SQL { "app.operator_sessions" }
    var own: SQL { "operator_id = app.operator()" }
}

extension Query where A: SessionHolder, R == [SessionView] {
    static func sessions(of one: A, limit: Int, offset: Int) -> Query {
        .rows("""
            select id, created_at, touched_at, expires_at, token_hash = \(one.session) from \(A.sessions) where \(one.open)
            order by touched_at desc, id limit \(limit) offset \(offset)
            """) { try SessionView(&$0) }
    }
}

extension Query where A: SessionHolder, R == Int {
    fileprivate static func numberOfSessions(of one: A) -> Query {
        .one("select count(*) from \(A.sessions) where \(one.open)") { try $0.next() }
    }

    fileprivate static func end(_ id: SessionID, of one: A) -> Query {
        .write("update \(A.sessions) set revoked_at = \(one.now) where \(one.open) and id = \(id)")
    }

    fileprivate static func endOthers(than one: A) -> Query {
        .write("update \(A.sessions) set revoked_at = \(one.now) where \(one.open) and token_hash <> \(one.session)")
    }
}

extension Query where A == Member, R == Instant {
    fileprivate static func sessionStart(of member: Member) -> Query {
        .one("select created_at from app.sessions where municipality_id = \(member.municipality) and token_hash = \(member.session)") { try $0.next() }
    }
}

extension Query where A == SigningIn, R == [OwnCouncil] {
    fileprivate static func councils(of address: String) -> Query {
        .rows("""
            select c.municipality_id, c.code, c.name from app.people p join app.municipalities c on c.municipality_id = any (p.councils)
            where p.address = \(address) order by c.name collate "sv-x-icu", c.code
            """) { OwnCouncil(id: try $0.next(), code: try $0.next(), name: try $0.next()) }
    }
}

extension Query where A == SigningIn, R == Int {
    /// One row, or none if the address is no member's there.
    fileprivate static func open(_ session: NewSession, since start: Instant, at address: String, now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            with arrived as (
              update app.members set joined_at = coalesce(joined_at, \(now))
              where municipality_id = \(council) and address = \(address) and left_at is null returning id)
            insert into app.sessions (municipality_id, token_hash, member_id, created_at, touched_at, expires_at)
            select \(council), \(session.token.hash), id, \(start), \(now), \(session.expiresAt) from arrived
            """)
    }
}
