import Testing

@testable import Rules

/// Every fault of a file is told at once, each with the place where it stands.
struct InstrumentFaultTests {
    /// A small file and its line numbers.
    static let valid = """
        key: tiny
        version: 1
        source: own
        name: {sv: Liten, en: Tiny}
        introduction: {sv: Hej, en: Hello}
        levels:
          - {name: {sv: Låg, en: Low}, descriptor: {sv: Lågt, en: Low down}}
          - {name: {sv: Mellan, en: Middle}, descriptor: {sv: Mitt, en: Midway}}
          - {name: {sv: Hög, en: High}, descriptor: {sv: Högt, en: High up}}
        dimensions:
          - key: a
            name: {sv: Ett, en: One}
            description: {sv: Första, en: First}
            anchors:
              - {sv: a1, en: b1}
              - {sv: a2, en: b2}
              - {sv: a3, en: b3}
            items:
              - key: a.1
                statement:
                  sv: Vi gör
                  en: We do
                clarification: {sv: Alltså, en: Thus}
                example: {sv: Som så, en: Like so}
                questions: [3, 1]
                terms: [gap]
          - key: b
            name: {sv: Två, en: Two}
            description: {sv: Andra, en: Second}
            anchors: [{sv: c1, en: d1}, {sv: c2, en: d2}, {sv: c3, en: d3}]
            items:
              - key: b.1
                statement: {sv: Vi låter bli, en: We do not}
                clarification: {sv: Aldrig, en: Never}
                example: {sv: Som här, en: Like here}
                questions: []
                terms: []
        """

    static let glossary = """
        terms:
          - key: gap
            term: {sv: Gap, en: Gap}
            definition: {sv: Önskat minus nuläge, en: Desired minus current}
            synonyms: {sv: [glapp], en: []}
        """

    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let edits: [(String, String)]
        let faults: [String]

        init(_ name: String, _ edits: (String, String)..., faults: String...) {
            (testDescription, self.edits, self.faults) = (name, edits, faults)
        }

