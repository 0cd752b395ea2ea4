import Testing

@testable import Rules

@Suite struct RoundTests {
    static let now = Instant(rfc3339: "2026-11-23T12:00:00Z")!
    static let later = now.adding(days: 7), earlier = now.adding(seconds: -1)

    /// A round in which every condition of every step holds, except that enough have submitted to fix it.
    static func round(_ state: RoundState, submitted: Int = 7, k: Int? = 5) -> Round {
        Round(state: state, k: k, invited: 8, submitted: submitted, closesAt: later, hasAgreement: true, hasSeminar: true)
    }

    enum Outcome: Hashable, Sendable {
        case to(RoundState, Set<RoundEffect>)
        case refused(Refusal)
    }

    static func outcome(_ round: Round, _ step: RoundStep, now: Instant = now) -> Outcome {
        do throws(Refusal) {
            let turn = try round.after(step, now: now)
            return .to(turn.state, turn.effects)
        } catch { return .refused(error) }
    }

    static let steps: [RoundStep] = [
        .holdSeminar, .open(closes: later), .close, .reopen(closes: later), .fix(seen: 7), .holdWorkshop(seen: 7), .conclude(seen: 7), .cancel,
    ]

    /// Every state by every step, in the order of `steps`, with seven of eight submitted and k at 5.
    static let table: [(RoundState, [Outcome])] = {
        let cancelled = Outcome.to(.cancelled, []), concluded = Outcome.to(.concluded, [])
        let notPlanned = Outcome.refused(.roundNotPlanned), notOpen = Outcome.refused(.roundNotOpen), notClosed = Outcome.refused(.roundNotClosed)
        let notFixed = Outcome.refused(.roundNotFixed), isFixed = Outcome.refused(.roundIsFixed), enough = Outcome.refused(.enoughSubmitted)
        let over = Array(repeating: Outcome.refused(.roundIsOver), count: 8)
        return [
            (.planned, [
                .to(.seminar, [.freezeContract, .inviteToSeminar]), .to(.open, [.freezeContract, .makeResponses]), notOpen, notClosed, notClosed, notFixed,
                notFixed, cancelled,
            ]),
            (.seminar, [
                .refused(.roundIsAtSeminar), .to(.open, [.freezeContract, .makeResponses, .inviteToAnswer]), notOpen, notClosed, notClosed, notFixed, notFixed, cancelled,
            ]),
            (.open, [notPlanned, notPlanned, .to(.closed, []), notClosed, notClosed, notFixed, notFixed, cancelled]),
            (.closed, [notPlanned, notPlanned, notOpen, .to(.open, []), .to(.fixed, [.writeDocument]), enough, enough, cancelled]),
            (.fixed, [notPlanned, notPlanned, notOpen, isFixed, isFixed, .to(.workshop, []), concluded, isFixed]),
            (.workshop, [notPlanned, notPlanned, notOpen, isFixed, isFixed, .refused(.roundIsInWorkshop), concluded, isFixed]),
            (.concluded, over), (.cancelled, over),
        ]
    }()

    @Test(arguments: table) func everyStepFromEveryStateIsTakenOrRefusedAsTheTableSays(state: RoundState, expected: [Outcome]) {
        #expect(Self.steps.map { Self.outcome(Self.round(state), $0) } == expected)
    }

    @Test func theTableIsWhole() {
        #expect(Self.table.map(\.0) == RoundState.allCases && Self.table.allSatisfy { $0.1.count == Self.steps.count })
    }

    @Test func theSeminarNeedsOneToInviteToAndSomebodyToInvite() {
        var round = Self.round(.planned)
        round.hasSeminar = false
        #expect(Self.outcome(round, .holdSeminar) == .refused(.seminarMissing))
        round.invited = 0
        #expect(Self.outcome(round, .holdSeminar) == .refused(.noSeats))
        round.hasAgreement = false
        #expect(Self.outcome(round, .holdSeminar) == .refused(.agreementMissing))
    }

