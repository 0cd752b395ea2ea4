/// As the API and a report have it: one line a dimension, in the instrument's order.
extension Trend {
    public var json: JSON { .array(dimensions.map(\.json)) }
}

extension Trend.Dimension {
    fileprivate var json: JSON {
        .object([
            .init("key", .string(key)), .init("link", .string(link.rawValue)), .init("items", .array(items.map(\.json))),
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
        [.init("change", figures?.json ?? .null), .init("hidden", reason.map { .string($0.rawValue) } ?? .null)]
    }
}

extension Trend.Change {
    fileprivate var json: JSON {
        let pair = { (current: Figure, desired: Figure) -> JSON in ["current": .string(current.description), "desired": .string(desired.description)] }
        return ["before": pair(before.current, before.desired), "now": pair(now.current, now.desired), "difference": pair(current, desired)]
    }
}
