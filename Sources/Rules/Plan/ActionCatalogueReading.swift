extension ActionCatalogue {
    /// A catalogue from its file, in YAML or JSON, or everything that is wrong with it. It has every dimension of the instrument, in order, and at least one
    /// action for each step of the ladder, for a dialogue and for making the present way visible.
    public static func read(_ text: String, for instrument: Instrument) throws(InstrumentFaults) -> ActionCatalogue {
        try InstrumentReader.read(text) { reader, root in reader.catalogue(root, instrument) }
    }
}

extension InstrumentReader {
    fileprivate mutating func catalogue(_ place: InstrumentPlace, _ instrument: Instrument) -> ActionCatalogue {
        let fields = fields(of: place, "instrument", "version", "dimensions")
        var actions: Set<String> = []
        let key = expected(instrument.key, at: fields["instrument"])
        let keys = instrument.dimensions.map(\.key), places = elements(of: fields["dimensions"], keys.count...keys.count)
        return ActionCatalogue(
            instrument: key, version: number(fields["version"], in: 1...9_999),
            dimensions: zip(keys, places).map { dimension($1, $0, steps: instrument.levels.count - 1, &actions) })
    }

    private mutating func dimension(_ place: InstrumentPlace, _ key: String, steps: Int, _ taken: inout Set<String>) -> ActionCatalogue.Dimension {
        let fields = fields(of: place, "key", "dialogue", "visibility", "steps")
        return ActionCatalogue.Dimension(
            key: expected(key, at: fields["key"]), dialogue: actions(fields["dialogue"], &taken), visibility: actions(fields["visibility"], &taken),
            steps: elements(of: fields["steps"], steps...steps).map { actions($0, &taken) })
    }

    private mutating func actions(_ place: InstrumentPlace?, _ taken: inout Set<String>) -> [ActionCatalogue.Action] {
        elements(of: place, 1...8).map { place in
            let fields = fields(of: place, "key", "who", "what", "when")
            return ActionCatalogue.Action(
                key: key(fields["key"], notIn: &taken), who: text2(fields["who"], atMost: 120), what: text2(fields["what"], atMost: 400),
                when: text2(fields["when"], atMost: 80))
        }
    }

    /// A word that can be no other.
    private mutating func expected(_ word: String, at place: InstrumentPlace?) -> String {
        let given = text(place, atMost: 40)
        if let place, !given.isEmpty, given != word { note(.notExpected(expected: word, found: given), at: place) }
        return given
    }
}
