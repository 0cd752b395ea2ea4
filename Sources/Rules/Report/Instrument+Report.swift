/// An instrument as a report carries it: whole, so that whoever holds the report can read its questions and compute its figures, also where nobody else knows it.
extension Instrument {
    /// A reader gets the same instrument back, and the same tree of it.
    public var reported: JSON {
        [
            "key": .string(key), "version": .integer(version), "source": .string(source), "name": name.json, "introduction": introduction.json,
            "levels": .array(levels.map { ["name": $0.name.json, "descriptor": $0.descriptor.json] }),
            "dimensions": .array(dimensions.map(\.reported)), "crosswalks": .array(crosswalks.map { $0.reported(in: items) }),
        ]
    }

    /// Throws `DecodingError`. Whether its parts fit one another is not checked (`shape` says).
    public init(reported tree: JSON) throws {
        let lines: Lines = try tree.read()
        self.init(
            key: lines.key, version: lines.version, source: lines.source, name: lines.name, introduction: lines.introduction, levels: lines.levels.map(\.level),
            dimensions: lines.dimensions.map(\.dimension), crosswalks: lines.crosswalks.map(\.crosswalk))
    }
}

extension Instrument.Dimension {
    fileprivate var reported: JSON {
        [
            "key": .string(key), "name": name.json, "description": description.json, "anchors": .array(anchors.map(\.json)),
            "items": .array(items.map { item in
                [
                    "key": .string(item.key), "statement": item.statement.json, "clarification": item.clarification.json, "example": item.example.json,
                    "questions": .array(item.questions.map(JSON.integer)), "terms": .array(item.terms.map(JSON.string)),
                ]
            }),
        ]
    }
}

extension Crosswalk {
    /// A line for each item that it speaks of, in the order of the items.
    fileprivate func reported(in order: [Instrument.Item]) -> JSON {
        let lines = order.compactMap { item in
            items[item.key].map { step -> JSON in
                ["item": .string(item.key), "link": .string(step.link.rawValue), "was": step.was.map(JSON.string) ?? .null]
            }
        }
        return ["version": .integer(version), "items": .array(lines)]
    }
}

// MARK: - Reading

private struct Lines: Decodable {
    let key: String, version: Int, source: String, name, introduction: Text2, levels: [LevelLine], dimensions: [DimensionLine], crosswalks: [CrosswalkLine]
}

private struct LevelLine: Decodable {
    let name, descriptor: Text2
    var level: Instrument.Level { .init(name: name, descriptor: descriptor) }
}

private struct DimensionLine: Decodable {
    let key: String, name, description: Text2, anchors: [Text2], items: [ItemLine]
    var dimension: Instrument.Dimension { .init(key: key, name: name, description: description, anchors: anchors, items: items.map(\.item)) }
}

private struct ItemLine: Decodable {
    let key: String, statement, clarification, example: Text2, questions: [Int], terms: [String]
    var item: Instrument.Item {
        .init(key: key, statement: statement, clarification: clarification, example: example, questions: questions, terms: terms)
    }
}

private struct CrosswalkLine: Decodable {
    struct Step: Decodable { let item: String, link: ItemLink, was: String? }
    let version: Int, items: [Step]
    var crosswalk: Crosswalk {
        Crosswalk(version: version, items: Dictionary(items.map { ($0.item, .init(link: $0.link, was: $0.was)) }) { first, _ in first })
    }
}
