import HTTPTypes
import Rules

/// Rounds and their steps, over the API.
struct RoundsAPI: Sendable {
    private let rounds: Rounds
    private let fixing: FixingAPI

    init(_ services: Services) { (rounds, fixing) = (Rounds(services: services), FixingAPI(services)) }

    var routes: [Route] {
        let all = "/api/v1/rounds", one = "/api/v1/rounds/{roundId}"
        return [
            Route(.get, all, operation: "listRounds", needs: .member(.readRounds), paged: true, handler: listRounds),
            Route(.post, all, operation: "createRound", needs: .member(.setUpRound), handler: createRound),
            Route(.get, one, operation: "getRound", needs: .member(.readRounds), handler: getRound),
            Route(.patch, one, operation: "changeRound", needs: .member(.setUpRound), handler: changeRound),
            Route(.post, one + "/opening", operation: "openRound", needs: .member(.openRound), takes: .nothing, handler: openRound),
            Route(.post, one + "/closing", operation: "closeRound", needs: .member(.closeRound), takes: .nothing, handler: closeRound),
            Route(.post, one + "/reopening", operation: "reopenRound", needs: .member(.closeRound), handler: reopenRound),
            Route(.post, one + "/workshop", operation: "holdWorkshop", needs: .member(.concludeRound), handler: holdWorkshop),
            Route(.post, one + "/conclusion", operation: "concludeRound", needs: .member(.concludeRound), handler: concludeRound),
            Route(.post, one + "/cancellation", operation: "cancelRound", needs: .member(.cancelRound), takes: .nothing, handler: cancelRound),
            Route(.get, one + "/response-count", operation: "getResponseCount", needs: .member(.readResponseCount), handler: getResponseCount),
        ]
    }

    @Sendable private func listRounds(_ call: Call) async throws -> Reply {
        let (found, total) = try await rounds.list(call.paging, as: call.member(for: .readRounds))
        return try call.list(found.map { .object($0.members(call)) }, of: total)
    }

    @Sendable private func createRound(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .setUpRound)
        let round = try await rounds.create(try call.body(RoundPlan.init), as: member)
        return .created(round.summary.path, json(round, call))
    }

    @Sendable private func getRound(_ call: Call) async throws -> Reply {
        .json(json(try await rounds.view(call.id("roundId"), as: call.member(for: .readRounds)), call))
    }

    @Sendable private func changeRound(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .setUpRound), id: RoundID = try call.id("roundId")
        let change = try call.body(RoundChange.init(api:))
        guard !change.isEmpty else { throw Problem.invalidFields([FieldError("", .required)]) }
        return .json(json(try await rounds.change(id, change, as: member), call))
    }

    @Sendable private func openRound(_ call: Call) async throws -> Reply {
        .json(json(try await rounds.open(call.id("roundId"), as: call.member(for: .openRound)), call))
    }

    @Sendable private func closeRound(_ call: Call) async throws -> Reply {
        .json(json(try await rounds.close(call.id("roundId"), as: call.member(for: .closeRound)), call))
    }

    @Sendable private func reopenRound(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .closeRound), id: RoundID = try call.id("roundId")
        return .json(json(try await rounds.reopen(id, until: try call.body { $0.instant("closesAt") }, as: member), call))
    }

    @Sendable private func holdWorkshop(_ call: Call) async throws -> Reply {
        try await settle(call, orRequest: .workshopWithoutFigures) { try await rounds.holdWorkshop($0, as: $1) }
    }

    @Sendable private func concludeRound(_ call: Call) async throws -> Reply {
        try await settle(call, orRequest: .endWithoutFigures) { try await rounds.conclude($0, as: $1) }
    }

    /// A closed round goes on by the worker, because its answers are to be deleted and a document written.
    private func settle(
        _ call: Call, orRequest goal: Fixing.Goal, _ step: (RoundID, Member) async throws -> RoundView
    ) async throws -> Reply {
        let member = try call.member(for: .concludeRound), id: RoundID = try call.id("roundId")
        guard try await rounds.view(id, as: member).state == .closed else {
            _ = try call.body { $0.given("submitted")?.integer(0...1_000_000) }
            return .json(json(try await step(id, member), call))
        }
        return try await fixing.request(goal, call, as: member)
    }

    @Sendable private func cancelRound(_ call: Call) async throws -> Reply {
        .json(json(try await rounds.cancel(call.id("roundId"), as: call.member(for: .cancelRound)), call))
    }

    @Sendable private func getResponseCount(_ call: Call) async throws -> Reply {
        let round = try await rounds.view(call.id("roundId"), as: call.member(for: .readResponseCount))
        return .json([
            "invited": .integer(round.invited), "submitted": .integer(round.submitted), "k": .number(round.k),
            "oneMore": round.nextAnswer.map(\.json) ?? .null, "_links": ["self": call.link(call.path)],
        ])
    }

    private func json(_ round: RoundView, _ call: Call) -> JSON {
        let steps = JSON.list(NamedStep.allCases) { step in
            let refusal = round.refusal(of: step, now: call.now)
            return ["step": .string(step.rawValue), "allowed": .bool(refusal == nil), "reason": .text(refusal?.code)]
        }
        return .object(round.summary.members(call) + [.init("missedOpening", .instant(round.summary.missedOpening)), .init("steps", steps)])
    }
}

