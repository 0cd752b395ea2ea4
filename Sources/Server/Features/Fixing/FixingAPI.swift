import Rules

struct FixingAPI: Sendable {
    let fixing: Fixing

    init(_ services: Services) { fixing = Fixing(services: services) }

    var routes: [Route] {
        let path = "/api/v1/rounds/{roundId}/fixing"
        return [
            Route(.get, path, operation: "getFixing", needs: .member(Capability.readRounds.rawValue), handler: getFixing),
            Route(.post, path, operation: "requestFixing", needs: .member(Capability.fixRound.rawValue), handler: requestFixing),
        ]
    }

    @Sendable private func getFixing(_ call: Call) async throws -> Reply {
        .json(try await fixing.view(of: call.id("roundId"), as: call.member(for: .readRounds)).json(call))
    }

    @Sendable private func requestFixing(_ call: Call) async throws -> Reply {
        try await request(.result, call, as: call.member(for: .fixRound))
    }

    /// Also the end of a closed round with too few answers, which is part of `concludeRound`.
    func request(_ goal: Fixing.Goal, _ call: Call, as member: Member) async throws -> Reply {
        let round: RoundID = try call.id("roundId")
        let seen = try call.body { $0.integer("submitted", 0...1_000_000) }
        try await fixing.request(goal, of: round, submitted: seen, as: member)
        let view = try await fixing.view(of: round, as: member)
        return .accepted(FixingView.path(round), try view.json(call))
    }
}

extension FixingView {
    static func path(_ round: RoundID) -> String { "/api/v1/rounds/\(round)/fixing" }

    enum Progress: String, Sendable { case none, requested, done }

    var progress: Progress { doneAt != nil ? .done : requestedAt != nil ? .requested : .none }

    fileprivate func json(_ call: Call) throws -> JSON {
        [
            "state": .string(progress.rawValue), "requestedAt": .instant(requestedAt), "fixedAt": .instant(doneAt),
            "_links": ["self": call.link(FixingView.path(try call.id("roundId")))],
        ]
    }
}
