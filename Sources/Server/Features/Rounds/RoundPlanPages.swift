import Database
import Rules

/// Setting up a round, and changing what can still be changed about it.
struct RoundPlanPages: Sendable {
    private let rounds: Rounds

    init(_ services: Services) { rounds = Rounds(services: services) }

    var routes: [Route] {
        let new = "/omgangar/ny", change = "/omgangar/{roundId}/andra"
        return [
            Route(.get, new, operation: "showNewRound", needs: .member(.setUpRound)) { try await showNew(nil, $0) },
            Route(.post, new, operation: "submitRound", needs: .member(.setUpRound), handler: create),
            Route(.get, change, operation: "showRoundChange", needs: .member(.setUpRound)) { try await showChange(nil, $0) },
            Route(.post, change, operation: "submitRoundChange", needs: .member(.setUpRound), handler: submitChange),
        ]
    }

    // MARK: A new one

    private func showNew(_ sent: Form?, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .setUpRound), texts = call.texts
        let (me, instruments) = try await rounds.services.database.send(as: member, .me(in: member.municipality), .choices(in: member.municipality))
        // With one questionnaire there is nothing to choose; the one who sets the round up most often runs it.
        let only = instruments.count == 1 ? instruments[0].id.description : ""
        let fields = FormView(sent ?? Form(["instrumentId": only, "runnerName": me.name]), texts)
        let values: [String: PageValue] = [
            "instrumentField": fields.options("instrumentId", "round.instrument", instruments.map {
                .init($0.id.description, "\($0.name[texts.language]) (\($0.key), version \($0.version))")
            }),
            "previews": .groups(instruments) {
                ["previewPath": .text(InstrumentPreviewPages.path($0.id)), "previewName": .text("\($0.name[texts.language]) (\($0.key), version \($0.version))")]
            },
        ]
        return .page(Page(
            "rounds/new", title: texts["round.new.title"], values + RoundPlan.fields(fields), form: fields, frame: .council(me, here: .home, texts)))
    }

    @Sendable private func create(_ call: Call) async throws -> Reply {
        try await call.submit(RoundPlan.init, showing: { try await showNew($0, call) }) { plan in
            let round = try await rounds.create(plan, as: call.member(for: .setUpRound))
            return .seeOther(RoundPages.path(round.id)).flash("roundCreated")
        }
    }

    // MARK: A change

    private func showChange(_ sent: Form?, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .setUpRound), council = member.municipality, texts = call.texts
        let (me, found) = try await rounds.services.database.send(as: member, .me(in: council), .round(call.id("roundId"), of: council))
        guard let round = found else { throw Problem.notFound }
        let fields = FormView(sent ?? Form(round.plan.formValues), texts)
        let values: [String: PageValue] = [
            "roundTitle": .text(round.plan.title), "roundPath": .text(RoundPages.path(round.id)), "stateText": .text(round.stateText(texts)),
            "isPlanned": .flag(round.state.isBeforeOpening), "isOpen": .flag(round.state == .open),
            "isPast": .flag(!round.state.isBeforeOpening && round.state != .open),
            "yearIsFrozen": .flag(round.contractIsFrozen), "targetYear": .number(Int(round.plan.targetYear)),
        ]
        return .page(Page(
            "rounds/change", title: texts["round.change.title"], values + RoundPlan.fields(fields), form: fields, frame: .council(me, here: .home, texts)))
    }

    @Sendable private func submitChange(_ call: Call) async throws -> Reply {
        try await call.submit(RoundChange.init(page:), showing: { try await showChange($0, call) }) { change in
            let round = try await rounds.change(call.id("roundId"), change, as: call.member(for: .setUpRound))
            return .seeOther(RoundPages.path(round.id)).flash("roundChanged")
        }
    }
}

extension RoundPlan {
    fileprivate static func fields(_ form: FormView) -> [String: PageValue] {
        [
            "titleField": form.text("title", "round.title"), "targetYearField": form.text("targetYear", "round.targetYear", .number),
            "opensAtField": form.text("opensAt", "round.opensAt", .moment, isRequired: false),
            "closesAtField": form.text("closesAt", "round.closesAt", .moment),
            "ordererNameField": form.text("ordererName", "round.ordererName"), "ordererTitleField": form.text("ordererTitle", "round.ordererTitle"),
            "runnerNameField": form.text("runnerName", "round.runnerName"), "runnerTitleField": form.text("runnerTitle", "round.runnerTitle"),
        ]
    }

    fileprivate var formValues: [String: String] {
        [
            "title": title, "targetYear": String(targetYear), "opensAt": opensAt.map(SwedishTime.local) ?? "", "closesAt": SwedishTime.local(closesAt), "ordererName": ordererName,
            "ordererTitle": ordererTitle, "runnerName": runnerName, "runnerTitle": runnerTitle,
        ]
    }
}