// MARK: - What is sent

extension RoundPlan {
    init(_ fields: Fields) {
        title = fields.text("title", RoundPlan.name)
        instrument = fields.id("instrumentId")
        targetYear = Int16(fields.integer("targetYear", RoundPlan.years))
        opensAt = fields.given("opensAt")?.instant()
        closesAt = fields.instant("closesAt")
        ordererName = fields.text("ordererName", RoundPlan.name)
        ordererTitle = fields.text("ordererTitle", RoundPlan.name)
        runnerName = fields.text("runnerName", RoundPlan.name)
        runnerTitle = fields.text("runnerTitle", RoundPlan.name)
    }

    static let name = 1...120, years = 2000...2100
}

extension RoundChange {
    init(api fields: Fields) { self.init(fields, opening: fields.given("opensAt").map { $0.isNull ? .byHand : .at($0.instant()) }) }

    /// The form shows the whole plan: a time that is left blank is taken away.
    init(page fields: Fields) {
        self.init(fields, opening: fields.has("title") ? fields.given("opensAt").map { .at($0.instant()) } ?? .byHand : nil)
    }

    private init(_ fields: Fields, opening: Opening?) {
        fields.refuseIfEmpty()
        self.opening = opening
        title = fields.given("title")?.text(RoundPlan.name)
        targetYear = fields.given("targetYear").map { Int16($0.integer(RoundPlan.years)) }
        closesAt = fields.given("closesAt")?.instant()
        ordererName = fields.given("ordererName")?.text(RoundPlan.name)
        ordererTitle = fields.given("ordererTitle")?.text(RoundPlan.name)
        runnerName = fields.given("runnerName")?.text(RoundPlan.name)
        runnerTitle = fields.given("runnerTitle")?.text(RoundPlan.name)
        diaryNumber = fields.given("diaryNumber")?.text(RoundChange.diaryNumbers)
    }

    /// Of the registry's number alone.
    init(diaryNumber: String) {
        (title, targetYear, opening, closesAt, ordererName, ordererTitle, runnerName, runnerTitle) = (nil, nil, nil, nil, nil, nil, nil, nil)
        self.diaryNumber = diaryNumber
    }

    static let diaryNumbers = 0...60
}

// MARK: - What is answered

extension RoundView {
    /// While it collects, and when it could be opened again.
    var nextAnswer: NextAnswer? { [.open, .closed].contains(state) ? NextAnswer(submitted: submitted, invited: invited, k: k) : nil }
}

extension NextAnswer {
    fileprivate var json: JSON {
        ["itemsNow": .number(itemsNow), "itemsThen": .number(itemsThen), "text": ["sv": .string(text.sv), "en": .string(text.en)]]
    }
}

extension RoundSummary {
    fileprivate var path: String { "/api/v1/rounds/\(id)" }

    fileprivate func members(_ call: Call) -> [JSON.Member] {
        [
            .init("id", .id(id)), .init("title", .string(plan.title)), .init("state", .string(state.rawValue)),
            .init("instrument", [
                "id": .id(plan.instrument), "key": .string(instrumentKey), "version": .integer(Int(instrumentVersion)),
                "name": instrumentName.json,
            ]),
            .init("targetYear", .integer(Int(plan.targetYear))), .init("opensAt", .instant(plan.opensAt)), .init("closesAt", .instant(plan.closesAt)),
            .init("ordererName", .string(plan.ordererName)), .init("ordererTitle", .string(plan.ordererTitle)),
            .init("runnerName", .string(plan.runnerName)), .init("runnerTitle", .string(plan.runnerTitle)),
            .init("diaryNumber", .text(diaryNumber)),
            .init("createdAt", .instant(createdAt)), .init("openedAt", .instant(openedAt)), .init("closedAt", .instant(closedAt)),
            .init("fixedAt", .instant(fixedAt)), .init("endedAt", .instant(endedAt)), .init("_links", ["self": call.link(path)]),
        ]
    }
}
