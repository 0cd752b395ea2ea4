import Testing

@testable import Rules

/// An instrument that is written to a file and read again is the same, to the byte, in both notations and across them.
struct InstrumentFileTests {
    let glossary: Glossary

    init() throws { glossary = try Glossary.read(InstrumentFaultTests.glossary) }

    /// By scalars: Swift calls two spellings of é equal.
    private func isSame(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }

    /// Written, read and written again in every order of the notations.
    private func expectTheSame(_ instrument: Instrument) throws {
        let files = InstrumentFormat.allCases.map { instrument.file($0) }
        for text in files {
            let again = try Instrument.read(text, glossary: glossary)
            #expect(again.items == instrument.items && again.crosswalks == instrument.crosswalks && again.levels == instrument.levels)
            for (format, file) in zip(InstrumentFormat.allCases, files) where !isSame(again.file(format), file) {
                let lines = zip(file.split(separator: "\n"), again.file(format).split(separator: "\n"))
                Issue.record("\(format) differs: \(lines.first { $0 != $1 }.map { "\($0) | \($1)" } ?? "in its end")")
            }
        }
    }

    @Test(arguments: 0..<60) func whateverItsShapeAndTexts(seed: Int) throws {
        var chance = Chance(seed: UInt64(seed))
        try expectTheSame(.random(&chance))
    }

    @Test(arguments: [(2, 1, 3), (12, 20, 7), (12, 1, 3), (2, 20, 7)]) func atTheEndsOfWhatIsAllowed(dimensions: Int, items: Int, levels: Int) throws {
        var chance = Chance(seed: UInt64(dimensions * 1_000 + items))
        try expectTheSame(.random(dimensions: dimensions, items: items...items, levels: levels, &chance))
    }

    @Test func theFileIsWhatPeopleWouldWrite() throws {
        let instrument = try Instrument.read(InstrumentFaultTests.valid.replacing("sv: Hej", with: #"sv: "Hej\n\nHär: \"detta\"""#), glossary: glossary)
        #expect(instrument.file(.yaml).hasPrefix("""
            key: "tiny"
            version: 1
            source: "own"
            name:
              sv: "Liten"
              en: "Tiny"
            introduction:
              sv: |-
                Hej

                Här: "detta"
              en: "Hello"
            levels:
              - name:
                  sv: "Låg"
                  en: "Low"
                descriptor:
            """))
        #expect(instrument.file(.yaml).contains("\n        questions: [1, 3]\n        terms: [\"gap\"]\n"))
        #expect(instrument.file(.json).hasPrefix("""
            {
              "key": "tiny",
              "version": 1,
              "source": "own",
              "name": {
                "sv": "Liten",
                "en": "Tiny"
              },
              "introduction": {
                "sv": "Hej\\n\\nHär: \\"detta\\"",
            """))
        #expect(instrument.file(.json).hasSuffix("\n          \"questions\": [],\n          \"terms\": []\n        }\n      ]\n    }\n  ]\n}\n"))
    }
}

extension Instrument {
    static func random(_ chance: inout Chance) -> Instrument {
        random(dimensions: chance.int(2...12), items: 1...chance.int(1...20), levels: chance.int(3...7), &chance)
    }

    /// Of a shape, with texts that a notation could trip over.
    static func random(dimensions: Int, items: ClosedRange<Int>, levels: Int, _ chance: inout Chance) -> Instrument {
        let read = (1...dimensions).map { d in
            Dimension(
                key: "d\(d)", name: .random(80, &chance), description: .random(600, &chance), anchors: (0..<levels).map { _ in .random(500, &chance) },
                items: (1...chance.int(items)).map { i in
                    Item(
                        key: "d\(d).\(i)", statement: .random(200, &chance), clarification: .random(500, &chance), example: .random(500, &chance),
                        questions: (1...7).filter { _ in chance.happens(30) }, terms: chance.happens(50) ? ["gap"] : [])
                })
        }
        let version = chance.int(1...9_999), earlier = Array(Set((0..<chance.int(0...3)).map { _ in chance.int(1...9_999) })).filter { $0 < version }
        return Instrument(
            key: ["no", "null", "true", "x-1", "nr-1"].randomElement(using: &chance)!, version: version, source: "y",
            name: .random(100, &chance), introduction: .random(4_000, &chance),
            levels: (0..<levels).map { _ in Level(name: .random(40, &chance), descriptor: .random(240, &chance)) }, dimensions: read,
            crosswalks: earlier.map { .random(to: $0, of: read.flatMap(\.items), &chance) })
    }
}

extension Crosswalk {
    fileprivate static func random(to version: Int, of items: [Instrument.Item], _ chance: inout Chance) -> Crosswalk {
        Crosswalk(version: version, items: Dictionary(uniqueKeysWithValues: items.map { item in
            let link = ItemLink.allCases.randomElement(using: &chance)!
            return (item.key, Step(link: link, was: link == .broken ? nil : "old.\(item.key)"))
        }))
    }
}

extension Text2 {
    fileprivate static func random(_ most: Int, _ chance: inout Chance) -> Text2 {
        Text2(sv: text(most, &chance), en: text(most, &chance))
    }

    private static let pieces = [
        "ord", "Å", "e\u{301}", "é", "😀", "👩🏽‍🚒", "ß", "漢", " ", "  ", "\n", "\n\n", "\n  ", "\n- ", "\n# ", "\n---\n", "\n...\n", ": ", ":", " #", "#", "- ", "-", "---",
        "?", "? ", "|", ">", ">-", "&a", "*a", "&", "*", "!", "!!int ", "%", "@", "`", "'", "''", "\"", "\"\"", "\\", "\\n", "\\u0041", "{", "}", "[", "]", ",", "~", "null",
        "no", "true", "1", "1.5", "0x1F", "2026-11-25", "=", "<<", "\u{A0}", "\u{200D}", "\u{E000}", "</script>", "{{t}}", "\u{3000}", "\u{10FFFD}",
    ]

    /// Not empty, and without white space at its ends, as a reader has it.
    private static func text(_ most: Int, _ chance: inout Chance) -> String {
        let ends = ["a", "-", "'", "\"", ":", "#", "&a", "*a", "\\", "{", "[", "no", "~", "1", "😀", "%", "@", "|", "!"]
        var text = ends.randomElement(using: &chance)!, length = chance.int(0...min(most / 8, chance.happens(10) ? 60 : 8))
        while length > 0 {
            text += pieces.randomElement(using: &chance)!
            length -= 1
        }
        return text + ends.randomElement(using: &chance)!
    }
}