    @Test func aRoundOpensByItselfFromItsTimeOnAlsoLateAndOnlyOnce() {
        #expect(!Round.isToOpen(.planned, opensAt: Self.now, now: Self.earlier) && Round.isToOpen(.planned, opensAt: Self.now, now: Self.now))
        #expect(Round.isToOpen(.seminar, opensAt: Self.now, now: Self.later) && !Round.isToOpen(.open, opensAt: Self.now, now: Self.later))
        #expect(!Round.isToOpen(.planned, opensAt: nil, now: Self.later))
        #expect(throws: Refusal.openingTimeNotAhead) { try Round.mayOpen(at: Self.now, closes: Self.later, now: Self.now) }
        #expect(throws: Refusal.openingTimeNotAhead) { try Round.mayOpen(at: Self.later, closes: Self.later, now: Self.now) }
        #expect(throws: Never.self) { try Round.mayOpen(at: Self.now, closes: Self.later, now: Self.earlier) }
    }

    @Test func openingNeedsAgreementContractSeatsAndATimeAhead() {
        let open = RoundStep.open(closes: Self.later)
        var round = Self.round(.planned)
        #expect(Self.outcome(round, .open(closes: Self.now)) == .refused(.closingTimeNotAhead))
        round.invited = 0
        #expect(Self.outcome(round, open) == .refused(.noSeats))
        round.k = nil
        #expect(Self.outcome(round, open) == .refused(.contractMissing))
        round.hasAgreement = false
        #expect(Self.outcome(round, open) == .refused(.agreementMissing))
    }

    @Test func whatARoundLacksToOpenIsAllSaid() {
        var round = Self.round(.planned)
        #expect(round.lacks(toOpenUntil: Self.later, now: Self.now).isEmpty)
        (round.invited, round.k) = (0, nil)
        #expect(round.lacks(toOpenUntil: Self.later, now: Self.now) == [.contractMissing, .noSeats])
        round.hasAgreement = false
        #expect(round.lacks(toOpenUntil: Self.now, now: Self.now) == [.agreementMissing, .contractMissing, .noSeats, .closingTimeNotAhead])
    }

    @Test func reopeningNeedsATimeAhead() {
        #expect(Self.outcome(Self.round(.closed), .reopen(closes: Self.now)) == .refused(.closingTimeNotAhead))
    }

    @Test(arguments: [
        (4, 4, 5, Outcome.refused(.tooFewSubmitted)), (5, 5, 5, .to(.fixed, [.writeDocument])), (5, 5, 6, .refused(.tooFewSubmitted)),
        (6, 6, 6, .to(.fixed, [.writeDocument])), (4, 4, 3, .refused(.tooFewSubmitted)), (7, 6, 5, .refused(.submittedCountChanged)),
        (4, 5, 5, .refused(.submittedCountChanged)),
    ])
    func fixingNeedsKAndTheCountThatWasSeen(submitted: Int, seen: Int, k: Int, expected: Outcome) {
        #expect(Self.outcome(Self.round(.closed, submitted: submitted, k: k), .fix(seen: seen)) == expected)
    }

    @Test(arguments: [
        (4, 4, 5, Outcome.to(.concluded, [.writeDocument])), (0, 0, 5, .to(.concluded, [.writeDocument])),
        (5, 5, 6, .to(.concluded, [.writeDocument])), (5, 5, 5, .refused(.enoughSubmitted)),
        (4, 3, 5, .refused(.submittedCountChanged)), (4, nil, 5, .refused(.submittedCountChanged)),
    ] as [(Int, Int?, Int, Outcome)])
    func withFewerThanKAClosedRoundIsConcludedWithCountsOnly(submitted: Int, seen: Int?, k: Int, expected: Outcome) {
        #expect(Self.outcome(Self.round(.closed, submitted: submitted, k: k), .conclude(seen: seen)) == expected)
    }

