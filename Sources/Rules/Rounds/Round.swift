/// What a step of a round depends on. The database holds it; this decides (issue 3 §6, disclosure.md R1, R13).
public struct Round: Hashable, Sendable {
    public var state: RoundState
    /// From the contract; nil while there is none.
    public var k: Int?
    /// Seats in the round.
    public var invited: Int
    /// There is a seminar to be invited to.
    public var hasSeminar: Bool
    /// Counted by the one narrow function that may (R9); once the round is fixed, as its document says.
    public var submitted: Int
    public var closesAt: Instant?
    /// The data-processing agreement is recorded.
    public var hasAgreement: Bool
    /// When the last round of the same instrument was fixed.
    public var previousFixedAt: Instant?

    public init(
        state: RoundState, k: Int?, invited: Int, submitted: Int, closesAt: Instant?, hasAgreement: Bool, previousFixedAt: Instant? = nil,
        hasSeminar: Bool = false
    ) {
        self.state = state
        self.k = k
        self.invited = invited
        self.submitted = submitted
        self.closesAt = closesAt
        self.hasAgreement = hasAgreement
        self.previousFixedAt = previousFixedAt
        self.hasSeminar = hasSeminar
    }
}

public enum RoundState: String, Hashable, Sendable, CaseIterable, Codable {
    case planned, seminar, open, closed, fixed, workshop, concluded, cancelled

    /// Before anybody can answer.
    public var isBeforeOpening: Bool { self == .planned || self == .seminar }
    /// Nothing changes any more.
    public var isOver: Bool { self == .concluded || self == .cancelled }
}

public enum RoundStep: Hashable, Sendable {
    /// Invites to the seminar.
    case holdSeminar
    case open(closes: Instant)
    case close
    case reopen(closes: Instant)
    /// `seen`: how many had submitted when the person confirmed it.
    case fix(seen: Int)
    /// From fixed, or without figures from closed with fewer than k; `seen` as for `fix`, needed from closed only.
    case holdWorkshop(seen: Int?)
    /// From fixed or from the workshop; or from closed as for the workshop.
    case conclude(seen: Int?)
    case cancel
}

/// What must happen in the same transaction as the step. What follows from the state alone (answers go, links are void) the database sees to.
public enum RoundEffect: String, Hashable, Sendable, CaseIterable {
    /// A contract that no invitation has frozen yet is frozen: answers are given under it.
    case freezeContract
    /// Everybody who has a seat is invited to the seminar.
    case inviteToSeminar
    /// Everybody who has a seat is invited to answer: until now it was the seminar only.
    case inviteToAnswer
    /// An empty response for each seat, with a random id and no time (R9).
    case makeResponses
    /// The result document; `ResultDocument.make` gives counts only where fewer than k submitted.
    case writeDocument
}

extension Round {
    public struct Turn: Hashable, Sendable {
        public let state: RoundState
        public let effects: Set<RoundEffect>
    }

    /// The state after a step and what follows from it, or why it is refused.
    public func after(_ step: RoundStep, now: Instant) throws(Refusal) -> Turn {
        switch (step, state) {
        case (.holdSeminar, .planned):
            try mayInvite()
            guard invited > 0 else { throw .noSeats }
            guard hasSeminar else { throw .seminarMissing }
            return Turn(state: .seminar, effects: [.freezeContract, .inviteToSeminar])

        case (.open(let closes), .planned), (.open(let closes), .seminar):
            if let lack = lacks(toOpenUntil: closes, now: now).first { throw lack }
            return Turn(state: .open, effects: state == .seminar ? [.freezeContract, .makeResponses, .inviteToAnswer] : [.freezeContract, .makeResponses])

        case (.close, .open):
            return Turn(state: .closed, effects: [])

        case (.reopen(let closes), .closed):
            guard closes > now else { throw .closingTimeNotAhead }
            return Turn(state: .open, effects: [])

        case (.fix(let seen), .closed):
            guard seen == submitted else { throw .submittedCountChanged }
            guard submitted >= leastSubmitted else { throw .tooFewSubmitted }
            guard Round.mayFix(previousFixedAt: previousFixedAt, now: now) else { throw .fixedTooRecently }
            return Turn(state: .fixed, effects: [.writeDocument])

        case (.holdWorkshop(let seen), .closed):
            try mayGoWithoutFigures(seen: seen)
            return Turn(state: .workshop, effects: [.writeDocument])

        case (.holdWorkshop, .fixed):
            return Turn(state: .workshop, effects: [])

        case (.conclude(let seen), .closed):
            try mayGoWithoutFigures(seen: seen)
            return Turn(state: .concluded, effects: [.writeDocument])

        case (.conclude, .fixed), (.conclude, .workshop):
            return Turn(state: .concluded, effects: [])

        case (.cancel, .planned), (.cancel, .seminar), (.cancel, .open), (.cancel, .closed):
            return Turn(state: .cancelled, effects: [])

        default:
            throw refusal(of: step)
        }
    }

