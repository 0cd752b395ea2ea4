import Rules

struct ResultAPI: Sendable {
    let results: Results

    init(_ services: Services) { results = Results(services: services) }

    var routes: [Route] {
        [
            Route(.get, "/api/v1/rounds/{roundId}/result", operation: "getResult", needs: .member(Capability.readResult.rawValue), handler: getResult),
            Route(.get, "/api/v1/participation/result", operation: "getParticipationResult", needs: .participant, handler: getParticipationResult),
        ]
    }

    @Sendable private func getResult(_ call: Call) async throws -> Reply {
        .result(try await results.result(of: call.id("roundId"), as: call.member(for: .readResult)))
    }

    @Sendable private func getParticipationResult(_ call: Call) async throws -> Reply {
        .result(try await results.result(for: call.participant(results.services.links)))
    }
}

extension Reply {
    /// The exact bytes that are stored, tagged with their hash.
    fileprivate static func result(_ result: StoredResult) -> Reply {
        .bytes(result.document, type: "application/json").tag(EntityTag(Hex.encode(result.sha256)))
    }
}