        /// The file with each edit made, once, at its first place.
        func broken(_ valid: String) throws -> String {
            try edits.reduce(into: valid) { text, edit in
                let place = try #require(text.firstRange(of: edit.0))
                text.replaceSubrange(place, with: edit.1)
            }
        }
    }

    @Test func aValidFileIsRead() throws {
        let instrument = try Instrument.read(Self.valid, glossary: Glossary.read(Self.glossary))
        #expect(instrument.items.map(\.key) == ["a.1", "b.1"])
        #expect(instrument.items[0].questions == [1, 3])
        #expect(instrument.items[0].statement[.en] == "We do")
        #expect(instrument.dimensions[1].anchors[2] == Text2(sv: "c3", en: "d3"))
    }

    @Test(arguments: [
        Case("missing text", ("          en: We do\n", ""), faults: "21:11: dimensions[0].items[0].statement.en: missing"),
        Case("missing field", ("version: 1\n", ""), faults: "1:1: version: missing"),
        Case("unknown key", ("version: 1", "version: 1\nweight: 2"), faults: "3:1: weight: unknown key"),
        Case("the same key twice", ("sv: Vi gör", "sv: Vi gör\n          sv: Vi gör om"),
             faults: "22:11: dimensions[0].items[0].statement.sv: given more than once"),
        Case("a quoted key thrice in one line", ("{sv: Ett, en: One}", "{'sv': Ett, \"sv\": Ett, sv: Ett, en: One}"),
             faults: "12:23: dimensions[0].name.sv: given more than once", "12:34: dimensions[0].name.sv: given more than once"),
        Case("empty text", ("sv: Vi gör", "sv: '  '"), faults: "21:15: dimensions[0].items[0].statement.sv: the text is empty"),
        Case("no text at all", ("sv: Vi gör", "sv:"), faults: "21:14: dimensions[0].items[0].statement.sv: expected text, found nothing"),
        Case("a word that YAML takes for no", ("sv: Vi gör", "sv: no"),
             faults: "21:15: dimensions[0].items[0].statement.sv: expected text, found yes or no (put quotes around it)"),
        Case("a number for a text", ("sv: Vi gör", "sv: 42"),
             faults: "21:15: dimensions[0].items[0].statement.sv: expected text, found a number (put quotes around it)"),
        Case("a text for both", ("name: {sv: Liten, en: Tiny}", "name: Tiny"), faults: "4:7: name: expected a mapping, found text"),
        Case("a mapping for a list", ("questions: []", "questions: {}"), faults: "36:20: dimensions[1].items[0].questions: expected a list, found a mapping"),
        Case("a text for a number", ("version: 1", "version: one"), faults: "2:10: version: expected a whole number, found text"),
        Case("a fraction", ("version: 1", "version: 1.5"), faults: "2:10: version: expected a whole number, found a number"),
        Case("an eighth question", ("[3, 1]", "[3, 8]"), faults: "25:24: dimensions[0].items[0].questions[1]: 8 is not in 1 to 7"),
        Case("a question twice", ("[3, 1]", "[3, 3]"), faults: "25:24: dimensions[0].items[0].questions[1]: \"3\" is used above already"),
        Case("a term nobody explains", ("[gap]", "[gap, gasp]"), faults: "26:22: dimensions[0].items[0].terms[1]: \"gasp\" is not in the glossary"),
        Case("an item's key twice", ("key: b.1", "key: a.1"), faults: "32:14: dimensions[1].items[0].key: \"a.1\" is used above already"),
        Case("a dimension's key twice", ("key: b\n", "key: a\n"), faults: "27:10: dimensions[1].key: \"a\" is used above already"),
        Case("a key that is none", ("key: tiny", "key: Tiny One"),
             faults: "1:6: key: \"Tiny One\" is not a key: lower-case letters and digits, with single hyphens or dots between them"),
        Case("one level too few", ("  - {name: {sv: Hög, en: High}, descriptor: {sv: Högt, en: High up}}\n", ""),
             faults: "7:3: levels: expected 3 to 7 elements, found 2"),
        Case("an anchor too few", ("      - {sv: a3, en: b3}\n", ""), faults: "15:7: dimensions[0].anchors: expected 3 elements, found 2"),
        Case("too long a statement", ("sv: Vi gör", "sv: " + String(repeating: "å", count: 201)),
             faults: "21:15: dimensions[0].items[0].statement.sv: longer than 200 characters (201)"),
        Case("an alias", ("sv: Vi gör", "sv: &we Vi gör"), ("en: We do", "en: *we"),
             faults: "22:15: aliases (*) are not taken: write the text out, or put quotes around it"),
        Case("text that turns itself round", ("sv: Vi gör", "sv: Vi \u{202E}rög"), faults: "21:15: dimensions[0].items[0].statement.sv: contains a control character"),
        Case("a control character", ("sv: Vi gör", #"sv: "Vi\0gör""#), faults: "21:15: dimensions[0].items[0].statement.sv: contains a control character"),
        Case("not YAML", ("sv: Vi gör", "sv: [Vi gör"), faults: "22:13: not YAML: did not find expected ',' or ']'"),
        Case("many at once", ("version: 1", "version: 0"), ("sv: Hej", "sv: ''"), ("sv: Första, ", "sv: Första, sv: Förste, "), ("[3, 1]", "[0, x]"),
             ("terms: []", "terms: [Gap]\n        hint: none"),
             faults: "2:10: version: 0 is not in 1 to 9999", "5:20: introduction.sv: the text is empty",
             "13:31: dimensions[0].description.sv: given more than once", "25:21: dimensions[0].items[0].questions[0]: 0 is not in 1 to 7",
             "25:24: dimensions[0].items[0].questions[1]: expected a whole number, found text",
             "37:17: dimensions[1].items[0].terms[0]: \"Gap\" is not in the glossary", "38:9: dimensions[1].items[0].hint: unknown key"),
    ])
    func everyFaultOfAnInstrumentIsToldWithItsPlace(_ test: Case) throws {
        let glossary = try Glossary.read(Self.glossary)
        let yaml = try test.broken(Self.valid)
        #expect(faults { () throws(InstrumentFaults) in _ = try Instrument.read(yaml, glossary: glossary) } == test.faults)
    }

    @Test(arguments: [
        Case("a synonym that is another term", ("[glapp]", "[glapp, gap]"), faults: "5:28: terms[0].synonyms.sv[1]: \"gap\" is used above already"),
        Case("no definition", ("    definition: {sv: Önskat minus nuläge, en: Desired minus current}\n", ""), faults: "2:5: terms[0].definition: missing"),
        Case("a synonym alone", ("[glapp]", "glapp"), faults: "5:20: terms[0].synonyms.sv: expected a list, found text"),
    ])
    func everyFaultOfAGlossaryIsToldWithItsPlace(_ test: Case) throws {
        let yaml = try test.broken(Self.glossary)
        #expect(faults { () throws(InstrumentFaults) in _ = try Glossary.read(yaml) } == test.faults)
    }

    @Test(arguments: [
        ("", "1:1: the file is empty"), ("- a", "1:1: expected a mapping, found a list"), ("\u{7}", "1:1: not YAML: control characters are not allowed"),
        ("a: 1\n---\nb: 2", "2:1: not YAML: but found another document"), (String(repeating: "#", count: 1_000_001), "1:1: longer than 1000000 bytes"),
    ])
    func aFileThatIsNoMappingIsRefused(yaml: String, fault: String) {
        #expect(faults { () throws(InstrumentFaults) in _ = try Glossary.read(yaml) } == [fault])
    }

    /// Each duplicate costs a parse, so their number is bounded: then the next one alone is told.
    @Test func endlessDuplicatesEnd() {
        let yaml = "terms: []\n" + String(repeating: "terms: []\n", count: 200)
        #expect(faults { () throws(InstrumentFaults) in _ = try Glossary.read(yaml) } == ["101:1: terms: given more than once"])
    }

    // MARK: JSON

    /// The same file, as a program writes it.
    static func json() throws -> String {
        try Instrument.read(valid, glossary: Glossary.read(glossary)).file(.json)
    }

    @Test(arguments: [
        Case("missing field", ("  \"version\": 1,\n", ""), faults: "1:1: version: missing"),
        Case("the same key twice, and again spelled otherwise", ("\"version\": 1", "\"version\": 1,\n  \"version\": 2,\n  \"\\u0076ersion\": 3"),
             faults: "4:3: version: given more than once", "5:3: version: given more than once"),
        Case("unknown key", ("\"version\": 1", "\"version\": 1, \"weight\": null"), faults: "3:17: weight: unknown key"),
        Case("a fraction", ("\"version\": 1", "\"version\": 1.0"), faults: "3:14: version: expected a whole number, found a number"),
        Case("a number in quotes", ("\"version\": 1", "\"version\": \"1\""), faults: "3:14: version: expected a whole number, found text"),
        Case("no text at all", ("\"sv\": \"Hej\"", "\"sv\": null"), faults: "10:11: introduction.sv: expected text, found nothing"),
        Case("true for a text", ("\"sv\": \"Hej\"", "\"sv\": true"), faults: "10:11: introduction.sv: expected text, found yes or no (put quotes around it)"),
        Case("a control character", ("\"Hej\"", "\"H\\tej\""), faults: "10:11: introduction.sv: contains a control character"),
        Case("many at once", ("\"Liten\"", "\"\""), ("\"Hej\"", "[]"), ("\"key\": \"b\"", "\"key\": \"a\""),
             faults: "6:11: name.sv: the text is empty", "10:11: introduction.sv: expected text, found a list", "91:14: dimensions[1].key: \"a\" is used above already"),
        Case("a comma too many", ("\"version\": 1,", "\"version\": 1,,"), faults: "3:16: not JSON: expected a name in quotes"),
        Case("a comma too few", ("\"version\": 1,", "\"version\": 1"), faults: "4:3: not JSON: expected a comma or }"),
        Case("a comment", ("\"version\": 1,", "# one\n\"version\": 1,"), faults: "3:3: not JSON: expected a name in quotes"),
        Case("a word", ("\"version\": 1", "\"version\": one"), faults: "3:14: not JSON: expected a value"),
        Case("a number of another kind", ("\"version\": 1", "\"version\": 01"), faults: "3:14: not JSON: the number is not well formed"),
        Case("an open text", ("\"sv\": \"Hej\"", "\"sv\": \"Hej"), faults: "10:16: not JSON: line breaks and other control characters are written \\n and so on"),
        Case("a wrong escape", ("\"Hej\"", "\"H\\ej\""), faults: "10:13: not JSON: a backslash is followed by something that means nothing"),
        Case("half a pair", ("\"Hej\"", "\"H\\ud83dej\""), faults: "10:13: not JSON: half of a surrogate pair"),
    ])
    func everyFaultOfAFileInJSONIsToldWithItsPlace(_ test: Case) throws {
        let glossary = try Glossary.read(Self.glossary), json = try test.broken(Self.json())
        #expect(faults { () throws(InstrumentFaults) in _ = try Instrument.read(json, glossary: glossary) } == test.faults)
    }

    @Test(arguments: [
        ("{", "1:2: not JSON: expected a name in quotes"), ("{}x", "1:3: not JSON: something follows the end"), ("{\"a\": \"x", "1:7: not JSON: the text has no closing quote"),
        ("{\"a\"", "1:5: not JSON: expected a colon"), ("{\"a\":[1", "1:8: not JSON: expected a comma or ]"), ("\u{FEFF}\r\n{\r\n\"a\":", "3:5: not JSON: expected a value"),
        ("{\"a\":" + String(repeating: "[", count: 20), "1:21: not JSON: nested too deep"),
    ])
    func whatIsNotJSONIsToldWithItsPlace(json: String, fault: String) {
        #expect(faults { () throws(InstrumentFaults) in _ = try Glossary.read(json) } == [fault])
    }

    @Test func emojiMayBeWrittenInTwoHalves() throws {
        let json = try Self.json().replacing("\"Hej\"", with: "\"Hej \\ud83d\\ude00 \\u00e5\\/\"")
        #expect(try Instrument.read(json, glossary: Glossary.read(Self.glossary)).introduction.sv == "Hej 😀 å/")
    }

    // MARK: What costs much

    /// Twenty aliases, each of ten of the one before: 10²⁰ elements, and a key of them all.
    @Test func aliasesDoNotUnfold() {
        let levels = (1...20).map { "a\($0): &a\($0) [" + Array(repeating: "*a\($0 - 1)", count: 10).joined(separator: ", ") + "]" }
        let yaml = "a0: &a0 x\n" + levels.joined(separator: "\n") + "\n? *a20\n: x\n"
        #expect(faults { () throws(InstrumentFaults) in _ = try Glossary.read(yaml) }
            == ["2:10: aliases (*) are not taken: write the text out, or put quotes around it"])
    }

    @Test(arguments: ["[", "{", "- ", "? ", "{\"a\":"])
    func deepFilesAreRefused(mark: String) {
        #expect(!faults { () throws(InstrumentFaults) in _ = try Glossary.read(String(repeating: mark, count: 100_000)) }.isEmpty)
    }

    @Test func ofVeryManyFaultsTheFirstAreTold() {
        let yaml = "terms: []\n" + (0..<500).map { "x\($0): 1\n" }.joined()
        let told = faults { () throws(InstrumentFaults) in _ = try Glossary.read(yaml) }
        #expect(told.count == InstrumentFaults.most + 1 && told.last == "201:1: and 301 more faults, which are not listed here")
    }

    // MARK: The line that is meant

    @Test func theLineIsShownWithThePlace() {
        let faults = InstrumentFaults([
            InstrumentFault(line: 2, column: 3, path: "", reason: .missing), InstrumentFault(line: 3, column: 71, path: "", reason: .missing),
            InstrumentFault(line: 4, column: 1, path: "", reason: .missing), InstrumentFault(line: 9, column: 9, path: "", reason: .missing),
        ])
        let x = String(repeating: "x", count: 60), y = String(repeating: "y", count: 60)
        let shown = faults.excerpts(of: "a\r\nå\u{301}bc\nxxxxxxxxxx\(x)!\(y)y\n").map { [$0.before, $0.at, $0.after] }
        #expect(InstrumentFaults([InstrumentFault(line: 1, column: 2, path: "", reason: .missing)]).excerpts(of: "\u{FEFF}{x}").map(\.at) == ["x"])
        #expect(shown == [["å\u{301}", "b", "c"], ["…" + x, "!", y + "…"], ["", "", ""], ["", "", ""]])
    }

    @Test func everyFaultSpeaksBothLanguages() {
        let reasons: [InstrumentFault.Reason] = [
            .empty, .tooLarge(bytes: 1), .notYAML("did not find expected key"), .alias, .more(2), .wrongKind(expected: .list, found: .text),
            .needsQuotes(found: .truth), .missing, .unknownKey, .repeatedKey, .count(expected: 1...1, found: 2), .count(expected: 1...2, found: 3), .emptyText,
            .unusableCharacter, .tooLong(limit: 1, found: 2), .outOfRange(3, 1...2), .notAKey("A"), .usedAbove("a"), .notInGlossary("a"),
            .notExpected(expected: "a", found: "b"), .notEarlier(1, than: 1), .itemLeftOut("a"), .noSuchItem("a"), .noSuchLink("a"), .brokenWasSomething,
            .wasMissing, .noSuchVersion(1), .notPublished(1), .notInVersion("a", 1),
        ] + InstrumentFault.JSONProblem.allCases.map { .notJSON($0) }
        let texts = reasons.map { InstrumentFault(line: 1, column: 1, path: "", reason: $0).text }
        #expect(texts.allSatisfy { $0.sv != $0.en } && Set(texts).count == texts.count)
    }

    private func faults(_ read: () throws(InstrumentFaults) -> Void) -> [String] {
        do {
            try read()
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }
}
