import Database
import Rules

/// The days on which a round reminds, and reminding now.
struct RemindersPages: Sendable {
    private let reminders: Reminders

    init(_ services: Services) { reminders = Reminders(services: services) }

    var routes: [Route] {
        let path = "/omgangar/{roundId}/paminnelser", needs = Needs.member(.invite)
        return [
            Route(.get, path, operation: "showReminders", needs: needs) { try await show(.empty, $0) },
            Route(.post, path, operation: "submitReminderDay", needs: needs, handler: add),
            Route(.post, path + "/ta-bort", operation: "submitReminderRemoval", needs: needs, handler: remove),
            Route(.post, path + "/nu", operation: "submitReminder", needs: needs, handler: remind),
        ]
    }

    private static func path(_ round: RoundID) -> String { RoundPages.path(round) + "/paminnelser" }

    private func show(_ form: Form, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .invite), council = member.municipality, round: RoundID = try call.id("roundId"), texts = call.texts
        let (me, found, days) = try await reminders.services.database.send(
            as: member, .me(in: council), .round(round, of: council), .reminders(of: round, in: council))
        guard let found else { throw Problem.notFound }
        let view = RemindersView(round: found, days: days), refusal = view.refusal(at: call.now), fields = FormView(form, texts)
        let today = SwedishTime.day(call.now)
        return .page(Page("rounds/reminders", title: texts["reminders.title"], [
            "roundTitle": .text(found.plan.title), "roundPath": .text(RoundPages.path(round)), "remindersPath": .text(Self.path(round)),
            "isEmpty": .flag(days.isEmpty), "hasDays": .flag(!days.isEmpty),
            "days": .groups(days) { it in
                [
                    "day": .text(it.day.iso), "dayText": .text(texts.day(it.day)), "isSent": .flag(it.sentAt != nil),
                    "sentText": .text(
                        it.sentAt.map { texts("reminders.sent", ["when": texts.time($0)]) }
                            ?? texts[it.day < today ? "reminders.notSent" : "reminders.toCome"]),
                ]
            },
            "canChoose": .flag(found.state.isBeforeOpening || found.state == .open), "canRemind": .flag(refusal == nil),
            "isRefused": .flag(refusal != nil), "refusalText": .text(refusal.map { Problem($0).detail[texts.language] } ?? ""),
            "dayField": fields.text("day", "reminders.day", .date),
        ], form: fields, frame: .council(me, here: .home, texts)))
    }

    @Sendable private func add(_ call: Call) async throws -> Reply {
        try await call.submit({ $0.day("day") }, showing: { try await show($0, call) }) { day in
            try await choose(call, then: "reminderAdded") { $0 + [day] }
        }
    }

    @Sendable private func remove(_ call: Call) async throws -> Reply {
        try await call.submit({ $0.day("day") }, showing: { try await show($0, call) }) { day in
            try await choose(call, then: "reminderRemoved") { days in days.filter { $0 != day } }
        }
    }

    private func choose(_ call: Call, then flash: String, _ change: ([Day]) -> [Day]) async throws -> Reply {
        let member = try call.member(for: .invite), round: RoundID = try call.id("roundId")
        let before = try await reminders.view(of: round, as: member).days.map(\.day)
        do {
            _ = try await reminders.choose(change(before), for: round, as: member)
        } catch let problem as Problem where !problem.errors.isEmpty {
            throw problem.with(problem.errors.map { FieldError("/day", FieldMessage(sv: $0.message.sv, en: $0.message.en)) })
        }
        return .seeOther(Self.path(round)).flash(flash)
    }

    @Sendable private func remind(_ call: Call) async throws -> Reply {
        try await call.submit({ _ in }, showing: { try await show($0, call) }) {
            let round: RoundID = try call.id("roundId")
            try await reminders.remind(round, as: call.member(for: .invite))
            return .seeOther(Self.path(round)).flash("reminded")
        }
    }
}
