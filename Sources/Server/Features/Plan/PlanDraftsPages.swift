import Database
import Rules

/// The draft of an action plan, with the figures and the rule behind each proposal.
struct PlanDraftsPages: Sendable {
    private let drafts: PlanDrafts

    init(_ services: Services, _ catalogues: ActionCatalogues) { drafts = PlanDrafts(services: services, catalogues: catalogues) }

    var routes: [Route] {
        [Route(.get, "/omgangar/{roundId}/handlingsplan", operation: "planDraftPage", needs: .member(.readResult), handler: show)]
    }

    @Sendable private func show(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .readResult), round: RoundID = try call.id("roundId"), texts = call.texts
        let results = Results(services: drafts.services)
        let (found, me) = try await drafts.services.database.send(
            as: member, .result(of: round, in: member.municipality), .me(in: member.municipality))
        guard let stored = found else { throw Problem.notFound }
        let result = try await results.read(stored, as: member)
        let plan = drafts.draft(of: result)
        let values: [String: PageValue] = [
            "resultPath": .text("\(RoundPages.path(round))/resultat"), "roundTitle": .text(result.document.heading.roundTitle), "hasPlan": .flag(plan != nil),
        ]
        return .page(Page(
            "plan/show", title: texts["plan.title"], values + PlanValues(plan: plan, instrument: result.instrument, texts: texts).values,
            frame: .council(me, here: .home, texts)))
    }
}

/// A plan's draft as pages show it: for the partial `plan/proposals`.
struct PlanValues {
    let plan: PlanDraft?
    let instrument: Instrument
    let texts: Texts

    private var language: Language { texts.language }

    var values: [String: PageValue] {
        ["hasProposals": .flag(plan?.proposals.isEmpty == false), "proposals": .groups((plan?.proposals ?? []).enumerated(), proposal)]
    }

    private func proposal(_ place: Int, _ proposal: PlanDraft.Proposal) -> [String: PageValue] {
        let figures = proposal.figures
        return [
            "proposalNumber": .number(place + 1), "proposalName": .text(instrument.name(of: proposal.dimension)[language]),
            "proposalWhy": .text(texts("plan.reason.\(proposal.reason.rawValue)", [
                "priority": figures.priority.spread(in: language), "current": figures.current.mean(in: language),
            ])),
            "proposalFigures": .text(texts("plan.figures", [
                "current": figures.current.mean(in: language), "level": instrument.level(figures.level, in: language),
                "desired": figures.desired.mean(in: language), "gap": figures.gap.difference(in: language), "spread": figures.spread.spread(in: language),
                "dontKnow": String(proposal.dontKnow), "answers": String(proposal.answers), "share": proposal.dontKnowShare.percent(in: language),
            ])),
            "hasActions": .flag(!proposal.actions.isEmpty), "hasNoStep": .flag(proposal.noStep != nil),
            "noStepText": .text(proposal.noStep.map {
                texts("plan.noStep.\($0.rawValue)", ["level": instrument.level(figures.level, in: language), "gap": figures.gap.difference(in: language)])
            } ?? ""),
            "actions": .groups(proposal.actions) { step in
                [
                    "actionWhat": .text(step.action.what[language]), "actionWho": .text(step.action.who[language]),
                    "actionWhen": .text(step.action.when[language]), "actionRule": .text(rule(step.rule, of: proposal)),
                ]
            },
        ]
    }

    private func rule(_ rule: PlanDraft.Rule, of proposal: PlanDraft.Proposal) -> String {
        let level = proposal.figures.level
        return texts("plan.rule.\(rule.rawValue)", [
            "share": proposal.dontKnowShare.percent(in: language), "unseen": Threshold.unseen.percent(in: language),
            "spread": proposal.figures.spread.spread(in: language), "disputed": Threshold.disputed.spread(in: language),
            "from": instrument.level(level, in: language), "to": instrument.level(level + 1, in: language),
        ])
    }
}
