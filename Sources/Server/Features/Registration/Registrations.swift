import Database
import Rules

/// Registering a council: the application, the link by mail, and letting the council in.
struct Registrations: Sendable {
    let services: Services

    /// Links to one address in an hour. The one who asks for more is not told.
    private static let atMost = 5, period = 3_600

    /// What came of following the link.
    enum Outcome: Sendable {
        case admitted(NewSession)
        /// The operator decides.
        case waiting
        /// Another registration of the council was first.
        case late(council: String, code: String)
    }

    /// Takes the application down and orders the mail. The same answer whether or not the address is known or has asked too often.
    func apply(_ application: Application, from source: Source?) async throws {
        try services.attempts.registrationsFrom.count(String(application.address.drop { $0 != "@" }), from: source, at: services.clock.now())
        guard let council = try await services.database.send(as: Anonymous(), .municipality(code: application.municipalityCode)) else {
            throw Problem.unknownMunicipality
        }
        if council.hasJoined { throw Problem.councilAlreadyHere(council.name) }
        let now = services.clock.now(), id = RegistrationID.random()
        try services.attempts.registrationsOf.count(council.id, from: source, at: now)
        _ = try await services.database.send(
            as: Anonymous(municipality: council.id),
            .takeTurn(with: application.address),
            .apply(application, id: id, to: council.id, at: now, since: now.adding(seconds: -Registrations.period), atMost: Registrations.atMost),
            .order(.mailRegistration, id.uuid, for: council.id, at: now))
        services.bell.ring()
    }

    /// Follows a link by POST: mail scanners open links, so that a GET must not use it up.
    func verify(_ text: String) async throws -> Outcome {
        let now = services.clock.now()
        guard let link = services.links.read(text, as: .registration), let council = link.municipality else {
            try services.guesses.countForged(text, at: now)
            throw Problem.linkVoid
        }
        try services.attempts.links.count(link.id.uuid, at: now)
        let session = try NewSession(for: .member(of: council), at: now)
        let outcome = try await services.database.transaction(as: Registrar(municipality: council)) { tx -> Outcome? in
            guard let applicant = try tx.run(.applicant(link.id, at: now, in: council)), applicant.isLive, applicant.state == "sent" else { return nil }
            switch try applicant.decision() {
            case .needsOperator:
                _ = try tx.run(.move(link.id, to: "waiting", at: now, in: council))
                _ = try tx.run(.order(.mailWaiting, link.id.uuid, for: council, at: now))
                return .waiting
            case .admitted, .alreadyHere:
                return try admit(link.id, applicant, to: council, at: now, session: session, in: &tx)
                    ? .admitted(session) : .late(council: applicant.council, code: applicant.code)
            }
        }
        services.bell.ring()
        guard let outcome else { throw Problem.linkVoid }
        return outcome
    }

    /// The job `admit`: lets in a council that the operator has approved. The first member gets a link to sign in by.
    func admitApproved(_ job: Job) async throws -> JobOutcome {
        guard let council = job.municipality else { return .done }
        let now = services.clock.now(), id = RegistrationID(job.subject), link = SignInLinkID.random()
        try await services.database.transaction(as: Registrar(municipality: council)) { tx in
            guard let applicant = try tx.run(.applicant(id, at: now, in: council)), applicant.state == "waiting", applicant.isApproved else { return }
            guard try admit(id, applicant, to: council, at: now, session: nil, in: &tx) else {
                _ = try tx.run(.order(.mailRegistration, id.uuid, for: council, at: now))
                return
            }
            try tx.run(.makeLink(link, for: applicant.address, at: now, lifetime: Lifetime.memberInvitation))
            _ = try tx.run(.order(.mailApproved, link.uuid, for: council, at: now))
        }
        services.bell.ring()
        return .done
    }

    /// Makes the council's first member, administrator and strategist, who holds the post he registered with. False if the council had joined already.
    private func admit(
        _ id: RegistrationID, _ applicant: Applicant, to council: MunicipalityID, at now: Instant, session: NewSession?, in tx: inout Tx<Registrar>
    ) throws -> Bool {
        guard try tx.run(.join(council, at: now)) == 1 else {
            _ = try tx.run(.move(id, to: "late", at: now, in: council))
            return false
        }
        let member = MemberID.random(), function = Function(rawValue: applicant.function) ?? .other
        _ = try tx.run(.move(id, to: "admitted", at: now, in: council))
        _ = try tx.run(.tellTheOthers(than: id, at: now, in: council))
        _ = try tx.run(.settings(of: council))
        _ = try tx.run(.firstMember(member, applicant, at: now, in: council))
        _ = try tx.run(.firstPost(.random(), function: function, applicant, in: council))
        try tx.run(.namePerson(applicant.address))
        if let session { _ = try tx.run(.openSession(session, for: member, at: now, in: council)) }
        return true
    }
}
