import Foundation
import Rules
import Testing

/// What is built in: the glossary, and the instrument NR-1.
struct InstrumentContentTests {
    let glossary: Glossary
    let instrument: Instrument

    init() throws {
        glossary = try Glossary.read(Self.resource("glossary.yaml"))
        instrument = try Instrument.read(Self.resource("instruments/nr-1.v1.yaml"), glossary: glossary)
    }

    private static func resource(_ path: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "Sources/Server/Resources/\(path)"), encoding: .utf8)
    }

    @Test func itIsOurOwnAndNamedLikeItsFile() {
        #expect("\(instrument.key).v\(instrument.version)" == "nr-1.v1")
        #expect(instrument.source == "own")
    }

    @Test func keysStayAsTheyAre() {
        #expect(instrument.dimensions.map(\.key) == (1...8).map { "d\($0)" })
        #expect(instrument.items.map(\.key) == (1...8).flatMap { d in (1...4).map { "d\(d).\($0)" } })
        #expect(glossary.terms.map(\.key) == """
            benefit disbenefit benefits-realisation effect harvesting outcome-target benefit-map stakeholder beneficiary benefit-owner measure-owner sponsor
            deputy facilitator benefit-type cashable-benefit released-capacity quality-benefit benefits-register benefit-calculation business-case baseline
            measure current-state desired-state gap maturity maturity-analysis action-plan spread peer-group programme-area disposal processor discount-rate
            """.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    @Test func fiveLevelsEightDimensionsOfFourItemsAndThirtyFiveTerms() {
        #expect(instrument.levels.count == 5)
        #expect(instrument.dimensions.count == 8)
        #expect(instrument.dimensions.allSatisfy { $0.items.count == 4 && $0.anchors.count == 5 })
        #expect(glossary.terms.count == 35)
    }

    @Test(arguments: 1...7) func everyQuestionIsSupportedByTwoItemsAtLeast(question: Int) {
        #expect(instrument.items.filter { $0.questions.contains(question) }.count >= 2)
    }

    @Test func everyItemSupportsAQuestionAndExplainsAWord() {
        #expect(instrument.items.allSatisfy { !$0.questions.isEmpty && !$0.terms.isEmpty })
    }

    @Test func everyTermIsUsedBySomeItem() {
        #expect(Set(instrument.items.flatMap(\.terms)) == Set(glossary.terms.map(\.key)))
    }

    /// A reader finds in the item each word that is explained beside it.
    @Test(arguments: Language.allCases) func termsStandInTheTextsThatTheyExplain(language: Language) throws {
        for item in instrument.items {
            let text = [item.statement, item.clarification, item.example].map { $0[language] }.joined(separator: " ").lowercased()
            for key in item.terms {
                let term = try #require(glossary[key]).term[language].lowercased()
                let stem = term.prefix(max(4, term.count - 2))   // whatever ending it has there
                #expect(text.contains(stem), "\(item.key) does not say \(key) (\(language))")
            }
        }
    }

    @Test(arguments: Language.allCases) func noTextLendsItTheNameOfAnAuthority(language: Language) {
        let words = Set((names(language) + prose(language)).flatMap(\.words))
        #expect(words.isDisjoint(with: ["delegationen", "delegation", "digg", "esv", "skr", "statskontoret", "axelos", "p3m3"]))
    }

    // MARK: No text twice

    @Test(arguments: Language.allCases) func noTwoTextsAreEqual(language: Language) {
        let twice = Dictionary(grouping: names(language) + prose(language)) { $0.words.joined(separator: " ") }.filter { $1.count > 1 }
        #expect(twice.isEmpty)
    }

    /// A text that was made from another by putting in a different name or number tells nothing of its own.
    @Test(arguments: Language.allCases) func noTwoTextsAreEqualButForAName(language: Language) {
        let names = names(language).map { $0.words.joined(separator: " ") }.sorted { $0.count > $1.count }
        let masked = prose(language).map { text in
            let plain = names.reduce(" " + text.words.joined(separator: " ") + " ") { $0.replacingOccurrences(of: " \($1) ", with: " _ ") }
            return plain.replacing(/[0-9]+/, with: "_")
        }
        #expect(Dictionary(grouping: masked) { $0 }.filter { $1.count > 1 }.isEmpty)
    }

    @Test(arguments: Language.allCases) func noTwoTextsAreNearlyEqual(language: Language) {
        let texts = prose(language).map { (text: $0, words: Set($0.words)) }
        for (index, one) in texts.enumerated() {
            for other in texts[(index + 1)...] {
                let shared = Double(one.words.intersection(other.words).count) / Double(one.words.union(other.words).count)
                #expect(shared < 0.6, "\(one.text) | \(other.text)")
            }
        }
    }

    private func names(_ language: Language) -> [String] {
        [instrument.name[language]] + (instrument.levels.map(\.name) + instrument.dimensions.map(\.name)).map { $0[language] }
            + glossary.terms.flatMap { [$0.term[language]] + $0.synonyms[language] }
    }

    private func prose(_ language: Language) -> [String] {
        let levels = instrument.levels.map(\.descriptor)
        let dimensions = instrument.dimensions.flatMap { [$0.description] + $0.anchors }
        let items = instrument.items.flatMap { [$0.statement, $0.clarification, $0.example] }
        let introduction = instrument.introduction[language].split(separator: "\n").map(String.init)
        return introduction + (levels + dimensions + items + glossary.terms.map(\.definition)).map { $0[language] }
    }
}

extension String {
    fileprivate var words: [String] {
        lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}
