import Database
import Rules

// What the worker writes to those who register, and to the operators.

/// Whom to write to about a registration, and how it stands.
private struct RegistrationLetter: Sendable {
    let address: String
    let language: Language
    let council: String
    let state: String
    let councilIsHere: Bool
    let createdAt, expiresAt: Instant
}

extension Registrations {
    /// The job `mailRegistration`: the link that proves the address, or, if another registration was first, the word that the council is here.
    func mailApplicant(_ job: Job) async throws -> JobOutcome {
        let id = RegistrationID(job.subject), now = services.clock.now()
        guard let council = job.municipality,
              let letter = try await services.database.send(as: Worker(municipality: council), .registrationLetter(id, of: council))
        else { return .done }
        let mail: Letter
        if letter.state == "late" || letter.state == "sent" && letter.councilIsHere {
            mail = .councilIsHere(council: letter.council, signInPage: services.site.url(services.site.signInPath))
        } else if letter.state == "sent", letter.expiresAt > now {
            let token = services.links.token(.registration, Link(municipality: council, id: id, generation: 0))
            mail = .registration(council: letter.council, link: services.site.url("/r/\(token)"), until: letter.expiresAt)
        } else {
            return .done
        }
        // Without the name: whoever gave the address wrote that too.
        return JobOutcome(try await services.mail.send(mail, to: letter.address, in: letter.language, for: job, date: letter.createdAt))
    }

    /// The job `mailWaiting`: orders one mail for each operator. Done twice it orders the same ones.
    func mailOperators(_ job: Job) async throws -> JobOutcome {
        _ = try await services.database.send(as: Worker(municipality: job.municipality), .orderOperatorMails(for: job, at: services.clock.now()))
        services.bell.ring()
        return .done
    }

    /// The job `mailOperator`: tells one operator that the council waits.
    func mailOperator(_ job: Job) async throws -> JobOutcome {
        guard let council = job.municipality,
              let letter = try await services.database.send(as: Worker(municipality: council), .operatorLetter(to: OperatorID(job.subject), about: council))
        else { return .done }
        return JobOutcome(try await services.mail.send(
            .registrationWaits(council: letter.council, code: letter.code, page: services.site.url("/operator")),
            to: letter.address, in: services.language, for: job, date: letter.verifiedAt))
    }

    /// The job `mailApproved`: welcomes the first member of a council that the operator has let in.
    func mailApproved(_ job: Job) async throws -> JobOutcome {
        let link = SignInLinkID(job.subject)
        guard let council = job.municipality,
              let letter = try await services.database.send(as: Worker(municipality: council), .linkLetter(link, of: council)),
              letter.until > services.clock.now()
        else { return .done }
        let token = services.links.token(.signIn, Link(municipality: council, id: link, generation: 0))
        return JobOutcome(try await services.mail.send(
            .registrationApproved(council: letter.council, link: services.site.url("/s/\(token)"), until: letter.until),
            to: letter.address, in: letter.language, for: job, date: letter.until.adding(seconds: -Lifetime.memberInvitation)))
    }
}

extension Query where A == Worker, R == RegistrationLetter? {
    fileprivate static func registrationLetter(_ id: RegistrationID, of council: MunicipalityID) -> Query {
        .optional("""
            select r.address, r.language, m.name, r.state, m.joined_at is not null, r.created_at, r.expires_at
            from app.registrations r join app.municipalities m on m.municipality_id = r.municipality_id
            where r.municipality_id = \(council) and r.id = \(id)
            """) { row in
            RegistrationLetter(
                address: try row.next(), language: try Language(stored: row.next()), council: try row.next(), state: try row.next(),
                councilIsHere: try row.next(), createdAt: try row.next(), expiresAt: try row.next())
        }
    }
}

extension Query where A == Worker, R == Int {
    /// The ids follow from the job and the operator, and with them the identities of the mails.
    fileprivate static func orderOperatorMails(for job: Job, at now: Instant) -> Query {
        .write("""
            insert into app.jobs (id, kind, municipality_id, subject, run_at)
            select md5(\(job.id)::text || o.id::text)::uuid, 'mailOperator', \(job.municipality), o.id, \(now) from app.operators o
            on conflict (id) do nothing
            """)
    }
}

private struct OperatorLetter: Sendable {
    let address, council, code: String
    let verifiedAt: Instant
}

extension Query where A == Worker, R == OperatorLetter? {
    /// Nil if nothing waits any more.
    fileprivate static func operatorLetter(to id: OperatorID, about council: MunicipalityID) -> Query {
        .optional("""
            select o.address, m.name, m.code, max(r.verified_at)
            from app.operators o, app.registrations r join app.municipalities m on m.municipality_id = r.municipality_id
            where o.id = \(id) and r.municipality_id = \(council) and r.state = 'waiting' and r.decided_at is null and m.joined_at is null
            group by 1, 2, 3
            """) { OperatorLetter(address: try $0.next(), council: try $0.next(), code: try $0.next(), verifiedAt: try $0.next()) }
    }
}