    @Test(arguments: [(4, 4, Outcome.to(.workshop, [.writeDocument])), (0, 0, .to(.workshop, [.writeDocument])),
                      (5, 5, .refused(.enoughSubmitted)), (4, 3, .refused(.submittedCountChanged)), (4, nil, .refused(.submittedCountChanged))
    ] as [(Int, Int?, Outcome)])
    func withFewerThanKAClosedRoundGoesToItsWorkshopWithCountsOnly(submitted: Int, seen: Int?, expected: Outcome) {
        #expect(Self.outcome(Self.round(.closed, submitted: submitted), .holdWorkshop(seen: seen)) == expected)
    }

    @Test func aFixedRoundGoesOnWithoutACount() {
        #expect(Self.outcome(Self.round(.fixed, submitted: 0), .conclude(seen: nil)) == .to(.concluded, []))
        #expect(Self.outcome(Self.round(.fixed, submitted: 0), .holdWorkshop(seen: nil)) == .to(.workshop, []))
        #expect(Self.outcome(Self.round(.workshop, submitted: 0), .conclude(seen: nil)) == .to(.concluded, []))
    }

    @Test(arguments: [(nil, true), (-30, true), (-31, true), (-29, false), (0, false)] as [(Int?, Bool)])
    func r13TheNextRoundIsFixedThirtyDaysAfterTheLast(days: Int?, allowed: Bool) {
        let previous = days.map { Self.now.adding(days: $0) }
        #expect(Round.mayFix(previousFixedAt: previous, now: Self.now) == allowed)
        var round = Self.round(.closed)
        round.previousFixedAt = previous
        #expect((Self.outcome(round, .fix(seen: 7)) == .refused(.fixedTooRecently)) == !allowed)
    }

    @Test func oneSecondBeforeThirtyDaysIsTooSoon() {
        #expect(!Round.mayFix(previousFixedAt: Self.now.adding(days: -30).adding(seconds: 1), now: Self.now))
    }

    @Test func aRoundTakesAnswersUntilItsClosingTimeAlsoWhenTheWorkerIsLate() {
        var round = Self.round(.open)
        round.closesAt = Self.now
        #expect(!round.takesAnswers(now: Self.now) && round.isDue(now: Self.now) && round.isDue(now: Self.later))
        #expect(round.takesAnswers(now: Self.earlier) && !round.isDue(now: Self.earlier))
        round.state = .closed
        #expect(!round.takesAnswers(now: Self.earlier) && !round.isDue(now: Self.later))
    }

    @Test func theClosingTimeIsMovedOnlyWhileOpen() {
        #expect(throws: Never.self) { try Self.round(.open).mayMoveClosing(to: Self.later, now: Self.now) }
        #expect(throws: Refusal.closingTimeNotAhead) { try Self.round(.open).mayMoveClosing(to: Self.now, now: Self.now) }
        #expect(throws: Refusal.roundNotOpen) { try Self.round(.closed).mayMoveClosing(to: Self.later, now: Self.now) }
        #expect(throws: Refusal.roundIsOver) { try Self.round(.cancelled).mayMoveClosing(to: Self.later, now: Self.now) }
    }

    @Test(arguments: RoundState.allCases) func onlyAResultWithFiguresIsSharedAndOnlyAsItsContractSays(state: RoundState) {
        let agreed = ContractTests.contract(audiences: [.council, .anonymousStatistics]), silent = ContractTests.contract()
        let refusal = { (submitted: Int, contract: Contract) -> Refusal? in
            do throws(Refusal) { try Self.round(state, submitted: submitted).mayShare(with: .anonymousStatistics, under: contract) } catch { return error }
            return nil
        }
        let hasResult = [.fixed, .workshop, .concluded].contains(state)
        #expect(refusal(7, agreed) == (hasResult ? nil : .roundNotFixed))
        #expect(refusal(4, agreed) == (hasResult ? .tooFewSubmitted : .roundNotFixed))
        #expect(refusal(7, silent) == (hasResult ? .audienceNotInContract : .roundNotFixed))
    }

    @Test func peopleAreInvitedBeforeAndWhileARoundIsOpen() {
        for state in RoundState.allCases {
            let isAllowed = (try? Self.round(state).mayInvite()) != nil
            #expect(isAllowed == [.planned, .seminar, .open].contains(state))
        }
    }

