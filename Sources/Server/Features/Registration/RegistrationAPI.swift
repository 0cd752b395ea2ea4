import Rules

struct RegistrationAPI: Sendable {
    let registrations: Registrations

    init(_ services: Services) { registrations = Registrations(services: services) }

    var routes: [Route] {
        [
            Route(.get, "/api/v1/municipalities", operation: "listMunicipalities", needs: .nobody, query: ["search"], paged: true, handler: listMunicipalities),
            Route(.get, "/api/v1/functions", operation: "listFunctions", needs: .nobody, handler: listFunctions),
            Route(.post, "/api/v1/registrations", operation: "createRegistration", needs: .nobody, handler: createRegistration),
            Route(.post, "/api/v1/registration-verifications", operation: "verifyRegistration", needs: .nobody, handler: verifyRegistration),
        ]
    }

    @Sendable private func listMunicipalities(_ call: Call) async throws -> Reply {
        let search = try call.query.text("search", upTo: 60), paging = try call.paging
        guard search != "" else { throw Problem.queryParameter("search", .required) }
        let (found, total) = try await Municipalities(services: registrations.services).find(search ?? "", limit: paging.limit, offset: paging.offset)
        return try call.list(found.map { entry in
            [
                "code": .string(entry.code), "name": .string(entry.name), "countyName": .string(entry.countyName),
                "orgNr": .string(entry.organisationNumber), "population": .integer(Int(entry.population)),
                "fictional": .bool(entry.isFictional), "joined": .bool(entry.hasJoined),
            ]
        }, of: total, filters: [("search", search)])
    }

    @Sendable private func listFunctions(_ call: Call) async throws -> Reply {
        .json([
            "items": .list(Function.allCases) { function in
                [
                    "key": .choice(function), "family": .choice(function.family),
                    "name": ["sv": .string(function.name.sv), "en": .string(function.name.en)],
                ]
            },
            "_links": ["self": call.link(call.path)],
        ]).kept(.shared(seconds: 3600))
    }

    @Sendable private func createRegistration(_ call: Call) async throws -> Reply {
        try await registrations.apply(try call.body(Application.init), from: call.source)
        return .json(["state": "sent"]).status(.accepted)
    }

    @Sendable private func verifyRegistration(_ call: Call) async throws -> Reply {
        switch try await registrations.verify(try call.body { $0.linkToken }) {
        case .admitted(let session): return .json(["state": "admitted", "session": session.json])
        case .waiting: return .json(["state": "waiting"])
        case .late(let council, _): throw Problem.councilAlreadyHere(council)
        }
    }
}
