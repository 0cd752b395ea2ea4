import Rules

struct CouncilAPI: Sendable {
    let council: Council

    init(_ services: Services) { council = Council(services: services) }

    var routes: [Route] {
        let path = "/api/v1/council"
        return [
            Route(.get, path, operation: "getCouncil", needs: .member(.readCouncil), handler: getCouncil),
            Route(.patch, path, operation: "changeCouncil", needs: .member(.changeSettings), handler: changeCouncil),
        ]
    }

    @Sendable private func getCouncil(_ call: Call) async throws -> Reply {
        .json(try await council.read(as: call.member(for: .readCouncil)).json(call))
    }

    /// The one setting there is must be given: a change of nothing is a mistake.
    @Sendable private func changeCouncil(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .changeSettings), word = try call.body { Council.areaWord($0["areaWord"]) }
        return .json(try await council.setAreaWord(word, as: member).json(call))
    }
}

extension CouncilView {
    fileprivate func json(_ call: Call) -> JSON {
        [
            "code": .string(code), "name": .string(name), "orgNr": .string(organisationNumber), "countyName": .string(countyName),
            "population": .integer(Int(population)), "fictional": .bool(isFictional), "areaWord": .string(areaWord),
            "joinedAt": .instant(joinedAt), "_links": ["self": call.link("/api/v1/council")],
        ]
    }
}
