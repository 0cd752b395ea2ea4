import Database
import Rules

/// The page of one round: how far it has come, what to do next, and every step with what it does or why it cannot be taken now.
struct RoundPages: Sendable {
    private let rounds: Rounds

    init(_ services: Services) { rounds = Rounds(services: services) }

    var routes: [Route] {
        let one = "/omgangar/{roundId}"
        return [
            Route(.get, one, operation: "showRound", needs: .member(.readRounds)) { try await show(.empty, $0) },
            Route(.post, one + "/oppna", operation: "submitOpening", needs: .member(.openRound)) { call in
                try await step(call, .openRound, { _ in }, then: "roundOpened") { round, member, _ in try await rounds.open(round, as: member) }
            },
            Route(.post, one + "/stang", operation: "submitClosing", needs: .member(.closeRound)) { call in
                try await step(call, .closeRound, { _ in }, then: "roundClosed") { round, member, _ in try await rounds.close(round, as: member) }
            },
            Route(.post, one + "/oppna-igen", operation: "submitReopening", needs: .member(.closeRound)) { call in
                try await step(call, .closeRound, { $0.instant("closesAt") }, then: "roundReopened") { round, member, closes in
                    try await rounds.reopen(round, until: closes, as: member)
                }
            },
            Route(.post, one + "/workshop", operation: "submitWorkshop", needs: .member(.concludeRound)) { call in
                try await step(call, .concludeRound, { _ in }, then: "roundInWorkshop") { round, member, _ in try await rounds.holdWorkshop(round, as: member) }
            },
            Route(.post, one + "/avsluta", operation: "submitConclusion", needs: .member(.concludeRound)) { call in
                try await step(call, .concludeRound, { $0.confirmation("concludes") }, then: "roundConcluded") { round, member, _ in
                    try await rounds.conclude(round, as: member)
                }
            },
            Route(.post, one + "/avbryt", operation: "submitCancellation", needs: .member(.cancelRound)) { call in
                try await step(call, .cancelRound, { $0.confirmation("cancels") }, then: "roundCancelled") { round, member, _ in
                    try await rounds.cancel(round, as: member)
                }
            },
        ]
    }

    /// Takes a step, and shows the round after it, or the page again with what is wrong.
    private func step<T: Sendable>(
        _ call: Call, _ capability: Capability, _ read: (Fields) throws -> T, then flash: String,
        _ take: (RoundID, Member, T) async throws -> RoundView
    ) async throws -> Reply {
        try await call.submit(read, showing: { try await show($0, call) }) { given in
            let round: RoundID = try call.id("roundId")
            _ = try await take(round, call.member(for: capability), given)
            return .seeOther(RoundPages.path(round)).flash(flash)
        }
    }

    private func show(_ form: Form, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .readRounds), council = member.municipality, texts = call.texts
        let (me, found) = try await rounds.services.database.send(as: member, .me(in: council), .round(call.id("roundId"), of: council))
        guard let round = found else { throw Problem.notFound }
        let fields = FormView(form, texts), roles = Set(me.roles)
        let instrument = round.summary.instrumentName[texts.language]
        return .page(Page(
            "rounds/show", title: round.plan.title,
            round.overview(instrument, texts) + round.guidance(roles, at: call.now, texts) + round.steps(roles, at: call.now, fields),
            form: fields, frame: .council(me, here: .home, texts)))
    }

    static func path(_ round: RoundID) -> String { "/omgangar/\(round)" }
}

extension Fields {
    /// A box that must be ticked before something is done that cannot be undone.
    func confirmation(_ name: String) {
        if !flag(name) { refuse(name, FieldMessage(sv: "Kryssa i rutan när du har läst.", en: "Tick the box when you have read it.")) }
    }
}

// MARK: - What the page shows

extension RoundView {
    /// What its state means for those in it.
    func stateText(_ texts: Texts) -> String { texts("round.state.\(stateKey).text", ["closes": texts.time(plan.closesAt)]) }

