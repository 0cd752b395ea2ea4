import Rules

struct RemindersAPI: Sendable {
    private let reminders: Reminders

    init(_ services: Services) { reminders = Reminders(services: services) }

    var routes: [Route] {
        let path = "/api/v1/rounds/{roundId}/reminders", needs = Needs.member(.invite)
        return [
            Route(.get, path, operation: "getReminders", needs: needs, handler: get),
            Route(.put, path, operation: "setReminders", needs: needs, handler: set),
            Route(.post, path, operation: "remind", needs: needs, takes: .nothing, handler: remind),
        ]
    }

    @Sendable private func get(_ call: Call) async throws -> Reply {
        .json(try await reminders.view(of: call.id("roundId"), as: call.member(for: .invite)).json(call))
    }

    @Sendable private func set(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .invite), round: RoundID = try call.id("roundId")
        let days = try call.body { fields in
            if !fields.has("days") { fields.refuse("days", .required) }
            return fields.list("days", 0...Reminders.mostDays) { $0.day() }
        }
        return .json(try await reminders.choose(days, for: round, as: member).json(call))
    }

    @Sendable private func remind(_ call: Call) async throws -> Reply {
        let round: RoundID = try call.id("roundId"), member = try call.member(for: .invite)
        try await reminders.remind(round, as: member)
        return .accepted("/api/v1/rounds/\(round)/reminders", try await reminders.view(of: round, as: member).json(call))
    }
}

extension Reminders {
    static let mostDays = 30
}

extension RemindersView {
    fileprivate func json(_ call: Call) -> JSON {
        let refusal = refusal(at: call.now)
        return [
            "days": .list(days) { ["day": .string($0.day.iso), "sentAt": .instant($0.sentAt)] },
            "canRemind": .bool(refusal == nil), "reason": .text(refusal?.code),
            "_links": ["self": call.link("/api/v1/rounds/\(round.id)/reminders")],
        ]
    }
}
