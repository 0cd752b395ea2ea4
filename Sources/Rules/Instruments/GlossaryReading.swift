extension Glossary {
    /// A glossary from its file, in YAML or JSON, or everything that is wrong with it.
    public static func read(_ text: String) throws(InstrumentFaults) -> Glossary {
        try InstrumentReader.read(text) { reader, root in reader.glossary(root) }
    }
}

extension InstrumentReader {
    fileprivate mutating func glossary(_ place: InstrumentPlace) -> Glossary {
        let fields = fields(of: place, "terms")
        var keys: Set<String> = [], words: [Language: Set<String>] = [:]
        return Glossary(terms: elements(of: fields["terms"], 1...500).map { term($0, &keys, &words) })
    }

    private mutating func term(_ place: InstrumentPlace, _ keys: inout Set<String>, _ words: inout [Language: Set<String>]) -> Glossary.Term {
        let fields = fields(of: place, "key", "term", "definition", "synonyms")
        let key = key(fields["key"], notIn: &keys)
        let term = self.fields(of: fields["term"], "sv", "en")
        let definition = text2(fields["definition"], atMost: 500)
        let synonyms = self.fields(of: fields["synonyms"], "sv", "en")
        return Glossary.Term(
            key: key,
            term: Text2(sv: word(term["sv"], &words[.sv, default: []]), en: word(term["en"], &words[.en, default: []])),
            definition: definition,
            synonyms: Glossary.Synonyms(
                sv: elements(of: synonyms["sv"], 0...12).map { word($0, &words[.sv, default: []]) },
                en: elements(of: synonyms["en"], 0...12).map { word($0, &words[.en, default: []]) }
            )
        )
    }

    private mutating func word(_ place: InstrumentPlace?, _ taken: inout Set<String>) -> String {
        let word = text(place, atMost: 80)
        claim(word, at: place, in: &taken)
        return word
    }
}
