import Database
import Rules

/// How far a council has come: what its overview is made of.
struct CouncilProgress: Sendable {
    let hasAgreement, hasStrategist: Bool
    let posts: Int
    let administrators: Int
    /// Colleagues who ask to join.
    let joinRequests: Int
}

/// A round in the overview.
struct RoundLine: Sendable {
    let id: RoundID
    let title: String
    let state: RoundState
    let closesAt: Instant
    let closedAt, fixedAt, endedAt: Instant?
}

extension RoundLine {
    /// Whether there is something left to be done about it.
    var isUnderWay: Bool { [.planned, .seminar, .open, .closed].contains(state) }
}

/// Something to do next, for somebody who may.
enum NextStep: Sendable, Equatable {
    case recordAgreement
    /// The same for those who cannot do it themselves.
    case askForAgreement
    case inviteStrategist
    case decideOnColleagues(count: Int)
    /// One alone may be away when it matters, and cannot leave.
    case inviteAdministrator
    case addPosts(have: Int)
    case planRound
    case prepare(RoundID, title: String)
    case follow(RoundID, title: String, closes: Instant)
    case fix(RoundID, title: String)
    case read(RoundID, title: String)

    /// In the order in which a council gets on.
    static func all(for roles: Set<Role>, _ progress: CouncilProgress, _ rounds: [RoundLine]) -> [NextStep] {
        var steps: [NextStep] = []
        if !progress.hasAgreement {
            if roles.may(.recordAgreement) { steps.append(.recordAgreement) } else if roles.may(.invite) { steps.append(.askForAgreement) }
        }
        if !progress.hasStrategist, roles.may(.manageMembers) { steps.append(.inviteStrategist) }
        if progress.joinRequests > 0, roles.may(.manageMembers) { steps.append(.decideOnColleagues(count: progress.joinRequests)) }
        if progress.administrators < 2, roles.may(.manageMembers) { steps.append(.inviteAdministrator) }
        if roles.may(.managePosts), progress.posts < Contract.leastK { steps.append(.addPosts(have: progress.posts)) }
        if roles.may(.setUpRound), !rounds.contains(where: \.isUnderWay) { steps.append(.planRound) }
        if roles.may(.readRounds) { steps += rounds.compactMap { step(with: $0, roles) } }
        return steps
    }

    private static func step(with round: RoundLine, _ roles: Set<Role>) -> NextStep? {
        switch round.state {
        case .planned, .seminar: roles.may(.setUpRound) ? .prepare(round.id, title: round.title) : nil
        case .open: .follow(round.id, title: round.title, closes: round.closesAt)
        case .closed: roles.may(.fixRound) ? .fix(round.id, title: round.title) : nil
        case .fixed, .workshop: roles.may(.readResult) ? .read(round.id, title: round.title) : nil
        case .concluded, .cancelled: nil
        }
    }
}

extension Query where A == Member, R == CouncilProgress {
    static func progress(of council: MunicipalityID, at now: Instant) -> Query {
        .one("""
            select exists (select from app.agreements where municipality_id = \(council)),
                   exists (select from app.member_roles where municipality_id = \(council) and role = 'strategist'),
                   (select count(*) from app.posts where municipality_id = \(council) and retired_at is null),
                   (select count(*) from app.member_roles where municipality_id = \(council) and role = 'administrator'),
                   (select count(*) from app.join_requests where municipality_id = \(council) and state = 'waiting' and expires_at > \(now))
            """) { row in
            CouncilProgress(hasAgreement: try row.next(), hasStrategist: try row.next(), posts: try row.next(), administrators: try row.next(),
                joinRequests: try row.next())
        }
    }
}

extension Query where A == Member, R == [RoundLine] {
    /// Newest first.
    static func roundLines(of council: MunicipalityID) -> Query {
        .rows("""
            select id, title, state, closes_at, closed_at, fixed_at, ended_at from app.rounds
            where municipality_id = \(council) order by created_at desc, id limit \(Paging.onPages)
            """) { row in
            RoundLine(
                id: try row.next(), title: try row.next(), state: try RoundState(stored: row.next()), closesAt: try row.next(),
                closedAt: try row.nextOrNull(), fixedAt: try row.nextOrNull(), endedAt: try row.nextOrNull())
        }
    }
}
