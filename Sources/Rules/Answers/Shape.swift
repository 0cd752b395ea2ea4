/// What scoring needs of an instrument: which items belong together, on which scale, and which of the seven questions they support. No texts.
public struct Shape: Hashable, Sendable {
    /// Levels run from 1 to this, 2–7: a saved 8 and 9 are the two marks (`Answer`).
    public let levels: Int
    public let dimensions: [Dimension]

    public struct Dimension: Hashable, Sendable {
        public let key: String
        public let items: [Item]

        public init(key: String, items: [Item]) {
            self.key = key
            self.items = items
        }
    }

    public struct Item: Hashable, Sendable {
        /// `d1.2`: the second item of the first dimension.
        public let key: String
        /// Those of the seven questions, 1–7, that the item supports.
        public let questions: Set<Int>

        public init(key: String, questions: Set<Int>) {
            self.key = key
            self.questions = questions
        }
    }

    /// Nil if the scale cannot be saved, a dimension is empty, a key stands twice or a question is not one of the seven.
    public init?(levels: Int, dimensions: [Dimension]) {
        let items = dimensions.flatMap(\.items)
        guard (2...7).contains(levels), !dimensions.isEmpty, dimensions.allSatisfy({ !$0.items.isEmpty }),
            Set(dimensions.map(\.key)).count == dimensions.count, Set(items.map(\.key)).count == items.count,
            items.allSatisfy({ $0.questions.isSubset(of: 1...7) })
        else { return nil }
        self.levels = levels
        self.dimensions = dimensions
    }

    /// All items in order: the place of an item here is its place in the two arrays of a response.
    public var items: [Item] { dimensions.flatMap(\.items) }
}

extension Instrument {
    /// What scoring needs of it. Nil for one that no reader lets through.
    public var shape: Shape? {
        Shape(levels: levels.count, dimensions: dimensions.map { dimension in
            .init(key: dimension.key, items: dimension.items.map { .init(key: $0.key, questions: Set($0.questions)) })
        })
    }
}