    fileprivate func overview(_ instrument: String, _ texts: Texts) -> [String: PageValue] {
        let way = RoundState.allCases.filter { $0 != .cancelled && ($0 != .seminar || hasSeminar) }
        let place = way.firstIndex(of: state) ?? way.count
        let facts: [(String, String?)] = [
            ("instrument", "\(instrument) (\(summary.instrumentKey), version \(summary.instrumentVersion))"), ("targetYear", String(plan.targetYear)),
            ("orderer", "\(plan.ordererName), \(plan.ordererTitle)"), ("runner", "\(plan.runnerName), \(plan.runnerTitle)"),
            ("opensAt", state.isBeforeOpening ? plan.opensAt.map(texts.time) : nil),
            ("closesAt", state.isBeforeOpening || state == .open ? texts.time(plan.closesAt) : nil),
            ("openedAt", summary.openedAt.map(texts.time)), ("closedAt", summary.closedAt.map(texts.time)),
            ("fixedAt", summary.fixedAt.map(texts.time)), ("endedAt", summary.endedAt.map(texts.time)), ("diaryNumber", summary.diaryNumber),
        ]
        return [
            "roundTitle": .text(plan.title), "roundPath": .text(RoundPages.path(id)),
            "isOnItsWay": .flag(state != .cancelled),
            "stages": .groups(way.enumerated()) { at, stage in
                [
                    "stage": .text(texts["round.state.\(stage.rawValue)"]), "isDone": .flag(at < place), "isNow": .flag(at == place),
                ]
            },
            "stateText": .text(stateText(texts)),
            "facts": .groups(facts.filter { $0.1 != nil }) { ["fact": .text(texts["round.fact.\($0.0)"]), "factText": .text($0.1 ?? "")] },
        ]
    }

    /// A round without figures has come to its workshop by another way.
    private var stateKey: String { state == .workshop && summary.fixedAt == nil ? "workshop.without" : state.rawValue }

    private var hasDocument: Bool { [.fixed, .workshop, .concluded].contains(state) }

    /// What to do next, how many have answered, and the pages of the round.
    fileprivate func guidance(_ roles: Set<Role>, at now: Instant, _ texts: Texts) -> [String: PageValue] {
        let hasFigures = summary.fixedAt != nil
        let next = roles.may(.setUpRound) ? next(at: now) : hasFigures ? .result : nil
        let preparing: [(String, Bool)] = [
            ("villkor", true), ("andra", roles.may(.setUpRound) && (state.isBeforeOpening || state == .open)), ("platser", roles.may(.invite)),
            ("texter", true), ("seminarium", hasSeminar || state.isBeforeOpening), ("paminnelser", roles.may(.invite)),
        ]
        let reading: [(String, Bool)] = [
            ("faststall", roles.may(.fixRound) && state == .closed && next != .tooFew), ("resultat", roles.may(.readResult) && hasDocument),
            ("analys", roles.may(.readResult) && hasFigures), ("handlingsplan", roles.may(.readResult) && hasFigures),
            ("rapport", roles.may(.readResult) && hasFigures),
            ("lage", roles.may(.readPosition) && hasFigures), ("dela", roles.may(.shareResult) && hasFigures),
        ]
        let key = "round.next." + (next?.rawValue ?? "")
        let waits = state.isBeforeOpening ? 0 : submitted, oneMore = nextAnswer, lacks = rules.lacks(toOpenUntil: plan.closesAt, now: now)
        return [
            "hasMissed": .flag(summary.missedOpening != nil),
            "missedText": .text(texts("round.missed.text", ["opens": summary.missedOpening.map(texts.time) ?? ""])),
            "isReady": .flag(lacks.isEmpty), "lacks": .list(lacks.map { .text(Problem($0).detail[texts.language]) }),
            "hasNext": .flag(next != nil), "nextHeading": .text(next == nil ? "" : texts[key]),
            "nextText": .text(next == nil ? "" : texts(key + ".text", [
                "opens": plan.opensAt.map(texts.time) ?? "", "closes": texts.time(plan.closesAt), "k": String(k ?? 0),
            ])),
            "nextPath": .text(next?.path(of: id) ?? ""), "nextLink": .text(next == nil ? "" : texts[key + ".link"]),
            "showsCount": .flag(roles.may(.readResponseCount) && !state.isBeforeOpening && state != .cancelled),
            "count": .text(texts("round.count", ["submitted": String(waits), "invited": String(invited)])),
            "countText": .text(texts("round.count.text", ["k": String(k ?? 0)])),
            "hasOneMore": .flag(oneMore != nil), "oneMoreText": .text(oneMore?.text[texts.language] ?? ""),
            "submittedNow": .number(waits), "invitedNow": .number(max(invited, 1)),
            "hasReading": .flag(reading.contains(where: \.1)), "reading": links(reading, texts), "preparing": links(preparing, texts),
        ]
    }

