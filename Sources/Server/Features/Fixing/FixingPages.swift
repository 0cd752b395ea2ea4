import HTTPTypes
import Rules

/// The page where a round is fixed, and followed until it is.
struct FixingPages: Sendable {
    let fixing: Fixing

    init(_ services: Services) { fixing = Fixing(services: services) }

    var routes: [Route] {
        let path = "/omgangar/{roundId}/faststall"
        return [
            Route(.get, path, operation: "fixingPage", needs: .member(Capability.fixRound.rawValue)) { try await show(Form(["goal": Fixing.Goal.endWithoutFigures.rawValue]), $0) },
            Route(.post, path, operation: "fixByPage", needs: .member(Capability.fixRound.rawValue), handler: fix),
        ]
    }

    private func show(_ form: Form, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .fixRound), round: RoundID = try call.id("roundId")
        let (found, me) = try await fixing.services.database.send(
            as: member, .fixing(of: round, in: member.municipality), .me(in: member.municipality))
        guard let view = found else { throw Problem.notFound }
        let fields = FormView(form, call.texts)
        let page = Page(
            "fixing/show", title: call.texts[view.titleKey], view.values(of: round, at: call.now, fields, call.texts), form: fields,
            frame: .council(me, here: .home, call.texts))
        // The worker is quick: the browser looks again by itself.
        guard view.progress == .requested, let refresh = HTTPField.Name("Refresh") else { return .page(page) }
        return .page(page).header(refresh, "2")
    }

    @Sendable private func fix(_ call: Call) async throws -> Reply {
        try await call.submit(Confirmation.init, showing: { try await show($0, call) }) { confirmed in
            let member = try call.member(for: .fixRound), round: RoundID = try call.id("roundId")
            try await fixing.request(confirmed.goal, of: round, submitted: confirmed.submitted, as: member)
            return .seeOther("/omgangar/\(round)/faststall")
        }
    }
}

/// A person has seen the count and what the step does.
private struct Confirmation {
    let goal: Fixing.Goal
    let submitted: Int

    init(_ fields: Fields) {
        goal = fields.choice("goal")
        submitted = fields.integer("submitted", 0...1_000_000)
        if !fields.flag("understood") {
            fields.refuse("understood", FieldMessage(sv: "Kryssa i rutan när du har läst.", en: "Tick the box when you have read it."))
        }
    }
}

extension FixingView {
    func values(of round: RoundID, at now: Instant, _ form: FormView, _ texts: Texts) -> [String: PageValue] {
        let refusal = self.refusal(goal, seen: submitted, at: now)
        let isFree = progress == .none && refusal == nil
        return [
            "heading": .text(texts[titleKey]), "round": .text(title), "roundPath": .text("/omgangar/\(round)"),
            "counts": .text(texts("fixing.counts", ["submitted": String(submitted), "invited": String(invited), "k": String(k)])),
            "showsCounts": .flag(progress != .done),
            "canFix": .flag(isFree && goal == .result), "canEnd": .flag(isFree && goal == .endWithoutFigures),
            "endText": .text(texts("fixing.end.text", ["k": String(k)])),
            "isRequested": .flag(progress == .requested), "isDone": .flag(progress == .done),
            "isRefused": .flag(progress == .none && refusal != nil),
            "refusalText": .text(refusal.map { reason($0, texts) } ?? ""),
            "submittedSeen": .number(submitted),
            "goalField": form.options("goal", "fixing.end.goal", [Fixing.Goal.workshopWithoutFigures, .endWithoutFigures].map {
                .init($0.rawValue, texts["fixing.end.goal.\($0.rawValue)"])
            }),
            "doneText": .text(texts[hasFigures ? "fixing.done" : "fixing.ended"]),
            "resultLink": .text(texts[hasFigures ? "fixing.toResult" : "fixing.toRemains"]),
            "understood": form.box("understood", goal == .result ? "fixing.understood" : "fixing.end.understood"),
        ]
    }

    /// With too few answers nothing is fixed, and the page does not say so.
    fileprivate var titleKey: String {
        let endsWithoutFigures = progress == .done ? !hasFigures : state == .closed && goal == .endWithoutFigures
        return endsWithoutFigures ? "fixing.end.title" : "fixing.title"
    }

    private func reason(_ refusal: Refusal, _ texts: Texts) -> String {
        guard refusal == .fixedTooRecently, let earliest else { return Problem(refusal).detail[texts.language] }
        return texts("fixing.earliest", ["when": texts.time(earliest), "days": String(Round.daysBetweenFixings)])
    }
}
