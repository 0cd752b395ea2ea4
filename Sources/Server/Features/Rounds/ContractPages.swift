import Database
import Rules

/// The contract of a round: written until it is frozen, and read by everybody in the council who reads rounds.
struct ContractPages: Sendable {
    private let contracts: Contracts

    init(_ services: Services) { contracts = Contracts(services: services) }

    var routes: [Route] {
        let path = "/omgangar/{roundId}/villkor"
        return [
            Route(.get, path, operation: "showContract", needs: .member(.readRounds)) { try await show(nil, $0) },
            Route(.post, path, operation: "submitContract", needs: .member(.setUpRound), handler: set),
        ]
    }

    private func show(_ sent: Form?, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .readRounds), council = member.municipality, round: RoundID = try call.id("roundId"), texts = call.texts
        let (me, found, kept) = try await contracts.services.database.send(
            as: member, .me(in: council), .round(round, of: council), .contract(of: round, in: council))
        guard let view = found else { throw Problem.notFound }
        let mayWrite = Set(me.roles).may(.setUpRound) && view.state.isBeforeOpening && !view.contractIsFrozen
        let fields = FormView(sent ?? kept?.contract.form ?? .empty, texts)
        let values: [String: PageValue] = [
            "roundTitle": .text(view.plan.title), "roundPath": .text(RoundPages.path(round)), "mayWrite": .flag(mayWrite),
            "isMissing": .flag(kept == nil), "isShown": .flag(kept != nil && !mayWrite), "isDraft": .flag(kept != nil && kept?.frozenAt == nil && !mayWrite),
            "isFrozen": .flag(kept?.frozenAt != nil),
            "frozenText": .text(kept?.frozenAt.map { texts("contract.frozen", ["when": texts.time($0)]) } ?? ""),
            "sha256": .text(kept?.sha256.map { Hex.encode($0) } ?? ""),
            "terms": .groups(kept?.contract.terms(texts) ?? []) { ["term": .text($0.name), "paragraphs": .groups($0.lines) { ["paragraph": .text($0)] }] },
        ]
        return .page(Page(
            "rounds/contract", title: texts["contract.title"], values + Contract.fields(fields), form: fields, frame: .council(me, here: .home, texts)))
    }

    @Sendable private func set(_ call: Call) async throws -> Reply {
        try await call.submit(Contract.init, showing: { try await show($0, call) }) { contract in
            let round: RoundID = try call.id("roundId")
            _ = try await contracts.set(contract, for: round, as: call.member(for: .setUpRound))
            return .seeOther(RoundPages.path(round)).flash("contractSet")
        }
    }
}

extension Contract {
    fileprivate static func fields(_ form: FormView) -> [String: PageValue] {
        [
            "kField": form.text("k", "contract.k", .number), "controllerField": form.text("controller", "contract.controller"),
            "purposeField": form.area("purpose", "contract.purpose", rows: 4), "contactField": form.text("contact", "contract.contact"),
            "audiencesField": form.options("audiences", "contract.audiences", Audience.allCases.map { audience in
                let key = "contract.audiences.\(audience.rawValue)"
                return .init(audience.rawValue, audience.name[form.texts.language], hint: form.texts[key])
            }),
            "commentsField": form.box("comments", "contract.comments.ask"),
            "retentionField": form.area("retention", "contract.retention", rows: 4),
            "disposalDecisionField": form.text("disposalDecision", "contract.disposalDecision"),
        ]
    }

    fileprivate var form: Form {
        Form([
            "k": String(k), "controller": controller, "purpose": purpose, "contact": contact, "retention": retention, "disposalDecision": disposalDecision,
        ], ticked: ["audiences": audiences.map(\.rawValue), "comments": comments ? ["on"] : []])
    }

    /// Every term with its words, for people.
    func terms(_ texts: Texts) -> [(name: String, lines: [String])] {
        return [
            (texts["contract.purpose"], purpose.paragraphs),
            (texts["contract.k"], [texts("contract.k.text", ["k": String(k)])]),
            (texts["contract.audiences"], Audience.allCases.filter(audiences.contains).map { $0.name[texts.language] }),
            (texts["contract.split"], [texts[split ? "contract.split.yes" : "contract.split.no"]]),
            (texts["contract.comments"], [texts[comments ? "contract.comments.yes" : "contract.comments.no"]]),
            (texts["contract.retention"], retention.paragraphs), (texts["contract.disposalDecision"], [disposalDecision]),
            (texts["contract.controller"], [controller]), (texts["contract.contact"], [contact]),
        ]
    }
}
