/// An analysis in words: what a round's figures say, for the whole and for each dimension, in both languages.
public struct Wording: Hashable, Sendable, Codable {
    public let overall: Text2
    /// In the instrument's order.
    public let dimensions: [Section]

    public struct Section: Hashable, Sendable, Codable {
        /// The dimension's key.
        public let key: String
        public let text: Text2

        public init(key: String, text: Text2) { (self.key, self.text) = (key, text) }
    }

    public init(overall: Text2, dimensions: [Section]) { (self.overall, self.dimensions) = (overall, dimensions) }

    /// The most characters of the text of the whole, and of a dimension, in one language.
    public static let longestOverall = 4_000, longestSection = 2_000

    /// The draft by rule: sentences made of printed figures. Nil where there are none.
    public static func draft(of document: ResultDocument, by instrument: Instrument) -> Wording? {
        guard let findings = document.findings else { return nil }
        let narrators = Language.allCases.map { language in
            Narrator(
                analysis: findings.analysis, levels: findings.levels, submitted: document.submitted, invited: document.heading.invited,
                instrument: instrument, language: language)
        }
        let say = { (body: (Narrator) -> String) in Text2(sv: body(narrators[0]), en: body(narrators[1])) }
        return Wording(
            overall: say { $0.overall },
            dimensions: findings.analysis.dimensions.map { dimension in .init(key: dimension.key, text: say { $0.text(of: dimension) }) })
    }

    /// The languages in which it says, word for word, what another does.
    public func languagesAlike(_ other: Wording) -> Set<Language> {
        Set(Language.allCases.filter { language in
            overall[language] == other.overall[language] && dimensions.map(\.key) == other.dimensions.map(\.key)
                && zip(dimensions, other.dimensions).allSatisfy { $0.text[language] == $1.text[language] }
        })
    }

    public var json: JSON {
        [
            "overall": overall.json,
            "dimensions": .array(dimensions.map { ["key": .string($0.key), "text": $0.text.json] }),
        ]
    }
}

extension Text2 {
    public var json: JSON { ["sv": .string(sv), "en": .string(en)] }
}
