import Rules

/// The operator's page: what waits, and what has been decided.
struct OperatorsPages: Sendable {
    let services: Services
    let operators: Operators
    private let sessions: Sessions

    init(_ services: Services) {
        self.services = services
        operators = Operators(database: services.database)
        sessions = Sessions(services: services)
    }

    private static let path = "/operator", account = "/operator/konto", decidedShown = 20

    var routes: [Route] {
        let registration = OperatorsPages.path + "/anmalningar/{registrationId}"
        return [
            Route(.get, OperatorsPages.path, operation: "operatorPage", needs: .operator) { try await show(nil, $0) },
            Route(.post, registration + "/godkann", operation: "approveByPage", needs: .operator) { call in
                try await decide(call, "approved") { _ = try await operators.approve($0, as: $1) }
            },
            Route(.post, registration + "/avsla", operation: "refuseByPage", needs: .operator) { call in
                try await decide(call, "refused") { _ = try await operators.refuse($0, as: $1) }
            },
            Route(.get, OperatorsPages.account, operation: "operatorAccountPage", needs: .operator, handler: showAccount),
            Route(.post, OperatorsPages.account + "/sessioner", operation: "endOtherOperatorSessionsByPage", needs: .operator, handler: endOthers),
            Route(.post, OperatorsPages.account + "/sessioner/{sessionId}", operation: "endOperatorSessionByPage", needs: .operator, handler: endOne),
        ]
    }

    private func show(_ refused: Problem?, _ call: Call) async throws -> Reply {
        let one = try call.operator()
        let (waiting, number, all, session) = try await services.database.send(
            as: one, .registrations(in: .waiting, limit: Paging.limits.upperBound, offset: 0), .numberOfRegistrations(in: .waiting),
            .registrations(in: nil, limit: Paging.limits.upperBound, offset: 0), .session(of: one))
        let decided = all.filter { $0.state != .waiting }.prefix(OperatorsPages.decidedShown)
        return .page(Page("operators/show", title: call.texts["operator.title"], [
            "address": .text(session.address), "waitingText": .text(call.texts("operator.waiting", count: number)),
            "waiting": .groups(waiting) { $0.values(call.texts) }, "isEmpty": .flag(waiting.isEmpty),
            "decided": .groups(decided) { $0.values(call.texts) }, "hasDecided": .flag(!decided.isEmpty),
        ] + .optional("refusal", refused?.detail[call.language]), frame: .operator(call.texts, here: .registrations)))
    }

    private func decide(_ call: Call, _ flash: String, _ decision: (RegistrationID, Operator) async throws -> Void) async throws -> Reply {
        let one = try call.operator()
        // The buttons are the whole form.
        try call.body { _ in }
        do {
            try await decision(try call.id("registrationId"), one)
        } catch let problem as Problem where problem.status == .conflict {
            return try await show(problem, call).status(.conflict)
        }
        services.bell.ring()
        return .seeOther(OperatorsPages.path).flash("registration-\(flash)")
    }

    // MARK: His own sessions

    @Sendable private func showAccount(_ call: Call) async throws -> Reply {
        let one = try call.operator()
        let (session, found) = try await services.database.send(as: one, .session(of: one), .sessions(of: one, limit: Paging.onPages, offset: 0))
        return .page(Page("operators/account", title: call.texts["account.title"], [
            "address": .text(session.address),
        ] + SessionView.values(found, below: OperatorsPages.account + "/sessioner", call.texts), frame: .operator(call.texts, here: .account)))
    }

    @Sendable private func endOne(_ call: Call) async throws -> Reply {
        try call.body { _ in }
        try await sessions.end(call.id("sessionId"), as: call.operator())
        return .seeOther(OperatorsPages.account).flash("sessionEnded")
    }

    @Sendable private func endOthers(_ call: Call) async throws -> Reply {
        try call.body { _ in }
        try await sessions.endOthers(as: call.operator())
        return .seeOther(OperatorsPages.account).flash("sessionsEnded")
    }
}

extension RegistrationView {
    fileprivate func values(_ texts: Texts) -> [String: PageValue] {
        [
            "code": .text(municipalityCode), "council": .text(municipalityName), "applicant": .text(name), "applicantAddress": .text(address),
            "functionName": .text(function.name[texts.language]), "domain": .text(domain), "domainIsKnown": .flag(domainIsKnown),
            "givenNumber": .text(givenNumber), "knownNumber": .text(knownNumber), "numbersDiffer": .flag(givenNumber != knownNumber),
            "verified": .text(verifiedAt.map(texts.time) ?? ""), "stateName": .text(texts["operator.state.\(state.rawValue)"]),
            "path": .text("/operator/anmalningar/\(id)"),
        ]
    }
}
