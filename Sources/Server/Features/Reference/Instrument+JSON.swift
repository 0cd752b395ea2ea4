import Rules

extension Instrument {
    /// The members of a Questionnaire (openapi.yaml), with the glossary terms that it uses, in the glossary's order.
    func members(_ glossary: Glossary) -> [JSON.Member] {
        let used = Set(items.flatMap(\.terms))
        let numbered = JSON.list(levels.enumerated()) { place, level in .object([.init("level", .integer(place + 1))] + level.members) }
        return members.map { $0.name == "levels" ? JSON.Member("levels", numbered) : $0 }
            + [.init("terms", .list(glossary.terms.filter { used.contains($0.key) }, \.json))]
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
