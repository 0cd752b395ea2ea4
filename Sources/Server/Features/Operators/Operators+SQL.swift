import Database
import Rules

/// A registration whose link has been followed, as operators see it.
public struct RegistrationView: Sendable {
    public let id: RegistrationID
    public let state: State
    public let municipalityCode, municipalityName: String
    public let knownNumber, givenNumber: String
    public let name, address: String
    let function: Function
    let language: Language
    public let createdAt: Instant
    let verifiedAt, decidedAt: Instant?
    /// Whether the address's domain is recorded as the council's.
    public let domainIsKnown: Bool

    /// What approval records.
    public var domain: String { String(address.drop { $0 != "@" }.dropFirst()) }

    /// `approved` is stored as waiting, and decided: the council is being let in.
    public enum State: String, Sendable, CaseIterable { case waiting, approved, admitted, refused, late }

    fileprivate init(_ row: inout Row) throws {
        id = try row.next()
        state = try State(stored: row.next())
        municipalityCode = try row.next()
        municipalityName = try row.next()
        knownNumber = try row.next()
        givenNumber = try row.next()
        name = try row.next()
        address = try row.next()
        function = Function(rawValue: try row.next()) ?? .other
        language = try Language(stored: row.next())
        createdAt = try row.next()
        verifiedAt = try row.nextOrNull()
        decidedAt = try row.nextOrNull()
        domainIsKnown = try row.next()
    }

    fileprivate static let state: SQL = "case when r.state = 'waiting' and r.decided_at is not null then 'approved' else r.state end"

    fileprivate static let columns: SQL = """
        r.id, \(state), m.code, m.name, m.org_nr, r.org_nr, r.name, r.address, r.function, r.language, r.created_at, r.verified_at, r.decided_at,
        exists (select from app.mail_domains d where d.municipality_id = r.municipality_id and d.domain = split_part(r.address, '@', 2))
        """
}

extension Query where A == Operator, R == [RegistrationView] {
    /// Those that wait first, the one that has waited longest on top; then the newest.
    static func registrations(in state: RegistrationView.State?, limit: Int, offset: Int) -> Query {
        .rows("""
            select \(RegistrationView.columns) from app.registrations r join app.municipalities m on m.municipality_id = r.municipality_id
            where r.state <> 'sent' and coalesce(\(RegistrationView.state) = \(state?.rawValue), true)
            order by \(RegistrationView.state) <> 'waiting', case when \(RegistrationView.state) = 'waiting' then r.verified_at end,
                     r.created_at desc, r.id
            limit \(limit) offset \(offset)
            """) { try RegistrationView(&$0) }
    }
}

extension Query where A == Operator, R == RegistrationView? {
    static func registration(_ id: RegistrationID) -> Query {
        .optional("""
            select \(RegistrationView.columns) from app.registrations r join app.municipalities m on m.municipality_id = r.municipality_id
            where r.id = \(id) and r.state <> 'sent'
            """) { try RegistrationView(&$0) }
    }
}

extension Query where A == Operator, R == Bool? {
    /// Locks a registration that is not decided, and says whether the council is here already; nil if another operator has decided it.
    static func undecided(_ id: RegistrationID) -> Query {
        .optional("""
            select m.joined_at is not null from app.registrations r join app.municipalities m on m.municipality_id = r.municipality_id
            where r.id = \(id) and r.state = 'waiting' and r.decided_at is null for update of r
            """, writes: true) { try $0.next() }
    }
}

extension Query where A == Operator, R == Int {
    static func numberOfRegistrations(in state: RegistrationView.State?) -> Query {
        .one("""
            select count(*) from app.registrations r where r.state <> 'sent' and coalesce(\(RegistrationView.state) = \(state?.rawValue), true)
            """) { try $0.next() }
    }

    /// Approved, it goes on waiting for the worker, who lets the council in.
    static func decide(_ id: RegistrationID, refused: Bool, at now: Instant) -> Query {
        .write("""
            update app.registrations set state = \(refused ? "refused" : "waiting"), decided_at = \(now), decided_by = app.operator() where id = \(id)
            """)
    }

    static func recordDomain(of id: RegistrationID, at now: Instant) -> Query {
        .write("""
            insert into app.mail_domains (domain, municipality_id, recorded_at)
            select split_part(address, '@', 2), municipality_id, \(now) from app.registrations where id = \(id) on conflict do nothing
            """)
    }

    static func orderAdmission(of id: RegistrationID, at now: Instant) -> Query {
        .write("""
            insert into app.jobs (id, kind, municipality_id, subject, run_at)
            select \(JobID.random()), 'admit', municipality_id, id, \(now) from app.registrations where id = \(id)
            """)
    }

    static func endSession(of operator: Operator) -> Query {
        .write("update app.operator_sessions set revoked_at = \(`operator`.now) where token_hash = \(`operator`.session) and revoked_at is null")
    }
}

/// The operator who is signed in.
struct OperatorSession: Sendable {
    let address: String
    let expiresAt: Instant
}

extension Query where A == Operator, R == OperatorSession {
    static func session(of operator: Operator) -> Query {
        .one("""
            select o.address, s.expires_at from app.operator_sessions s join app.operators o on o.id = s.operator_id
            where s.token_hash = \(`operator`.session)
            """) { OperatorSession(address: try $0.next(), expiresAt: try $0.next()) }
    }
}

// MARK: - By command

extension Query where A == Librarian, R == Int {
    /// One row, or none if the address is an operator's already.
    static func inviteOperator(_ id: OperatorID, _ address: String, at now: Instant) -> Query {
        .write("insert into app.operators (id, address, invited_at) values (\(id), \(address), \(now)) on conflict (address) do nothing")
    }
}

extension Query where A == Librarian, R == [String] {
    /// The addresses, the first invited on top.
    static var operators: Query {
        .rows("select address from app.operators order by invited_at, address") { try $0.next() }
    }
}

extension Query where A == SigningIn, R == Int {
    /// A sign-in link for an operator that is shown, not mailed. No row if nobody has the address.
    static func showOperatorLink(_ id: SignInLinkID, for address: String, at now: Instant) -> Query {
        .write("""
            insert into app.sign_in_links (id, operator_id, created_at, expires_at)
            select \(id), id, \(now), \(now.adding(seconds: Lifetime.signInLink)) from app.operators where address = \(address)
            """)
    }

    /// A session for the operator in whose name a command acts. No row if nobody has the address.
    static func openForOperator(_ session: NewSession, at address: String, at now: Instant) -> Query {
        .write("""
            insert into app.operator_sessions (token_hash, operator_id, created_at, touched_at, expires_at)
            select \(session.token.hash), id, \(now), \(now), \(session.expiresAt) from app.operators where address = \(address)
            """)
    }
}
