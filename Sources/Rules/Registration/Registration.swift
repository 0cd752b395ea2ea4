/// A council's first registration: what decides whether it is let in at once (issue 3 §4).
public struct Registration: Hashable, Sendable {
    public let address: MailAddress
    public let organisationNumber: OrganisationNumber

    /// Throws the fault of an address that anybody can have.
    public init(address: MailAddress, organisationNumber: OrganisationNumber) throws(FieldFault) {
        guard !MailDomain.isPublic(address.domain) else { throw FieldFault("/email", .publicMailDomain) }
        self.address = address
        self.organisationNumber = organisationNumber
    }

    public enum Decision: Hashable, Sendable {
        case admitted
        case needsOperator(Set<Doubt>)
        /// The applicant is told that the council is here, and to turn to its administrators.
        case alreadyHere
    }

    /// What the operator is to look at.
    public enum Doubt: String, Hashable, Sendable, CaseIterable {
        case unknownDomain = "unknown-domain"
        case otherOrganisationNumber = "other-organisation-number"
    }

    /// - Parameters:
    ///   - domainKnownFor: whether the address's very domain is recorded for this municipality. No domain is guessed from a name, nor from its parent.
    ///   - recorded: the organisation number in the reference data; nil where there is none. A difference is a doubt, never a refusal.
    public func decide(domainKnownFor isKnown: Bool, recorded: OrganisationNumber?, councilIsHere: Bool) -> Decision {
        if councilIsHere { return .alreadyHere }
        var doubts: Set<Doubt> = []
        if !isKnown { doubts.insert(.unknownDomain) }
        if recorded != organisationNumber { doubts.insert(.otherOrganisationNumber) }
        return doubts.isEmpty ? .admitted : .needsOperator(doubts)
    }
}

/// How long what lives, in seconds.
public enum Lifetime {
    public static let registrationLink = 24 * 3_600
    public static let signInLink = 30 * 60
    public static let memberInvitation = 72 * 3_600
    public static let addressLink = 24 * 3_600
    public static let joinLink = 24 * 3_600
    /// A proved request to join waits so long for an administrator.
    public static let joinRequest = 14 * 86_400

    /// A session ends after so long without use …
    public static let sessionIdle = 7 * 86_400
    /// … and after so long in any case.
    public static let sessionAtMost = 30 * 86_400
    /// Its end is moved at most so often, so that reading costs no write.
    public static let sessionMovedAfter = 3_600

    public static func sessionEnd(startedAt: Instant, usedAt: Instant) -> Instant {
        min(usedAt.adding(seconds: sessionIdle), startedAt.adding(seconds: sessionAtMost))
    }

    /// The new end of a session in use, or nil if it stays: over, or moved within the hour, or at its last end.
    public static func movedSessionEnd(startedAt: Instant, endsAt: Instant, now: Instant) -> Instant? {
        let end = sessionEnd(startedAt: startedAt, usedAt: now)
        return now < endsAt && end.seconds(since: endsAt) >= sessionMovedAfter ? end : nil
    }
}
