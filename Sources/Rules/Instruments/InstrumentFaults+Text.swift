extension InstrumentFault {
    /// For people.
    public var text: Text2 {
        switch reason {
        case .empty: Text2(sv: "filen är tom", en: "the file is empty")
        case .tooLarge(let bytes): Text2(sv: "större än \(bytes) byte", en: "longer than \(bytes) bytes")
        case .notYAML(let problem): Text2(sv: "är inte YAML: \(Self.swedish[problem] ?? problem)", en: "not YAML: \(problem)")
        case .notJSON(let problem): Text2(sv: "är inte JSON: \(problem.text.sv)", en: "not JSON: \(problem.text.en)")
        case .alias:
            Text2(
                sv: "en hänvisning (*) till ett ankare tas inte emot: skriv ut texten, eller sätt citattecken om den",
                en: "aliases (*) are not taken: write the text out, or put quotes around it")
        case .more(let count): Text2(sv: "och \(count) fel till, som inte visas här", en: "and \(count) more faults, which are not listed here")
        case .wrongKind(let expected, let found):
            Text2(sv: "här ska det stå \(expected.name.sv), men det står \(found.name.sv)", en: "expected \(expected.name.en), found \(found.name.en)")
        case .needsQuotes(let found):
            Text2(
                sv: "här ska det stå text, men det läses som \(found.name.sv) (sätt citattecken om det)",
                en: "expected text, found \(found.name.en) (put quotes around it)")
        case .missing: Text2(sv: "saknas", en: "missing")
        case .unknownKey: Text2(sv: "okänt namn", en: "unknown key")
        case .repeatedKey: Text2(sv: "står mer än en gång", en: "given more than once")
        case .count(let expected, let found): Self.count(expected, found)
        case .emptyText: Text2(sv: "texten är tom", en: "the text is empty")
        case .unusableCharacter: Text2(sv: "innehåller ett styrtecken", en: "contains a control character")
        case .tooLong(let limit, let found): Text2(sv: "längre än \(limit) tecken (\(found))", en: "longer than \(limit) characters (\(found))")
        case .outOfRange(let number, let range):
            Text2(sv: "\(number) ligger inte mellan \(range.lowerBound) och \(range.upperBound)", en: "\(number) is not in \(range.lowerBound) to \(range.upperBound)")
        case .notAKey(let key):
            Text2(
                sv: "”\(key)” är ingen nyckel: små bokstäver (a–z) och siffror, med enstaka bindestreck eller punkter emellan",
                en: "\"\(key)\" is not a key: lower-case letters and digits, with single hyphens or dots between them")
        case .usedAbove(let word): Text2(sv: "”\(word)” används redan ovanför", en: "\"\(word)\" is used above already")
        case .notInGlossary(let term): Text2(sv: "”\(term)” finns inte i ordlistan", en: "\"\(term)\" is not in the glossary")
        case .notExpected(let expected, let found): Text2(sv: "här ska det stå \(expected), men det står \(found)", en: "expected \(expected), found \(found)")
        case .notEarlier(let version, let own):
            Text2(sv: "\(version) är inte tidigare än den här versionen, \(own)", en: "\(version) is not earlier than this version, \(own)")
        case .itemLeftOut(let item): Text2(sv: "inget sägs om påståendet ”\(item)”", en: "nothing is said of item \"\(item)\"")
        case .noSuchItem(let item): Text2(sv: "det finns inget påstående ”\(item)”", en: "there is no item \"\(item)\"")
        case .noSuchLink(let word): Text2(sv: "”\(word)” är varken same, bridged eller broken", en: "\"\(word)\" is not same, bridged or broken")
        case .brokenWasSomething: Text2(sv: "ett brutet påstående (broken) var inget tidigare", en: "a broken item was nothing before")
        case .wasMissing:
            Text2(sv: "”was” saknas: påståendets nyckel i den tidigare versionen", en: "\"was\" is missing: the item's key in the earlier version")
        case .noSuchVersion(let version): Text2(sv: "det finns ingen version \(version) av enkäten", en: "there is no version \(version) of the questionnaire")
        case .notPublished(let version): Text2(sv: "version \(version) av enkäten är inte publicerad", en: "version \(version) of the questionnaire is not published")
        case .notInVersion(let item, let version):
            Text2(sv: "version \(version) har inget påstående ”\(item)”", en: "version \(version) has no item \"\(item)\"")
        }
    }

    private static func count(_ expected: ClosedRange<Int>, _ found: Int) -> Text2 {
        let (low, high) = (expected.lowerBound, expected.upperBound)
        return low == high
            ? Text2(sv: "ska ha \(low) delar, men har \(found)", en: "expected \(low) elements, found \(found)")
            : Text2(sv: "ska ha \(low) till \(high) delar, men har \(found)", en: "expected \(low) to \(high) elements, found \(found)")
    }

    /// What the parser of YAML says most often; the rest is told in its own words.
    private static let swedish = [
        "mapping values are not allowed in this context": "ett kolon står där inget får stå (sätt citattecken om en text som har kolon)",
        "did not find expected key": "raden är inget namn med kolon efter, eller är indragen fel",
        "could not find expected ':'": "det saknas ett kolon",
        "did not find expected ',' or ']'": "det saknas ett kommatecken eller ]",
        "did not find expected ',' or '}'": "det saknas ett kommatecken eller }",
        "did not find expected '-' indicator": "raden är indragen fel, eller saknar bindestreck",
        "did not find expected node content": "här saknas något",
        "found character that cannot start any token": "inget kan börja med det tecknet (tabbar får inte användas som indrag)",
        "found a tab character that violates indentation": "tabbar får inte användas som indrag",
        "found unexpected end of stream": "ett citattecken saknar slut",
        "found unknown escape character": "omvänt snedstreck följs av ett tecken som inte betyder något",
        "control characters are not allowed": "styrtecken är inte tillåtna",
        "but found another document": "filen fortsätter med ett dokument till",
    ]
}

