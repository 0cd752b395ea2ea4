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
            "dimensions": .list(last?.trend.dimensions ?? [], \.json),
            "lines": .list(lines) { line in
                ["dimension": .string(line.key), "points": .list(line.points) { point in
                    [
                        "roundId": .string("\(point.round)"), "fixedAt": .instant(point.at), "current": .text(point.current?.description),
                        "joined": .bool(point.isJoined),
                    ]
                }]
            },
            "_links": ["self": call.link(call.path)],
        ]
    }
}

extension Trend.Dimension {
    fileprivate var json: JSON {
        .object([
            .init("key", .string(key)), .init("link", .string(link.rawValue)), .init("items", .list(items, \.json)),
        ] + result.members)
    }
}

extension Trend.Item {
    fileprivate var json: JSON {
        .object([
            .init("key", .string(key)), .init("link", .string(link.rawValue)), .init("pairsBefore", pairsBefore.map(JSON.integer) ?? .null),
            .init("pairsNow", .integer(pairsNow)),
        ] + result.members)
    }
}

extension Shown<Trend.Change> {
    fileprivate var members: [JSON.Member] {
        [
            .init("change", figures?.json ?? .null),
            .init("hidden", .text(reason?.rawValue)),
        ]
    }
}

extension Trend.Change {
    fileprivate var json: JSON {
        let pair = { (current: Figure, desired: Figure) -> JSON in ["current": .string(current.description), "desired": .string(desired.description)] }
        return ["before": pair(before.current, before.desired), "now": pair(now.current, now.desired), "difference": pair(current, desired)]
    }
}
