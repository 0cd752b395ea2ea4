import Rules

struct TrendAPI: Sendable {
    let trends: Trends

    init(_ services: Services) { trends = Trends(results: Results(services: services)) }

    var routes: [Route] {
        [Route(.get, "/api/v1/rounds/{roundId}/trend", operation: "getTrend", needs: .member(Capability.readResult.rawValue), handler: getTrend)]
    }

    @Sendable private func getTrend(_ call: Call) async throws -> Reply {
        .json(try await trends.history(of: call.id("roundId"), as: call.member(for: .readResult)).json(call))
    }
}

extension History {
    fileprivate func json(_ call: Call) -> JSON {
        let last = last
        return [
            "comparedWith": last.map { past in
                let heading = past.result.document.heading
                return [
                    "roundId": .string("\(past.round)"), "title": .string(heading.roundTitle), "fixedAt": .instant(heading.fixedAt),
                    "instrument": ["key": .string(heading.instrument.key), "version": .integer(heading.instrument.version)],
                    "submitted": .integer(past.result.document.submitted),
                ]
            } ?? .null,
            "submitted": .integer(this.result.document.submitted),
            "dimensions": last?.trend.json ?? [],
            "lines": .list(lines) { line in
                ["dimension": .string(line.key), "points": .list(zip(all, line.points)) { past, point in
                    [
                        "roundId": .string("\(past.round)"), "fixedAt": .instant(point.at), "current": .text(point.current?.description),
                        "joined": .bool(point.isJoined),
                    ]
                }]
            },
            "_links": ["self": call.link(call.path)],
        ]
    }
}