extension InstrumentFault.Kind {
    fileprivate var name: Text2 {
        switch self {
        case .nothing: Text2(sv: "ingenting", en: "nothing")
        case .truth: Text2(sv: "ja eller nej", en: "yes or no")
        case .number: Text2(sv: "ett tal", en: "a number")
        case .wholeNumber: Text2(sv: "ett heltal", en: "a whole number")
        case .date: Text2(sv: "ett datum", en: "a date")
        case .text: Text2(sv: "text", en: "text")
        case .list: Text2(sv: "en lista", en: "a list")
        case .mapping: Text2(sv: "namn med värden", en: "a mapping")
        }
    }
}

extension InstrumentFault.JSONProblem {
    fileprivate var text: Text2 {
        switch self {
        case .noValue: Text2(sv: "här ska det stå ett värde", en: "expected a value")
        case .noName: Text2(sv: "här ska det stå ett namn inom citattecken", en: "expected a name in quotes")
        case .noColon: Text2(sv: "det saknas ett kolon", en: "expected a colon")
        case .noCommaOrBrace: Text2(sv: "det saknas ett kommatecken eller }", en: "expected a comma or }")
        case .noCommaOrBracket: Text2(sv: "det saknas ett kommatecken eller ]", en: "expected a comma or ]")
        case .openText: Text2(sv: "texten saknar avslutande citattecken", en: "the text has no closing quote")
        case .rawControl: Text2(sv: "radbrytningar och andra styrtecken skrivs \\n och så vidare", en: "line breaks and other control characters are written \\n and so on")
        case .badEscape: Text2(sv: "omvänt snedstreck följs av något som inte betyder något", en: "a backslash is followed by something that means nothing")
        case .halfPair: Text2(sv: "ett tecken utanför BMP (\\ud800–\\udfff) är bara till hälften skrivet", en: "half of a surrogate pair")
        case .badNumber: Text2(sv: "talet är inte rätt skrivet", en: "the number is not well formed")
        case .tooDeep: Text2(sv: "för många nivåer inuti varandra", en: "nested too deep")
        case .afterEnd: Text2(sv: "det står något efter slutet", en: "something follows the end")
        }
    }
}
