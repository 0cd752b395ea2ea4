/// An instrument as a report carries it: whole, so that whoever holds the report can read its questions and compute its figures, also where nobody else knows it.
extension Instrument {
    /// A reader gets the same instrument back, and the same tree of it.
    public var reported: JSON { .object(members + [.init("crosswalks", .array(crosswalks.map { $0.json(items, broken: .null) }))]) }

    /// Throws `DecodingError`. Whether its parts fit one another is not checked (`shape` says).
    public init(reported tree: JSON) throws {
        let lines: Lines = try tree.read()
        self.init(
            key: lines.key, version: lines.version, source: lines.source, name: lines.name, introduction: lines.introduction, levels: lines.levels.map(\.level),
            dimensions: lines.dimensions.map(\.dimension), crosswalks: lines.crosswalks.map(\.crosswalk))
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