    private func links(_ pages: [(String, Bool)], _ texts: Texts) -> PageValue {
        .groups(pages.filter(\.1)) { ["pageName": .text(texts["round.page.\($0.0)"]), "pagePath": .text("\(RoundPages.path(id))/\($0.0)")] }
    }

    fileprivate func steps(_ roles: Set<Role>, at now: Instant, _ fields: FormView) -> [String: PageValue] {
        let texts = fields.texts
        let refusals = NamedStep.allCases.map { ($0, refusal(of: $0, now: now)) }
        let allowed = Set(refusals.filter { $0.1 == nil && roles.may($0.0.capability) }.map(\.0))
        let refused = refusals.compactMap { step, refusal in refusal.map { (step, $0) } }
        return [
            "mayStep": .flag(roles.may(.setUpRound) && !state.isOver),
            "canInvite": .flag(allowed.contains(.invite)), "canOpen": .flag(allowed.contains(.open)), "canClose": .flag(allowed.contains(.close)),
            "canReopen": .flag(allowed.contains(.reopen)), "canFix": .flag(allowed.contains(.fix)),
            "canHoldWorkshop": .flag(allowed.contains(.workshop) && state == .fixed),
            "canConclude": .flag(allowed.contains(.conclude) && state != .closed), "canEnd": .flag(allowed.contains(.conclude) && state == .closed),
            "canCancel": .flag(allowed.contains(.cancel)),
            "openText": .text(texts("round.step.open.text", ["closes": texts.time(plan.closesAt)])),
            "closesAtField": fields.text("closesAt", "round.closesAt", .moment),
            "concludesField": fields.box("concludes", "round.step.conclude.confirm"), "cancelsField": fields.box("cancels", "round.step.cancel.confirm"),
            "hasRefused": .flag(!refused.isEmpty),
            "refused": .groups(refused) { step, refusal in
                ["refusedStep": .text(texts["round.step.\(step.rawValue)"]), "refusedReason": .text(Problem(refusal).detail[texts.language])]
            },
        ]
    }

    /// What a strategist does next.
    fileprivate func next(at now: Instant) -> NextMove? {
        switch state {
        case .planned, .seminar:
            if k == nil { return .contract }
            if seats == 0 { return .seats }
            if !hasAgreement { return .agreement }
            if plan.closesAt <= now { return .closingTime }
            if let opens = plan.opensAt, opens > now, invited == seats { return .opensByItself }
            return invited < seats ? .invite : .open
        case .open: return invited < seats ? .invite : .wait
        case .closed:
            if fixingIsRequested { return .follow }
            switch refusal(of: .fix, now: now) {
            case nil, .fixedTooRecently: return .fix
            default: return .tooFew
            }
        case .fixed, .workshop, .concluded: return summary.fixedAt == nil ? nil : .result
        case .cancelled: return nil
        }
    }
}

private enum NextMove: String {
    case contract, seats, agreement, closingTime, invite, open, opensByItself, wait, follow, fix, tooFew, result

    /// Where it is done.
    func path(of round: RoundID) -> String {
        let page = RoundPages.path(round)
        return switch self {
        case .contract: page + "/villkor"
        case .seats, .invite, .wait: page + "/platser"
        case .agreement: "/kommun/avtal"
        case .closingTime, .opensByItself: page + "/andra"
        case .open: page + "#oppna"
        case .fix, .follow: page + "/faststall"
        case .tooFew: page + "#oppna-igen"
        case .result: page + "/resultat"
        }
    }
}

extension NamedStep {
    var capability: Capability {
        switch self {
        case .invite, .seminar: .invite
        case .open: .openRound
        case .close, .reopen: .closeRound
        case .fix: .fixRound
        case .workshop, .conclude: .concludeRound
        case .cancel: .cancelRound
        }
    }
}