    @Test func whoIsAskedChangesUntilTheRoundIsClosed() {
        let refusals: [RoundState: Refusal] = [
            .closed: .roundNotOpen, .fixed: .roundIsFixed, .workshop: .roundIsFixed, .concluded: .roundIsOver, .cancelled: .roundIsOver,
        ]
        for state in RoundState.allCases {
            let refusal: Refusal?
            do throws(Refusal) {
                try Self.round(state).mayChangeSeats()
                refusal = nil
            } catch {
                refusal = error
            }
            #expect(refusal == refusals[state])
        }
    }
}

@Suite struct ContractTests {
    static func contract(
        k: Int = 5, controller: String = "Kommunstyrelsen", purpose: String = "Mognadsanalys", contact: String = "dso@nyby.example",
        audiences: Set<Contract.Audience> = [.participants, .council], comments: Bool = false, retention: String = "Svaren raderas när resultatet fastställs.",
        disposal: String = "KS 2026/123, 2026-05-04"
    ) -> Contract {
        Contract(
            k: k, controller: controller, purpose: purpose, contact: contact, audiences: audiences, comments: comments, retention: retention,
            disposalDecision: disposal)
    }

    static let faults: [(Contract, [FieldFault])] = [
        (contract(), []), (contract(k: 12), []), (contract(retention: "En rad.\nEn till."), []),
        (contract(k: 4), [FieldFault("/k", .tooSmall)]), (contract(k: 51), [FieldFault("/k", .tooLarge)]),
        (contract(controller: ""), [FieldFault("/controller", .required)]), (contract(controller: " \n"), [FieldFault("/controller", .required)]),
        (contract(contact: "a\u{0}b"), [FieldFault("/contact", .notText)]), (contract(controller: "a\u{1b}[31m"), [FieldFault("/controller", .notText)]),
        (contract(audiences: [.participants]), [FieldFault("/audiences", .required)]), (contract(comments: true), []),
        (contract(disposal: String(repeating: "å", count: 201)), [FieldFault("/disposalDecision", .tooLong)]),
        (contract(k: 0, purpose: "", disposal: ""), [FieldFault("/k", .tooSmall), FieldFault("/purpose", .required), FieldFault("/disposalDecision", .required)]),
    ]

    @Test(arguments: faults)
    func everyFaultIsNamedWithItsPlace(contract: Contract, faults: [FieldFault]) {
        #expect(contract.faults == faults)
    }

    @Test func whatIsHashedIsOneTextForOneContract() throws {
        let text = Self.contract(audiences: [.council, .participants, .anonymousStatistics]).json.canonicalText
        #expect(
            text == """
                {"audiences":["anonymous-statistics","council","participants"],"comments":false,"contact":"dso@nyby.example","controller":"Kommunstyrelsen",\
                "disposalDecision":"KS 2026/123, 2026-05-04","k":5,"purpose":"Mognadsanalys","retention":"Svaren raderas när resultatet fastställs.",\
                "schema":"nyttograd/contract/2","split":true}
                """)
        let before = Contract(
            k: 5, controller: "c", purpose: "p", contact: "c", audiences: [.council], comments: false, retention: "r", disposalDecision: "d", split: false)
        #expect(
            before.json.canonicalText == """
                {"audiences":["council"],"comments":false,"contact":"c","controller":"c","disposalDecision":"d","k":5,"purpose":"p","retention":"r",\
                "schema":"nyttograd/contract/1"}
                """)
        #expect(try before.json.read() == before && Self.contract().json.read() == Self.contract())
        #expect(Self.contract(k: 6).canonicalBytes != Self.contract().canonicalBytes)
    }

    @Test func everyRefusalHasACodeOfItsOwn() {
        let codes = Refusal.allCases.map(\.code)
        #expect(Set(codes).count == codes.count && codes.allSatisfy { $0.allSatisfy { $0 == "-" || ("a"..."z").contains($0) } })
        #expect(Refusal.roundNotOpen.code == "round-not-open")
    }
}
