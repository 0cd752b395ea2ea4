import Rules

extension Instrument {
    /// The members of a Questionnaire (openapi.yaml), with the glossary terms that it uses, in the glossary's order.
    func members(_ glossary: Glossary) -> [JSON.Member] {
        let used = Set(items.flatMap(\.terms))
        return [
            .init("key", .string(key)), .init("version", .integer(version)), .init("source", .string(source)), .init("name", name.json),
            .init("introduction", introduction.json),
            .init("levels", .list(levels.enumerated()) { place, level in
                ["level": .integer(place + 1), "name": level.name.json, "descriptor": level.descriptor.json]
            }),
            .init("dimensions", .list(dimensions, \.json)),
            .init("terms", .list(glossary.terms.filter { used.contains($0.key) }, \.json)),
        ]
    }
}

extension Instrument.Dimension {
    fileprivate var json: JSON {
        [
            "key": .string(key), "name": name.json, "description": description.json, "anchors": .list(anchors, \.json),
            "items": .list(items) { item in
                [
                    "key": .string(item.key), "statement": item.statement.json, "clarification": item.clarification.json, "example": item.example.json,
                    "questions": .list(item.questions) { .integer($0) }, "terms": .list(item.terms, JSON.string),
                ]
            },
        ]
    }
}

extension Glossary.Term {
    fileprivate var json: JSON {
        [
            "key": .string(key), "term": term.json, "definition": definition.json,
            "synonyms": ["sv": .list(synonyms.sv, JSON.string), "en": .list(synonyms.en, JSON.string)],
        ]
    }
}
