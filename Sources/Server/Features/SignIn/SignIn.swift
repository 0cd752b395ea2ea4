import Database
import Rules

/// A session that has just been opened: its token is told this once.
struct NewSession: Discreet, Sendable {
    let token: SessionToken
    let expiresAt: Instant

    /// - Parameter start: when the link was followed that the session goes back to; now, unless it is opened from another session.
    init(for holder: SessionToken.Holder, since start: Instant? = nil, at now: Instant) throws(Crypto.Unavailable) {
        token = try SessionToken(for: holder)
        expiresAt = Lifetime.sessionEnd(startedAt: start ?? now, usedAt: now)
    }

    var isOperators: Bool { token.holder == .operator }
}

/// Signing in by a single-use link to the work e-mail, and out.
struct SignIn: Sendable {
    let services: Services

    /// Links for one address and council in an hour. The one who asks is not told, nor whether the address is known.
    private static let atMost = 10, period = 3_600
    /// Links for one council in an hour, beyond which nobody gets more than two: so nobody floods a council's people, or keeps one of them out.
    private static let atMostInCouncil = 100

    /// - Parameter address: its key.
    func requestLink(for address: String, from source: Source?) async throws {
        let now = services.clock.now(), since = now.adding(seconds: -SignIn.period)
        try services.attempts.linkRequests.count(address, from: source, at: now)
        _ = try await services.database.send(
            as: SigningIn(),
            .takeTurn(with: address),
            .makeLinks(for: address, at: now, since: since, atMost: SignIn.atMost, inCouncil: SignIn.atMostInCouncil),
            .makeOperatorLink(for: address, at: now, since: since, atMost: SignIn.atMost))
        services.bell.ring()
    }

    /// Uses the link up. A link that is unknown, used, too old or tampered with is void, and no more is said.
    func openSession(_ text: String) async throws -> NewSession {
        let now = services.clock.now(), opened: Int, session: NewSession
        if let link = services.links.read(text, as: .signIn), let council = link.municipality {
            try services.attempts.links.count(link.id.uuid, at: now)
            session = try NewSession(for: .member(of: council), at: now)
            opened = try await services.database.send(as: SigningIn(municipality: council), .open(session, by: link.id, at: now, in: council))
        } else if let link = services.links.read(text, as: .operatorSignIn) {
            try services.attempts.links.count(link.id.uuid, at: now)
            session = try NewSession(for: .operator, at: now)
            opened = try await services.database.send(as: SigningIn(), .openForOperator(session, by: link.id, at: now))
        } else {
            try services.guesses.countForged(text, at: now)
            throw Problem.linkVoid
        }
        guard opened == 1 else { throw Problem.linkVoid }
        return session
    }

    /// The council that a link lets in to, as its page says before it is used; nil for an operator's, and for what is no link of ours.
    func council(of text: String) async throws -> String? {
        guard let council = services.links.read(text, as: .signIn)?.municipality else { return nil }
        return try await services.database.send(as: Anonymous(), .councilName(council))
    }

    /// Whether somebody else than the link is for is signed in by the session: the link must not be used up in his name.
    func isAnothers(_ text: String, than session: SessionToken, at now: Instant) async throws -> Bool {
        let id = services.links.read(text, as: .signIn)?.id ?? services.links.read(text, as: .operatorSignIn)?.id
        guard let id, let wanted = try await services.database.send(as: SigningIn(), .address(of: id)) else { return false }
        do {
            switch session.holder {
            case .member(let council):
                let member = Member(council, session, for: .readCouncil, at: now)
                return try await services.database.send(as: member, .me(in: council)).address != wanted
            case .operator:
                let one = Operator(session: session.hash, now: now)
                return try await services.database.send(as: one, .session(of: one)).address != wanted
            }
        } catch {
            guard Problem(from: error) == .notSignedIn else { throw error }
            return false
        }
    }

    /// Ends the session that the token opens. Nothing happens if it is over already.
    func close(_ token: SessionToken, at now: Instant) async throws {
        do {
            switch token.holder {
            case .member(let council):
                let member = Member(council, token, for: .readCouncil, at: now)
                _ = try await services.database.send(as: member, .endSession(of: member))
            case .operator:
                let one = Operator(session: token.hash, now: now)
                _ = try await services.database.send(as: one, .endSession(of: one))
            }
        } catch {
            guard Problem(from: error) == .notSignedIn else { throw error }
        }
    }

    /// The job `mailSignIn`: its subject is the link, a member's or an operator's.
    func mailLink(_ job: Job) async throws -> JobOutcome {
        let link = SignInLinkID(job.subject), found: LinkLetter?, token: String
        if let council = job.municipality {
            found = try await services.database.send(as: Worker(municipality: council), .linkLetter(link, of: council))
            token = services.links.token(.signIn, Link(municipality: council, id: link, generation: 0))
        } else {
            found = try await services.database.send(as: Worker(), .operatorLinkLetter(link, in: services.language))
            token = services.links.token(.operatorSignIn, Link(municipality: nil, id: link, generation: 0))
        }
        guard let letter = found, letter.until > services.clock.now() else { return .done }
        return JobOutcome(try await services.mail.send(
            .signIn(link: services.site.url("/s/\(token)"), until: letter.until),
            to: letter.address, in: letter.language, for: job, date: letter.until.adding(seconds: -Lifetime.signInLink)))
    }
}
