/// The words of the field, in both languages.
public struct Glossary: Hashable, Sendable {
    /// In the order of the file.
    public let terms: [Term]

    public struct Term: Hashable, Sendable {
        /// Such as "baseline"; instruments refer to it.
        public let key: String
        public let term: Text2
        public let definition: Text2
        /// Other words for the same thing. A word names one term only, so that a search has one answer.
        public let synonyms: Synonyms
    }

    public struct Synonyms: Hashable, Sendable {
        public let sv, en: [String]

        public subscript(language: Language) -> [String] {
            switch language {
            case .sv: sv
            case .en: en
            }
        }
    }

    public subscript(key: String) -> Term? { terms.first { $0.key == key } }
}
