import Database
import Rules

// The steps of a round. The rules say where one leads and what must happen with it; here it happens, in one transaction under the round's lock.

extension Rounds {
    /// Invites everybody who has a seat to the seminar.
    func holdSeminar(_ id: RoundID, as member: Member) async throws -> RoundView {
        try await take(id, as: member) { _ in .holdSeminar }
    }

    func open(_ id: RoundID, as member: Member) async throws -> RoundView {
        try await take(id, as: member) { .open(closes: $0.plan.closesAt) }
    }

    func close(_ id: RoundID, as member: Member) async throws -> RoundView {
        try await take(id, as: member) { _ in .close }
    }

    func reopen(_ id: RoundID, until closes: Instant, as member: Member) async throws -> RoundView {
        try await take(id, as: member) { _ in .reopen(closes: closes) }
    }

    func cancel(_ id: RoundID, as member: Member) async throws -> RoundView {
        try await take(id, as: member) { _ in .cancel }
    }

    /// Takes a fixed round to its workshop. A closed one with too few answers goes there by the worker, as fixing does (`Fixing`).
    func holdWorkshop(_ id: RoundID, as member: Member) async throws -> RoundView {
        try await take(id, as: member) { _ in .holdWorkshop(seen: nil) }
    }

    /// Ends a fixed round. A closed one with too few answers is ended by the worker, as fixing is (`Fixing`): here no count was seen.
    func conclude(_ id: RoundID, as member: Member) async throws -> RoundView {
        try await take(id, as: member) { _ in .conclude(seen: nil) }
    }

    private func take(_ id: RoundID, as member: Member, _ step: @escaping @Sendable (RoundView) -> RoundStep) async throws -> RoundView {
        let council = member.municipality, now = member.now
        let after = try await services.database.transaction(as: member) { tx in
            let round = try tx.lockRound(id, of: council)
            let step = step(round)
            let turn: Round.Turn
            do { turn = try round.rules.after(step, now: now) } catch Refusal.closingTimeNotAhead { throw Problem.closingTimeNotAhead }
            try tx.carryOut(turn, closes: step.closes ?? round.plan.closesAt, on: round, at: now, of: council)
            return try tx.run(.round(id, of: council)) ?? round
        }
        services.bell.ring()
        return after
    }
}

extension Tx where A == Member {
    fileprivate mutating func carryOut(_ turn: Round.Turn, closes: Instant, on round: RoundView, at now: Instant, of council: MunicipalityID) throws {
        if turn.effects.contains(.freezeContract), !round.contractIsFrozen { try freezeContract(of: round.id, at: now, in: council) }
        if turn.effects.contains(.makeResponses) { try freeze(.introduction, of: round.id, at: now, in: council) }
        guard try run(.move(round.id, to: turn.state, closesAt: closes, at: now)) else { throw UnknownStep(from: round.state, to: turn.state) }
        if turn.effects.contains(.inviteToSeminar) { _ = try run(.inviteToSeminar(nil, everybody: true, at: now, in: round.id, of: council)) }
        if turn.effects.contains(.inviteToAnswer) { _ = try run(.inviteEverybody(at: now, in: round.id, of: council)) }
        if turn.state == .cancelled, round.state == .seminar { try callOffSeminar(of: round.id, at: now, in: council) }
        // Personal links end by the state alone (app.enter_participant).
        if turn.state == .open { _ = try run(.order(.closeRound, round.id.uuid, for: council, at: closes)) }
    }
}

/// A step that the rules allow and the database does not.
private struct UnknownStep: Error, CustomStringConvertible {
    let from, to: RoundState
    var description: String { "the database has no step from \(from.rawValue) to \(to.rawValue)" }
}

extension RoundStep {
    fileprivate var closes: Instant? {
        switch self {
        case .open(let closes), .reopen(let closes): closes
        case .holdSeminar, .close, .fix, .holdWorkshop, .conclude, .cancel: nil
        }
    }
}

/// The steps by name, in the order of a round.
enum NamedStep: String, Sendable, CaseIterable {
    case invite, seminar, open, close, reopen, fix, workshop, conclude, cancel
}

extension RoundView {
    /// Why a step cannot be taken now; nil if it can.
    func refusal(of step: NamedStep, now: Instant) -> Refusal? {
        do throws(Refusal) {
            let rules = self.rules
            switch step {
            case .invite:
                try rules.mayInvite()
                if seats == 0 { throw .noSeats }
            case .seminar: _ = try rules.after(.holdSeminar, now: now)
            case .open: _ = try rules.after(.open(closes: plan.closesAt), now: now)
            case .close: _ = try rules.after(.close, now: now)
            case .reopen: _ = try rules.after(.reopen(closes: now.adding(seconds: 1)), now: now)
            case .fix: _ = try rules.after(.fix(seen: submitted), now: now)
            case .workshop: _ = try rules.after(.holdWorkshop(seen: submitted), now: now)
            case .conclude: _ = try rules.after(.conclude(seen: submitted), now: now)
            case .cancel: _ = try rules.after(.cancel, now: now)
            }
            return nil
        } catch {
            return error
        }
    }
}
