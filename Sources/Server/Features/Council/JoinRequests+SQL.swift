import Database
import Rules

extension JoinRequest {
    fileprivate init(_ row: inout Row) throws {
        self.init(
            id: try row.next(), name: try row.next(), address: try row.next(), language: try Language(stored: row.next()),
            verifiedAt: try row.next(), expiresAt: try row.next())
    }

    fileprivate static let columns: SQL = "id, name, address, language, verified_at, expires_at"

    fileprivate static func waiting(in council: MunicipalityID, at now: Instant) -> SQL {
        "municipality_id = \(council) and state = 'waiting' and expires_at > \(now)"
    }
}

extension Query where A == Anonymous, R == Int {
    /// Takes the request down and orders its mail, and its end, unless too many have been made since `since`.
    /// - Parameter inAll: nil if it does not matter how many others ask.
    static func ask(
        _ request: NewJoinRequest, id: ID<JoinRequest>, of council: MunicipalityID, at now: Instant, since: Instant, atMost: Int, inAll: Int?
    ) -> Query {
        .write("""
            with asked as (
              select \(id) as id where app.recent_join_requests(\(request.address), \(since)) < \(atMost)
                and (\(inAll)::bigint is null or app.recent_join_requests(null, \(since)) < \(inAll))),
            written as (
              insert into app.join_requests (municipality_id, id, name, address, language, created_at, expires_at)
              select \(council), id, \(request.name), \(request.address), \(request.language.rawValue), \(now),
                     \(now.adding(seconds: Lifetime.joinLink)) from asked)
            insert into app.jobs (id, kind, municipality_id, subject, run_at)
            select gen_random_uuid(), kind, \(council), asked.id, run_at from asked, (
              values ('mailJoinLink', \(now)::timestamptz), ('forgetJoinRequest', \(now.adding(seconds: Lifetime.joinLink)))) ordered (kind, run_at)
            """)
    }
}

extension Query where A == Registrar, R == Int {
    /// One row, or none if the link has been followed already or is too old.
    static func prove(_ id: ID<JoinRequest>, at now: Instant, until end: Instant, in council: MunicipalityID) -> Query {
        .write("""
            update app.join_requests set state = 'waiting', verified_at = \(now), expires_at = \(end)
            where municipality_id = \(council) and id = \(id) and state = 'sent' and expires_at > \(now)
            """)
    }
}

extension Query where A == Member, R == [JoinRequest] {
    static func joinRequests(of council: MunicipalityID, at now: Instant, limit: Int, offset: Int) -> Query {
        .rows("""
            select \(JoinRequest.columns) from app.join_requests where \(JoinRequest.waiting(in: council, at: now))
            order by verified_at, id limit \(limit) offset \(offset)
            """) { try JoinRequest(&$0) }
    }
}

extension Query where A == Member, R == Int {
    static func numberOfJoinRequests(of council: MunicipalityID, at now: Instant) -> Query {
        .one("select count(*) from app.join_requests where \(JoinRequest.waiting(in: council, at: now))") { try $0.next() }
    }
}

extension Query where A == Member, R == JoinRequest? {
    static func joinRequest(_ id: ID<JoinRequest>, at now: Instant, in council: MunicipalityID) -> Query {
        .optional("select \(JoinRequest.columns) from app.join_requests where \(JoinRequest.waiting(in: council, at: now)) and id = \(id)") {
            try JoinRequest(&$0)
        }
    }

    static func decide(_ id: ID<JoinRequest>, _ state: String, at now: Instant, in council: MunicipalityID) -> Query {
        .optional("""
            update app.join_requests set state = \(state), decided_at = \(now), decided_by = app.member()
            where \(JoinRequest.waiting(in: council, at: now)) and id = \(id) returning \(JoinRequest.columns)
            """, writes: true) { try JoinRequest(&$0) }
    }
}

// MARK: - The worker's

/// Whom to write to about a request that has not been proved, and what there is to say.
struct JoinLetter: Sendable {
    let address: String
    let language: Language
    let council: String
    let isMember, isAtKnownDomain: Bool
    let createdAt, expiresAt: Instant
}

extension Query where A == Worker, R == JoinLetter? {
    static func joinLetter(_ id: ID<JoinRequest>, of council: MunicipalityID) -> Query {
        .optional("""
            select j.address, j.language, c.name,
                   exists (select from app.members m where m.municipality_id = \(council) and m.address = j.address and m.left_at is null),
                   exists (select from app.mail_domains d where d.municipality_id = \(council) and d.domain = split_part(j.address, '@', 2)),
                   j.created_at, j.expires_at
            from app.join_requests j join app.municipalities c on c.municipality_id = j.municipality_id
            where j.municipality_id = \(council) and j.id = \(id) and j.state = 'sent'
            """) { row in
            JoinLetter(
                address: try row.next(), language: try Language(stored: row.next()), council: try row.next(), isMember: try row.next(),
                isAtKnownDomain: try row.next(), createdAt: try row.next(), expiresAt: try row.next())
        }
    }
}

/// An administrator who is told that somebody waits.
struct AdministratorLetter: Sendable {
    let name, address, council: String
    let language: Language
    let since: Instant
}

extension Query where A == Worker, R == AdministratorLetter? {
    /// Nil if nobody waits any more, or he is no administrator.
    static func administratorLetter(to id: MemberID, of council: MunicipalityID, at now: Instant) -> Query {
        .optional("""
            select m.name, m.address, c.name, m.language,
                   (select max(verified_at) from app.join_requests where \(JoinRequest.waiting(in: council, at: now)))
            from app.members m join app.municipalities c on c.municipality_id = m.municipality_id
            where m.municipality_id = \(council) and m.id = \(id) and m.left_at is null
              and exists (select from app.member_roles r where r.municipality_id = \(council) and r.member_id = m.id and r.role = 'administrator')
              and exists (select from app.join_requests where \(JoinRequest.waiting(in: council, at: now)))
            """) { row in
            AdministratorLetter(
                name: try row.next(), address: try row.next(), council: try row.next(), language: try Language(stored: row.next()),
                since: try row.next())
        }
    }
}

extension Query where A == Worker, R == Int {
    /// The ids follow from the job and the administrator, and with them the identities of the mails.
    static func orderAdministratorMails(for job: Job, of council: MunicipalityID, at now: Instant) -> Query {
        .write("""
            insert into app.jobs (id, kind, municipality_id, subject, run_at)
            select md5(\(job.id)::text || r.member_id::text)::uuid, 'mailAdministrator', \(council), r.member_id, \(now)
            from app.member_roles r where r.municipality_id = \(council) and r.role = 'administrator' on conflict (id) do nothing
            """)
    }

    static func forget(_ id: ID<JoinRequest>, at now: Instant, of council: MunicipalityID) -> Query {
        .write("delete from app.join_requests where municipality_id = \(council) and id = \(id) and expires_at <= \(now)", repeatable: true)
    }
}
