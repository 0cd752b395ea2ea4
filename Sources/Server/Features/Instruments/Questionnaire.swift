import Rules

extension Text2 {
    var json: JSON { ["sv": .string(sv), "en": .string(en)] }
}

extension Instrument {
    /// The whole questionnaire in both languages, with the glossary terms that it uses, as the API gives it.
    func questionnaire(_ glossary: Glossary) -> [JSON.Member] {
        let used = Set(items.flatMap(\.terms))
        return [
            .init("key", .string(key)), .init("version", .integer(version)), .init("source", .string(source)),
            .init("name", name.json), .init("introduction", introduction.json),
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
            "key": .string(key), "name": name.json, "description": description.json,
            "anchors": .list(anchors, \.json), "items": .list(items, \.json),
        ]
    }
}

extension Instrument.Item {
    fileprivate var json: JSON {
        [
            "key": .string(key), "statement": statement.json, "clarification": clarification.json, "example": example.json,
            "questions": .list(questions) { .integer($0) }, "terms": .list(terms) { .string($0) },
        ]
    }
}

extension Glossary.Term {
    fileprivate var json: JSON {
        [
            "key": .string(key), "term": term.json, "definition": definition.json,
            "synonyms": ["sv": .list(synonyms.sv) { .string($0) }, "en": .list(synonyms.en) { .string($0) }],
        ]
    }
}
