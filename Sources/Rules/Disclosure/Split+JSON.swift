extension Split {
    var json: JSON {
        [
            "parts": .array(parts.map(\.json)),
            "items": .array(items.map { .object([.init("key", .string($0.key)), $0.result.parts(\.json)]) }),
            "dimensions": .array(dimensions.map { .object([.init("key", .string($0.key)), $0.result.parts(\.json)]) }),
        ]
    }
}

extension Part {
    fileprivate var json: JSON {
        let isByArea = families == [.programmeAreas], leaves = JSON.array(leaves.map(JSON.string))
        return [
            "key": .string(key), "name": ["sv": .string(name.sv), "en": .string(name.en)],
            "families": .array(families.map { .string($0.rawValue) }),
            "functions": isByArea ? [] : leaves, "areas": isByArea ? leaves : [],
            "submitted": .integer(submitted),
        ]
    }
}

extension Split.PartOfItem {
    fileprivate var json: JSON {
        ["part": .string(part), "pairs": .integer(pairs), "histograms": histograms.json, "figures": figures.json]
    }
}

extension Split.PartOfDimension {
    fileprivate var json: JSON { ["part": .string(part), "figures": figures.json] }
}

extension Shown {
    fileprivate func parts<Part>(_ json: (Part) -> JSON) -> JSON.Member where Figures == [Part] {
        switch self {
        case .shown(let parts): .init("parts", .array(parts.map(json)))
        case .hidden(let reason): .init("hidden", .string(reason.rawValue))
        }
    }
}

// MARK: - Reading

extension Split: Decodable {
    private enum Name: String, CodingKey { case parts, items, dimensions }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Name.self)
        parts = try fields.decode([Part].self, forKey: .parts)
        items = try fields.decode([Item].self, forKey: .items)
        dimensions = try fields.decode([Dimension].self, forKey: .dimensions)
    }
}

private enum LineName: String, CodingKey { case key, parts, hidden, families, functions, areas, submitted }

extension Part: Decodable {
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: LineName.self)
        key = try fields.decode(String.self, forKey: .key)
        families = try fields.decode([RoleFamily].self, forKey: .families)
        leaves = try fields.decode([String].self, forKey: .functions) + fields.decode([String].self, forKey: .areas)
        submitted = try fields.decode(Int.self, forKey: .submitted)
    }
}

extension Split.Item: Decodable {
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: LineName.self)
        key = try fields.decode(String.self, forKey: .key)
        result = try fields.parts()
    }
}

extension Split.Dimension: Decodable {
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: LineName.self)
        key = try fields.decode(String.self, forKey: .key)
        result = try fields.parts()
    }
}


extension KeyedDecodingContainer<LineName> {
    fileprivate func parts<Part: Decodable & Hashable & Sendable>() throws -> Shown<[Part]> {
        try decodeIfPresent(Hidden.self, forKey: .hidden).map { .hidden($0) } ?? .shown(try decode([Part].self, forKey: .parts))
    }
}