    /// All that a round before its opening lacks to be opened, in the order in which it is made good.
    public func lacks(toOpenUntil closes: Instant, now: Instant) -> [Refusal] {
        [(Refusal.agreementMissing, !hasAgreement), (.contractMissing, k == nil), (.noSeats, invited == 0), (.closingTimeNotAhead, closes <= now)]
            .filter(\.1).map(\.0)
    }

    /// With fewer than k the same confirmed step as fixing deletes the answers, and leaves a document of counts (R1).
    private func mayGoWithoutFigures(seen: Int?) throws(Refusal) {
        guard seen == submitted else { throw .submittedCountChanged }
        guard submitted < leastSubmitted else { throw .enoughSubmitted }
    }

    /// Inviting needs the recorded agreement and the round's contract, and is done before and while the round is open.
    public func mayInvite() throws(Refusal) {
        try mayChangeSeats()
        guard hasAgreement else { throw .agreementMissing }
        guard k != nil else { throw .contractMissing }
    }

    /// Who is asked may change until the round is closed.
    public func mayChangeSeats() throws(Refusal) {
        guard state.isBeforeOpening || state == .open else { throw refusalOfCollecting }
    }

    /// A seminar comes before the opening.
    public func mayPlanSeminar() throws(Refusal) {
        guard state.isBeforeOpening else { throw state.isOver ? .roundIsOver : isSettled ? .roundIsFixed : .roundNotPlanned }
    }

    /// The closing time may be moved while the round is open.
    public func mayMoveClosing(to closes: Instant, now: Instant) throws(Refusal) {
        guard state == .open else { throw refusalOfCollecting }
        guard closes > now else { throw .closingTimeNotAhead }
    }

    /// People are reminded while they can answer.
    public func mayRemind(now: Instant) throws(Refusal) {
        guard state == .open, !isDue(now: now) else { throw refusalOfCollecting }
    }

    /// An opening time lies ahead, and before the closing.
    public static func mayOpen(at opens: Instant, closes: Instant, now: Instant) throws(Refusal) {
        guard opens > now, opens < closes else { throw .openingTimeNotAhead }
    }

    /// Sharing a result beyond the council needs a result with figures, and a contract that named the audience before anybody answered (R14).
    public func mayShare(with audience: Contract.Audience, under contract: Contract) throws(Refusal) {
        guard [.fixed, .workshop, .concluded].contains(state) else { throw .roundNotFixed }
        guard submitted >= leastSubmitted else { throw .tooFewSubmitted }
        guard contract.audiences.contains(audience) else { throw .audienceNotInContract }
    }

    /// Whether the worker closes the round now, also when it comes late.
    public func isDue(now: Instant) -> Bool {
        guard state == .open, let closesAt else { return false }
        return closesAt <= now
    }

    /// Whether the worker opens the round now, also when it comes late; whether it can be opened is for `after` to say.
    public static func isToOpen(_ state: RoundState, opensAt: Instant?, now: Instant) -> Bool {
        guard state.isBeforeOpening, let opensAt else { return false }
        return opensAt <= now
    }

    /// Whether an answer received now is saved: closing is exact, also before the worker has come round.
    public func takesAnswers(now: Instant) -> Bool {
        state == .open && !isDue(now: now)
    }

    /// R13: the next round of the same instrument is fixed 30 days after the last at the earliest.
    public static func mayFix(previousFixedAt: Instant?, now: Instant) -> Bool {
        guard let previousFixedAt else { return true }
        return now >= previousFixedAt.adding(days: daysBetweenFixings)
    }

    public static let daysBetweenFixings = 30

    private var leastSubmitted: Int { max(k ?? 0, Disclosure.leastK) }

    private var isSettled: Bool { state == .fixed || state == .workshop }

    private var refusalOfCollecting: Refusal { state.isOver ? .roundIsOver : isSettled ? .roundIsFixed : .roundNotOpen }

    /// Why a step is refused that the state does not have.
    private func refusal(of step: RoundStep) -> Refusal {
        if state.isOver { return .roundIsOver }
        switch step {
        case .holdSeminar: return state == .seminar ? .roundIsAtSeminar : .roundNotPlanned
        case .open: return .roundNotPlanned
        case .close: return .roundNotOpen
        case .reopen, .fix: return isSettled ? .roundIsFixed : .roundNotClosed
        case .holdWorkshop: return state == .workshop ? .roundIsInWorkshop : .roundNotFixed
        case .conclude: return .roundNotFixed
        case .cancel: return .roundIsFixed
        }
    }
}
