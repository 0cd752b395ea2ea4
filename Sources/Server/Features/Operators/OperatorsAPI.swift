import Rules

struct OperatorsAPI: Sendable {
    let services: Services
    let operators: Operators

    init(_ services: Services) {
        self.services = services
        operators = Operators(database: services.database)
    }

    var routes: [Route] {
        let registrations = "/api/v1/operator/registrations", session = "/api/v1/operator/session"
        return [
            Route(.get, registrations, operation: "listRegistrations", needs: .operator, query: ["state"], paged: true, handler: listRegistrations),
            Route(.post, registrations + "/{registrationId}/approval", operation: "approveRegistration", needs: .operator, takes: .nothing, handler: approve),
            Route(.post, registrations + "/{registrationId}/refusal", operation: "refuseRegistration", needs: .operator, takes: .nothing, handler: refuse),
            Route(.get, session, operation: "getOperatorSession", needs: .operator, handler: getSession),
            Route(.delete, session, operation: "deleteOperatorSession", needs: .operator, handler: deleteSession),
        ]
    }

    @Sendable private func listRegistrations(_ call: Call) async throws -> Reply {
        let one = try call.operator(), paging = try call.paging
        let state = try call.query.choice("state", RegistrationView.State.self)
        let (found, total) = try await operators.list(state, limit: paging.limit, offset: paging.offset, as: one)
        return try call.list(found.map(\.json), of: total, filters: [("state", state?.rawValue)])
    }

    @Sendable private func approve(_ call: Call) async throws -> Reply {
        let approved = try await operators.approve(try call.id("registrationId"), as: call.operator())
        services.bell.ring()
        return .json(approved.json)
    }

    @Sendable private func refuse(_ call: Call) async throws -> Reply {
        .json(try await operators.refuse(try call.id("registrationId"), as: call.operator()).json)
    }

    @Sendable private func getSession(_ call: Call) async throws -> Reply {
        let one = try call.operator(), session = try await services.database.send(as: one, .session(of: one))
        return .json([
            "address": .string(session.address), "expiresAt": .instant(session.expiresAt), "_links": ["self": call.link(call.path)],
        ])
    }

    @Sendable private func deleteSession(_ call: Call) async throws -> Reply {
        let one = try call.operator()
        _ = try await services.database.send(as: one, .endSession(of: one))
        return .noContent
    }
}

extension RegistrationView {
    fileprivate var json: JSON {
        [
            "id": .id(id), "state": .choice(state), "municipalityCode": .string(municipalityCode), "municipalityName": .string(municipalityName),
            "orgNrKnown": .string(knownNumber), "orgNrGiven": .string(givenNumber), "name": .string(name), "address": .string(address),
            "domain": .string(domain), "function": .choice(function), "language": .choice(language), "createdAt": .instant(createdAt),
            "verifiedAt": .instant(verifiedAt), "decidedAt": .instant(decidedAt),
        ]
    }
}
