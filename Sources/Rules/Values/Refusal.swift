/// A step that the rules do not allow. The raw value is a stable code that clients may act on; the sentence for people stands in the server's catalogue.
public enum Refusal: String, Error, Hashable, Sendable, CaseIterable {
    // A round and its steps
    case roundNotPlanned = "round-not-planned"
    case roundNotOpen = "round-not-open"
    case roundNotClosed = "round-not-closed"
    case roundNotFixed = "round-not-fixed"
    case roundIsFixed = "round-is-fixed"
    case roundIsAtSeminar = "round-is-at-seminar"
    case roundIsInWorkshop = "round-is-in-workshop"
    case roundIsOver = "round-is-over"
    case agreementMissing = "agreement-missing"
    case contractMissing = "contract-missing"
    case contractFrozen = "contract-frozen"
    case noSeats = "no-seats"
    case closingTimeNotAhead = "closing-time-not-ahead"
    case openingTimeNotAhead = "opening-time-not-ahead"
    case seminarMissing = "seminar-missing"
    case seminarIsPast = "seminar-is-past"
    case seminarHasMoved = "seminar-has-moved"
    case deputyOverlaps = "deputy-overlaps"
    case textFrozen = "text-frozen"
    case remindedToday = "reminded-today"
    case tooFewSubmitted = "too-few-submitted"
    case enoughSubmitted = "enough-submitted"
    case submittedCountChanged = "submitted-count-changed"
    case fixedTooRecently = "fixed-too-recently"
    // Sharing
    case audienceNotInContract = "audience-not-in-contract"
    // Roles
    case roleNotYoursToGrant = "role-not-yours-to-grant"
    case lastAdministrator = "last-administrator"

    public var code: String { rawValue }
}

/// One thing wrong with one field of what was sent.
public struct FieldFault: Error, Hashable, Sendable {
    /// A JSON pointer (RFC 6901) into the body, `/audiences/0`.
    public let pointer: String
    public let code: Code

    public init(_ pointer: String, _ code: Code) {
        self.pointer = pointer
        self.code = code
    }

    /// The raw value is a stable code.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        case required = "required"
        case tooLong = "too-long"
        case tooSmall = "too-small"
        case tooLarge = "too-large"
        case notText = "not-text"
        case notCollected = "not-collected"
        case notAhead = "not-ahead"
        case notAfterStart = "not-after-start"
        case notSafeLink = "not-safe-link"
        case valueOffScale = "value-off-scale"
        case markInOneOnly = "mark-in-one-only"
        case malformed = "malformed"
        case publicMailDomain = "public-mail-domain"
        case notASCII = "not-ascii"
        case checkDigit = "check-digit"
    }
}
