import Database
import Rules

/// A council's rounds: planning them, and moving them through their states (`RoundSteps.swift`).
struct Rounds: Sendable {
    let services: Services

    func list(_ paging: Paging, as member: Member) async throws -> (rounds: [RoundSummary], total: Int) {
        let council = member.municipality
        return try await services.database.send(
            as: member, .rounds(of: council, limit: paging.limit, offset: paging.offset), .numberOfRounds(of: council))
    }

    func view(_ id: RoundID, as member: Member) async throws -> RoundView {
        guard let round = try await services.database.send(as: member, .round(id, of: member.municipality)) else { throw Problem.notFound }
        return round
    }

    func create(_ plan: RoundPlan, as member: Member) async throws -> RoundView {
        guard plan.closesAt > member.now else { throw Problem.closingTimeNotAhead }
        try plan.checkOpening(now: member.now)
        let id = RoundID.random(), council = member.municipality
        return try await services.database.transaction(as: member) { tx in
            _ = try tx.run(.takeFromOffer(plan.instrument, at: member.now, to: council))
            guard try tx.run(.add(plan, id: id, at: member.now, to: council)) == 1 else {
                throw Problem.invalidFields([FieldError("/instrumentId", .notThere)])
            }
            if let opens = plan.opensAt { _ = try tx.run(.order(.openRound, id.uuid, for: council, at: opens)) }
            guard let round = try tx.run(.round(id, of: council)) else { throw Problem.notFound }
            return round
        }
    }

    /// Before the round is opened all may change but the instrument, and the target year once people are invited; while it is open the closing time; and
    /// until it is over the registry's number.
    func change(_ id: RoundID, _ change: RoundChange, as member: Member) async throws -> RoundView {
        let council = member.municipality, now = member.now
        let round = try await services.database.transaction(as: member) { tx in
            let before = try tx.lockRound(id, of: council)
            try before.mayChange(change, now: now)
            let plan = change.applied(to: before.plan)
            if !change.isOfDiaryNumberOnly { _ = try tx.run(.change(id, to: plan, of: council)) }
            if let number = change.diaryNumber { try tx.run(.setDiaryNumber(number, of: id)) }
            if let opens = plan.opensAt, before.plan.opensAt != opens { _ = try tx.run(.order(.openRound, id.uuid, for: council, at: opens)) }
            if before.state == .open, let closes = change.closesAt {
                _ = try tx.run(.order(.closeRound, id.uuid, for: council, at: closes))
            }
            return try tx.run(.round(id, of: council)) ?? before
        }
        services.bell.ring()
        return round
    }
}

/// What is to be different in a round.
struct RoundChange: Sendable {
    let title: String?
    let targetYear: Int16?
    /// To open by itself at that time, or no more.
    let opening: Opening?
    let closesAt: Instant?
    let ordererName, ordererTitle, runnerName, runnerTitle: String?
    /// The number in the council's registry; empty to take it away.
    let diaryNumber: String?

    enum Opening: Equatable, Sendable { case at(Instant), byHand }

    func applied(to plan: RoundPlan) -> RoundPlan {
        RoundPlan(
            title: title ?? plan.title, instrument: plan.instrument, targetYear: targetYear ?? plan.targetYear,
            opensAt: opening.map { if case .at(let time) = $0 { time } else { nil } } ?? plan.opensAt, closesAt: closesAt ?? plan.closesAt,
            ordererName: ordererName ?? plan.ordererName, ordererTitle: ordererTitle ?? plan.ordererTitle,
            runnerName: runnerName ?? plan.runnerName, runnerTitle: runnerTitle ?? plan.runnerTitle)
    }

    var isEmpty: Bool { isOfDiaryNumberOnly && diaryNumber == nil }

    var isOfDiaryNumberOnly: Bool { isOfClosingTimeOnly && closesAt == nil }

    /// The registry's number, which the state of a round has nothing to do with, apart.
    var isOfClosingTimeOnly: Bool {
        title == nil && targetYear == nil && opening == nil && ordererName == nil && ordererTitle == nil && runnerName == nil && runnerTitle == nil
    }
}

extension RoundPlan {
    fileprivate func checkOpening(now: Instant) throws(Problem) {
        guard let opensAt else { return }
        do { try Round.mayOpen(at: opensAt, closes: closesAt, now: now) } catch { throw .openingTimeNotAhead }
    }
}

extension RoundView {
    /// For the rules.
    var rules: Round {
        Round(
            state: state, k: k, invited: seats, submitted: submitted, closesAt: plan.closesAt, hasAgreement: hasAgreement, previousFixedAt: previousFixedAt,
            hasSeminar: hasSeminar)
    }

    fileprivate func mayChange(_ change: RoundChange, now: Instant) throws {
        if change.isOfDiaryNumberOnly, change.diaryNumber != nil, !state.isOver { return }
        guard state.isBeforeOpening else {
            guard change.isOfClosingTimeOnly, let closes = change.closesAt else {
                throw state.isOver ? Refusal.roundIsOver : [.fixed, .workshop].contains(state) ? .roundIsFixed : .roundNotPlanned
            }
            do { try rules.mayMoveClosing(to: closes, now: now) } catch Refusal.closingTimeNotAhead { throw Problem.closingTimeNotAhead }
            return
        }
        // The year stands in what the participants were promised to answer about.
        if contractIsFrozen, let year = change.targetYear, year != plan.targetYear { throw Refusal.contractFrozen }
        if let closes = change.closesAt, closes <= now { throw Problem.closingTimeNotAhead }
        if change.opening != nil || change.closesAt != nil { try change.applied(to: plan).checkOpening(now: now) }
    }
}

extension Tx where A == Member {
    /// The round, locked until the transaction ends, as it is once it is locked: a statement that waits for a lock does not see what it waited for.
    mutating func lockRound(_ id: RoundID, of council: MunicipalityID) throws -> RoundView {
        _ = try run(.lockRound(id, of: council))
        guard let round = try run(.round(id, of: council)) else { throw Problem.notFound }
        return round
    }
}

extension Problem {
    /// Shown at the field too.
    static let openingTimeNotAhead = Problem(.openingTimeNotAhead).with([FieldError("/opensAt", .notAhead)])
    static let closingTimeNotAhead = Problem(.closingTimeNotAhead).with([FieldError("/closesAt", .notAhead)])

    /// Once a seat has been invited; the same whether anything was answered or not (disclosure.md R11).
    static let answersWouldBeDeleted = Problem("answers-would-be-deleted", .conflict,
        title: Text2(sv: "Svar skulle raderas", en: "Answers would be deleted"),
        detail: Text2(
            sv: "Det som kan ha svarats på platsen raderas, och länken slutar gälla. Bekräfta att du vill det.",
            en: "Whatever was answered by this seat is deleted, and its link becomes void. Confirm it."))
}

extension FieldMessage {
    static let notThere = FieldMessage(sv: "Finns inte.", en: "Does not exist.")
    static let notAhead = FieldMessage(sv: "Ska ligga framåt i tiden.", en: "Must lie ahead.")
}
