import Database
import Rules

/// A municipality as the public register shows it.
struct MunicipalityEntry: Sendable {
    let id: MunicipalityID
    let code, name, countyName, organisationNumber: String
    let population: Int32
    let fictional: Bool
    let joined: Bool

    fileprivate init(_ row: inout Row) throws {
        id = try row.next()
        code = try row.next()
        name = try row.next()
        countyName = try row.next()
        organisationNumber = try row.next()
        population = try row.next()
        fictional = try row.next()
        joined = try row.next()
    }

    fileprivate static let columns: SQL = "municipality_id, code, name, county_name, org_nr, population, fictional, joined_at is not null"
}

extension Query where A == Anonymous, R == [MunicipalityEntry] {
    /// Those whose name or code begins with `text`, or whose name holds it; real ones first, then by name.
    static func municipalities(matching text: String, limit: Int, offset: Int) -> Query {
        .rows("""
            select \(MunicipalityEntry.columns) from app.municipalities
            where strpos(lower(name), lower(\(text))) > 0 or strpos(code, \(text)) = 1
            order by fictional, name limit \(limit) offset \(offset)
            """) { try MunicipalityEntry(&$0) }
    }
}

extension Query where A == Anonymous, R == Int {
    static func numberOfMunicipalities(matching text: String) -> Query {
        .one("""
            select count(*) from app.municipalities
            where strpos(lower(name), lower(\(text))) > 0 or strpos(code, \(text)) = 1
            """) { try $0.next() }
    }

    /// Takes down an application, unless the address has made too many since `since`: then nothing happens, and nobody is told.
    static func apply(_ application: Application, id: RegistrationID, to council: MunicipalityID, at now: Instant, since: Instant, atMost: Int) -> Query {
        .write("""
            insert into app.registrations
              (id, municipality_id, org_nr, name, address, function, language, terms, created_at, expires_at)
            select \(id), \(council), \(application.organisationNumber), \(application.name), \(application.address.key),
                   \(application.function.rawValue), \(application.language.rawValue), \(application.terms),
                   \(now), \(now.adding(seconds: Lifetime.registrationLink))
            where app.recent_registrations(\(application.address.key), \(since)) < \(atMost)
            """)
    }
}

extension Query where A == Anonymous, R == MunicipalityEntry? {
    static func municipality(code: String) -> Query {
        .optional("select \(MunicipalityEntry.columns) from app.municipalities where code = \(code)") { try MunicipalityEntry(&$0) }
    }
}

/// A registration whose link has been followed, under lock.
struct Applicant: Sendable {
    let name, address, function, language: String
    let council: String
    let councilJoined: Bool
    let domainKnown: Bool
    let state: String
    let approved: Bool
    let live: Bool
}

extension Query where A == Registrar, R == Applicant? {
    static func applicant(_ id: RegistrationID, at now: Instant, in council: MunicipalityID) -> Query {
        .optional("""
            select r.name, r.address, r.function, r.language, m.name, m.joined_at is not null,
                   exists (select from app.mail_domains d
                            where d.municipality_id = \(council) and d.domain = split_part(r.address, '@', 2)),
                   r.state, r.decided_at is not null, r.expires_at > \(now)
            from app.registrations r join app.municipalities m on m.municipality_id = r.municipality_id
            where r.municipality_id = \(council) and r.id = \(id) for update of r
            """, writes: true) { row in
            Applicant(
                name: try row.next(), address: try row.next(), function: try row.next(), language: try row.next(),
                council: try row.next(), councilJoined: try row.next(), domainKnown: try row.next(),
                state: try row.next(), approved: try row.next(), live: try row.next())
        }
    }
}

extension Query where A == Registrar, R == Int {
    static func move(_ id: RegistrationID, to state: String, at now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            update app.registrations set state = \(state), verified_at = coalesce(verified_at, \(now))
            where municipality_id = \(council) and id = \(id)
            """)
    }

    /// One row if the council joins by this, none if it already has: of two at once, exactly one wins.
    static func join(_ council: MunicipalityID, at now: Instant) -> Query {
        .write("update app.municipalities set joined_at = \(now) where municipality_id = \(council) and joined_at is null")
    }

    static func settings(of council: MunicipalityID) -> Query {
        .write("insert into app.council_settings (municipality_id) values (\(council))")
    }

    static func firstMember(_ id: MemberID, _ applicant: Applicant, at now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            with member as (
              insert into app.members (municipality_id, id, name, address, language, invited_at, joined_at)
              values (\(council), \(id), \(applicant.name), \(applicant.address), \(applicant.language), \(now), \(now)))
            insert into app.member_roles (municipality_id, member_id, role)
            select \(council), \(id), role from unnest(\([Role.administrator, .strategist].map(\.rawValue))) role
            """)
    }

    static func firstPost(_ id: PostID, function: Function, _ applicant: Applicant, in council: MunicipalityID) -> Query {
        .write("""
            insert into app.posts (municipality_id, id, function, family, title, holder_name, holder_address, holder_language)
            values (\(council), \(id), \(function.rawValue), \(function.family.rawValue),
                    \(function.name[Language(rawValue: applicant.language) ?? .sv]),
                    \(applicant.name), \(applicant.address), \(applicant.language))
            """)
    }

    static func openSession(_ token: SessionToken, for member: MemberID, at now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            insert into app.sessions (municipality_id, token_hash, member_id, created_at, touched_at, expires_at)
            values (\(council), \(token.hash), \(member), \(now), \(now), \(now.adding(seconds: Lifetime.sessionIdle)))
            """)
    }
}

extension Query where R == Void {
    /// Notes that the address may sign in to the council that one acts for.
    static func namePerson(_ address: String) -> Query {
        .none("select app.name_person(\(PersonID.random()), \(address))", writes: true)
    }

    /// A sign-in link for a person who has been named, to be mailed by a job with the same id as subject.
    static func makeLink(_ id: SignInLinkID, for address: String, at now: Instant, lifetime seconds: Int) -> Query {
        .none("select app.make_invitation_link(\(id), \(address), \(now), \(now.adding(seconds: seconds)))", writes: true)
    }
}
