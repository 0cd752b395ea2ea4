extension Instrument {
    /// An instrument from its file, in YAML or JSON, or everything that is wrong with it.
    ///
    /// Every field but `crosswalks` is required and none may be unknown; every text is a mapping of `sv` and `en`. There are 3 to 7 levels, 2 to 12 dimensions
    /// with an anchor for each level, and 1 to 20 items a dimension. Item keys are unique in the whole file; terms must stand in the glossary.
    /// - Parameter earlier: the versions that its crosswalks may lead to; nil where that is not looked up.
    public static func read(_ text: String, glossary: Glossary, earlier: EarlierVersions? = nil) throws(InstrumentFaults) -> Instrument {
        let known = Set(glossary.terms.map(\.key))
        return try InstrumentReader.read(text) { reader, root in reader.instrument(root, known, earlier) }
    }
}

extension InstrumentReader {
    fileprivate mutating func instrument(_ place: InstrumentPlace, _ glossary: Set<String>, _ earlier: EarlierVersions?) -> Instrument {
        let fields = fields(of: place, "key", "version", "source", "name", "introduction", "levels", "dimensions", optional: ["crosswalks"])
        var instruments: Set<String> = [], sources: Set<String> = [], dimensions: Set<String> = [], items: Set<String> = []
        let levels = elements(of: fields["levels"], 3...7), version = number(fields["version"], in: 1...9_999)
        let read = elements(of: fields["dimensions"], 2...12).map { dimension($0, levels.count, glossary, &dimensions, &items) }
        return Instrument(
            key: key(fields["key"], notIn: &instruments),
            version: version,
            source: key(fields["source"], notIn: &sources),
            name: text2(fields["name"], atMost: 100),
            introduction: text2(fields["introduction"], atMost: 4_000),
            levels: levels.map { level($0) },
            dimensions: read,
            crosswalks: crosswalks(fields["crosswalks"], version: version, items: read.flatMap(\.items).map(\.key), earlier)
        )
    }

    private mutating func level(_ place: InstrumentPlace) -> Instrument.Level {
        let fields = fields(of: place, "name", "descriptor")
        return Instrument.Level(name: text2(fields["name"], atMost: 40), descriptor: text2(fields["descriptor"], atMost: 240))
    }

    private mutating func dimension(
        _ place: InstrumentPlace, _ levels: Int, _ glossary: Set<String>, _ taken: inout Set<String>, _ takenItems: inout Set<String>
    ) -> Instrument.Dimension {
        let fields = fields(of: place, "key", "name", "description", "anchors", "items")
        return Instrument.Dimension(
            key: key(fields["key"], notIn: &taken),
            name: text2(fields["name"], atMost: 80),
            description: text2(fields["description"], atMost: 600),
            anchors: anchors(fields["anchors"], levels),
            items: elements(of: fields["items"], 1...20).map { item($0, glossary, &takenItems) }
        )
    }

    /// One a level; where the levels themselves are at fault, their number tells nothing.
    private mutating func anchors(_ place: InstrumentPlace?, _ levels: Int) -> [Text2] {
        elements(of: place, (3...7).contains(levels) ? levels...levels : 3...7).map { text2($0, atMost: 500) }
    }

    private mutating func item(_ place: InstrumentPlace, _ glossary: Set<String>, _ taken: inout Set<String>) -> Instrument.Item {
        let fields = fields(of: place, "key", "statement", "clarification", "example", "questions", "terms")
        return Instrument.Item(
            key: key(fields["key"], notIn: &taken),
            statement: text2(fields["statement"], atMost: 200),
            clarification: text2(fields["clarification"], atMost: 500),
            example: text2(fields["example"], atMost: 500),
            questions: questions(fields["questions"]),
            terms: terms(fields["terms"], glossary)
        )
    }

    private mutating func questions(_ place: InstrumentPlace?) -> [Int] {
        var taken: Set<String> = []
        return elements(of: place, 0...7).map { element in
            let question = number(element, in: 1...7)
            if question != 0 { claim("\(question)", at: element, in: &taken) }
            return question
        }.sorted()
    }

    private mutating func terms(_ place: InstrumentPlace?, _ glossary: Set<String>) -> [String] {
        var taken: Set<String> = []
        return elements(of: place, 0...20).map { element in
            let term = text(element, atMost: 40)
            claim(term, at: element, in: &taken)
            if !term.isEmpty, !glossary.contains(term) { note(.notInGlossary(term), at: element) }
            return term
        }
    }
}
