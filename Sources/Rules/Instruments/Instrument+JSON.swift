/// An instrument as JSON, its members in the order in which people read them: what its file, a report and the API have in common.
extension Instrument {
    /// All but its crosswalks.
    public var members: [JSON.Member] {
        [
            .init("key", .string(key)), .init("version", .integer(version)), .init("source", .string(source)), .init("name", name.json),
            .init("introduction", introduction.json), .init("levels", .array(levels.map { .object($0.members) })),
            .init("dimensions", .array(dimensions.map(\.json))),
        ]
    }
}

extension Instrument.Level {
    public var members: [JSON.Member] { [.init("name", name.json), .init("descriptor", descriptor.json)] }
}

extension Instrument.Dimension {
    fileprivate var json: JSON {
        [
            "key": .string(key), "name": name.json, "description": description.json, "anchors": .array(anchors.map(\.json)),
            "items": .array(items.map(\.json)),
        ]
    }
}

extension Instrument.Item {
    fileprivate var json: JSON {
        [
            "key": .string(key), "statement": statement.json, "clarification": clarification.json, "example": example.json,
            "questions": .array(questions.map(JSON.integer)), "terms": .array(terms.map(JSON.string)),
        ]
    }
}

extension Crosswalk {
    /// A line for each item that it speaks of, in the order of the instrument's items.
    /// - Parameter broken: what stands for the key that a broken item never had; nil leaves it out.
    func json(_ order: [Instrument.Item], broken: JSON?) -> JSON {
        let lines = order.compactMap { item in
            items[item.key].map { step -> JSON in
                let was = (step.was.map(JSON.string) ?? broken).map { [JSON.Member("was", $0)] } ?? []
                return .object([.init("item", .string(item.key)), .init("link", .string(step.link.rawValue))] + was)
            }
        }
        return ["version": .integer(version), "items": .array(lines)]
    }
}
