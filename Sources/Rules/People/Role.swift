/// What a member is in his council. One member may be several; what they may do adds up.
public enum Role: String, Hashable, Sendable, CaseIterable, Codable {
    case administrator, strategist, director
    case programmeArea = "programme-area"

    public var name: Text2 {
        switch self {
        case .administrator: Text2(sv: "Administratör", en: "Administrator")
        case .strategist: Text2(sv: "Strateg", en: "Strategist")
        case .director: Text2(sv: "Direktör", en: "Director")
        case .programmeArea: Text2(sv: "Företrädare för programområde", en: "Programme-area representative")
        }
    }
}

/// What an operation of the API needs; `openapi.yaml` names it as `x-capability`.
public enum Capability: String, Hashable, Sendable, CaseIterable, Codable {
    case readCouncil = "read-council"
    case readMembers = "read-members"
    case manageMembers = "manage-members"
    case recordAgreement = "record-agreement"
    case changeSettings = "change-settings"
    case readPosts = "read-posts"
    case managePosts = "manage-posts"
    case readRounds = "read-rounds"
    case setUpRound = "set-up-round"
    case invite = "invite"
    case openRound = "open-round"
    case closeRound = "close-round"
    case fixRound = "fix-round"
    case concludeRound = "conclude-round"
    case cancelRound = "cancel-round"
    case readResponseCount = "read-response-count"
    case readResult = "read-result"
    case shareResult = "share-result"
    case readPosition = "read-position"
    case writeAnalysis = "write-analysis"
    case deleteComment = "delete-comment"
    case readLog = "read-log"
}

/// The one table of who may do what, and who may make whom what.
public enum Permissions {
    public static let table: [Capability: Set<Role>] = [
        .readCouncil: [.administrator, .strategist, .director, .programmeArea],
        // People and papers
        .readMembers: [.administrator, .strategist],
        .manageMembers: [.administrator],
        .recordAgreement: [.administrator],
        .changeSettings: [.administrator],
        // A round
        .readPosts: [.strategist],
        .managePosts: [.strategist],
        .readRounds: [.strategist, .director, .programmeArea],
        .setUpRound: [.strategist],
        .invite: [.strategist],
        .openRound: [.strategist],
        .closeRound: [.strategist],
        .fixRound: [.strategist],
        .concludeRound: [.strategist],
        .cancelRound: [.strategist],
        .readResponseCount: [.strategist],
        // What it gave; nothing of it by being an administrator
        .readResult: [.strategist, .director, .programmeArea],
        .shareResult: [.strategist],
        .readPosition: [.strategist, .director, .programmeArea],
        .writeAnalysis: [.strategist],
        .deleteComment: [.strategist],
        .readLog: [.administrator, .strategist],
    ]

    /// The roles that a holder of the key may give and take.
    public static let grants: [Role: Set<Role>] = [
        .administrator: [.administrator, .strategist, .director, .programmeArea],
        .strategist: [],
        .director: [],
        .programmeArea: [],
    ]

    /// What the first approved person of a council becomes.
    public static let ofTheFirst: Set<Role> = [.administrator, .strategist]
}

extension Set<Role> {
    public func may(_ capability: Capability) -> Bool {
        !isDisjoint(with: Permissions.table[capability, default: []])
    }

    public var capabilities: Set<Capability> {
        Set<Capability>(Capability.allCases.filter(may))
    }

    /// Whether a holder of these roles may change somebody's from `before` to `after`; `administrators` is how many the council has now.
    public func mayChange(from before: Set<Role>, to after: Set<Role>, administrators: Int) throws(Refusal) {
        let grantable = reduce(into: Set()) { $0.formUnion(Permissions.grants[$1, default: []]) }
        guard before.symmetricDifference(after).isSubset(of: grantable) else { throw .roleNotYoursToGrant }
        let leaves = before.contains(.administrator) && !after.contains(.administrator)
        guard !leaves || administrators > 1 else { throw .lastAdministrator }
    }

    /// Whether a holder of these roles may leave the council, which everybody may but the last administrator.
    public func mayLeave(administrators: Int) throws(Refusal) {
        guard !contains(.administrator) || administrators > 1 else { throw .lastAdministrator }
    }
}
