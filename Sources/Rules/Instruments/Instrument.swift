/// A questionnaire about maturity: dimensions of statements, each rated on one ladder of levels for now and for the desired state.
///
/// A version is frozen once a round uses it, because results are compared within one version only.
public struct Instrument: Hashable, Sendable {
    /// Names the instrument in links and files, such as "nr-1".
    public let key: String
    /// Counted from 1.
    public let version: Int
    /// Whose model it is, as a key: "own" is ours. Shown, so that nobody takes it for an authority's.
    public let source: String
    public let name: Text2
    /// How to answer; paragraphs are separated by a line break.
    public let introduction: Text2
    /// From the lowest to the highest: level 1 is `levels[0]`.
    public let levels: [Level]
    public let dimensions: [Dimension]

    /// One rung of the ladder.
    public struct Level: Hashable, Sendable {
        public let name: Text2
        public let descriptor: Text2
    }

    /// An area that is described, and summed up, on its own.
    public struct Dimension: Hashable, Sendable {
        /// Such as "d1".
        public let key: String
        public let name: Text2
        public let description: Text2
        /// What can be seen at each level, one anchor a level, from the lowest: two people who saw the same choose the same.
        public let anchors: [Text2]
        public let items: [Item]
    }

    /// A statement that is rated.
    public struct Item: Hashable, Sendable {
        /// Such as "d1.1"; no other item of the instrument has it.
        public let key: String
        public let statement: Text2
        /// What the statement means, and what it does not.
        public let clarification: Text2
        /// What it can look like in a municipality.
        public let example: Text2
        /// Which of the seven questions about a benefit it supports, each in 1...7, rising.
        public let questions: [Int]
        /// Keys of the glossary terms that it uses.
        public let terms: [String]
    }

    /// Every item, in the order in which answers are kept.
    public let items: [Item]
    /// To earlier versions that results may be compared with; none by default.
    public let crosswalks: [Crosswalk]

    init(
        key: String, version: Int, source: String, name: Text2, introduction: Text2, levels: [Level], dimensions: [Dimension], crosswalks: [Crosswalk] = []
    ) {
        self.key = key
        self.version = version
        self.source = source
        self.name = name
        self.introduction = introduction
        self.levels = levels
        self.dimensions = dimensions
        self.crosswalks = crosswalks
        items = dimensions.flatMap(\.items)
    }

    /// The same to begin the next version with. What of it can be compared with this one is for its author to say.
    public var nextVersion: Instrument {
        Instrument(
            key: key, version: version + 1, source: source, name: name, introduction: introduction, levels: levels, dimensions: dimensions)
    }
}

// MARK: - For people

extension Instrument {
    /// A dimension's name; its key where there is no such dimension.
    public func name(of dimension: String) -> Text2 { dimensions.first { $0.key == dimension }?.name ?? Text2(sv: dimension, en: dimension) }

    /// What an item states; its key where there is no such item.
    public func statement(of item: String) -> Text2 { items.first { $0.key == item }?.statement ?? Text2(sv: item, en: item) }

    /// Such as "2 Påbörjad".
    public func level(_ level: Int, in language: Language) -> String {
        levels.indices.contains(level - 1) ? "\(level) \(levels[level - 1].name[language])" : String(level)
    }
}
