import Database
import Rules

extension Query where R == Void {
    /// Lets those who act on one address take turns, so that all of them are counted. Held until the transaction ends.
    static func takeTurn(with address: String) -> Query {
        .none("select pg_advisory_xact_lock(hashtextextended(\(address), 0))", writes: true)
    }

    /// Notes that the address may sign in to the council that one acts for.
    static func namePerson(_ address: String) -> Query {
        .none("select app.name_person(\(PersonID.random()), \(address))", writes: true)
    }

    /// A sign-in link for a person who has been named, to be mailed by a job that has it as its subject.
    static func makeLink(_ id: SignInLinkID, for address: String, at now: Instant, lifetime seconds: Int) -> Query {
        .none("select app.make_invitation_link(\(id), \(address), \(now), \(now.adding(seconds: seconds)))", writes: true)
    }
}

extension Query where A == Anonymous, R == Int {
    /// Takes down an application and orders its mail, unless the address has made too many since `since`: then nothing happens, and nobody is told.
    static func apply(_ application: Application, id: RegistrationID, to council: MunicipalityID, at now: Instant, since: Instant, atMost: Int) -> Query {
        .write("""
            insert into app.registrations
              (id, municipality_id, org_nr, name, address, function, area, language, terms, created_at, expires_at)
            select \(id), \(council), \(application.organisationNumber), \(application.name), \(application.address),
                   \(application.function.rawValue), \(application.area), \(application.language.rawValue), \(application.terms.rawValue),
                   \(now), \(now.adding(seconds: Lifetime.registrationLink))
            where app.recent_registrations(\(application.address), \(since)) < \(atMost)
            """)
    }
}

/// A registration whose link has been followed, under lock, and what decides about it.
struct Applicant: Sendable {
    let name, address, function, area, language: String
    let organisationNumber, recordedNumber: String
    let council, code: String
    let councilIsHere: Bool
    let domainIsKnown: Bool
    let state: String
    let isApproved: Bool
    /// Whether the link is within its time.
    let isLive: Bool

    func decision() throws -> Registration.Decision {
        try Registration(address: MailAddress(address), organisationNumber: OrganisationNumber(organisationNumber))
            .decide(domainKnownFor: domainIsKnown, recorded: try? OrganisationNumber(recordedNumber), councilIsHere: councilIsHere)
    }
}

extension Query where A == Registrar, R == Applicant? {
    static func applicant(_ id: RegistrationID, at now: Instant, in council: MunicipalityID) -> Query {
        .optional("""
            select r.name, r.address, r.function, r.area, r.language, r.org_nr, m.org_nr, m.name, m.code, m.joined_at is not null,
                   exists (select from app.mail_domains d
                            where d.municipality_id = \(council) and d.domain = split_part(r.address, '@', 2)),
                   r.state, r.decided_at is not null, r.expires_at > \(now)
            from app.registrations r join app.municipalities m on m.municipality_id = r.municipality_id
            where r.municipality_id = \(council) and r.id = \(id) for update of r
            """, writes: true) { row in
            Applicant(
                name: try row.next(), address: try row.next(), function: try row.next(), area: try row.next(), language: try row.next(),
                organisationNumber: try row.next(), recordedNumber: try row.next(), council: try row.next(), code: try row.next(),
                councilIsHere: try row.next(), domainIsKnown: try row.next(), state: try row.next(), isApproved: try row.next(), isLive: try row.next())
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

    /// The other registrations of the council that wait come too late, and are to be told. One that is being decided this very moment finds that out by itself.
    static func tellTheOthers(than id: RegistrationID, at now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            with others as (
              select id from app.registrations where municipality_id = \(council) and state = 'waiting' and id <> \(id) for update skip locked),
            late as (
              update app.registrations r set state = 'late' from others o where r.municipality_id = \(council) and r.id = o.id returning r.id)
            insert into app.jobs (id, kind, municipality_id, subject, run_at) select gen_random_uuid(), 'mailRegistration', \(council), id, \(now) from late
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
            select \(council), \(id), role from unnest(\(Permissions.ofTheFirst.map(\.rawValue).sorted())) role
            """)
    }

    static func firstPost(_ id: PostID, function: Function, _ applicant: Applicant, in council: MunicipalityID) -> Query {
        .write("""
            insert into app.posts (municipality_id, id, function, family, title, area, holder_name, holder_address, holder_language)
            values (\(council), \(id), \(function.rawValue), \(function.family.rawValue),
                    \(function.name[Language(rawValue: applicant.language) ?? .sv]), \(applicant.area),
                    \(applicant.name), \(applicant.address), \(applicant.language))
            """)
    }

    static func openSession(_ session: NewSession, for member: MemberID, at now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            insert into app.sessions (municipality_id, token_hash, member_id, created_at, touched_at, expires_at)
            values (\(council), \(session.token.hash), \(member), \(now), \(now), \(session.expiresAt))
            """)
    }
}
