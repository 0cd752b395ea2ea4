import Rules

struct ResultAPI: Sendable {
    let results: Results

    init(_ services: Services) { results = Results(services: services) }

    var routes: [Route] {
        [
            Route(.get, "/api/v1/rounds/{roundId}/result", operation: "getResult", needs: .member(Capability.readResult.rawValue), handler: getResult),
            Route(.get, "/api/v1/rounds/{roundId}/result/explanations/{figure}", operation: "getExplanation",
                needs: .member(Capability.readResult.rawValue), handler: getExplanation),
            Route(.get, "/api/v1/participation/result", operation: "getParticipationResult", needs: .participant, handler: getParticipationResult),
        ]
    }

    @Sendable private func getResult(_ call: Call) async throws -> Reply {
        .result(try await results.result(of: call.id("roundId"), as: call.member(for: .readResult)))
    }

    @Sendable private func getExplanation(_ call: Call) async throws -> Reply {
        guard let address = FigureAddress(try call.parameter("figure")) else { throw Problem.notFound }
        let member = try call.member(for: .readResult)
        let result = try await results.read(results.result(of: call.id("roundId"), as: member), as: member)
        guard let analysis = result.document.findings?.analysis, let shape = result.instrument.shape,
            let explanation = Explanation(address, in: analysis, shape: shape)
        else { throw Problem.notFound }
        return .json(explanation.json(call))
    }

    @Sendable private func getParticipationResult(_ call: Call) async throws -> Reply {
        .result(try await results.result(for: call.participant(results.services.links)))
    }
}

extension Explanation {
    fileprivate func json(_ call: Call) -> JSON {
        [
            "figure": .string("\(address)"), "value": .text(result.figures?.description), "hidden": .text(result.reason?.rawValue),
            "calculation": .text(formula?.text),
            "cells": .list(cells) { cell in
                [
                    "item": .string(cell.item), "pairs": .integer(cell.pairs), "current": .list(cell.current, JSON.integer),
                    "desired": .list(cell.desired, JSON.integer),
                ]
            },
            "rule": rule.json, "rounding": Explanation.rounding.json, "_links": ["self": call.link(call.path)],
        ]
    }
}

extension Reply {
    /// The exact bytes that are stored, tagged with their hash.
    fileprivate static func result(_ result: StoredResult) -> Reply {
        .bytes(result.document, type: "application/json").tag(EntityTag(Hex.encode(result.sha256)))
    }
}
