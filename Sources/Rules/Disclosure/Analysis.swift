/// What a fixed round says: printed cells, and figures computed from them alone (disclosure.md R4). No person is in reach of the code below the cells.
public struct Analysis: Hashable, Sendable {
    public let dimensions: [Dimension]
    /// The keys of the shown dimensions, the one to act on first in front: by printed priority, then lower current figure, then the instrument's order.
    public let order: [String]
    /// The seven-question view: those of the questions 1–7 that some item supports.
    public let questions: [Question]
    /// Shown only if every dimension is.
    public let overall: Shown<Overall>

    public struct Item: Hashable, Sendable {
        public let key: String
        public let cells: Cells
        /// Of those who submitted.
        public let dontKnowShare: Figure
        public let result: Shown<ItemFigures>
    }

    public struct Dimension: Hashable, Sendable {
        public let key: String
        public let items: [Item]
        /// Don't-know answers over all its items, hidden or not: the counts are printed for each.
        public let dontKnow: Int
        /// Submitted responses times items.
        public let answers: Int
        public let dontKnowShare: Figure
        public let result: Shown<DimensionFigures>
    }

    public struct Question: Hashable, Sendable {
        public let number: Int
        /// The items that support it, and how many of them are shown.
        public let items: Int
        public let shownItems: Int
        public let result: Shown<QuestionFigures>
    }

    /// The one place where persons' answers become figures.
    /// - Parameter k: as in the contract; at least k sheets are submitted, which fixing has seen to (R1).
    public init(of sheets: [Sheet], shape: Shape, k: Int) {
        self.init(of: sheets, shape: shape, k: k, rules: Disclosure())
    }

    init(of sheets: [Sheet], shape: Shape, k asked: Int, rules: Disclosure) {
        let k = rules.k(asked: asked)
        let cells = { (least: Int) in
            shape.items.indices.map { Cells(item: $0, of: sheets, levels: shape.levels, k: least, rules: rules) }
        }
        let printed = cells(k)
        self.init(printed: printed, usable: rules.onlyFromPrinted ? printed : cells(1), shape: shape, rules: rules)
    }

    /// The figures once more, from printed cells alone: what fixing found, whoever computes it. Nil unless there is a cell for each item, in order.
    public init?(cells: [Cells], shape: Shape) {
        guard cells.count == shape.items.count else { return nil }
        self.init(printed: cells, usable: cells, shape: shape, rules: Disclosure())
    }

    /// - Parameter usable: what figures are computed from; but for a test of R4 the printed cells themselves.
    private init(printed: [Cells], usable: [Cells], shape: Shape, rules: Disclosure) {
        let scoring = Scoring(levels: shape.levels, rules: rules)
        var next = 0
        let dimensions = shape.dimensions.map { dimension in
            defer { next += dimension.items.count }
            let range = next..<next + dimension.items.count
            return scoring.dimension(dimension, printed: Array(printed[range]), usable: Array(usable[range]))
        }
        let byItem = Array(zip(shape.items, usable))
        questions = (1...7).compactMap { number in
            scoring.question(number, cells: byItem.filter { $0.0.questions.contains(number) }.map(\.1))
        }
        overall = scoring.overall(dimensions)
        order = dimensions.inOrder.map(\.key)
        self.dimensions = dimensions.map(\.printed)
    }
}

/// Figures, or the reason that there are none.
public enum Shown<Figures: Hashable & Sendable>: Hashable, Sendable {
    case shown(Figures)
    case hidden(Hidden)

    public var figures: Figures? {
        if case .shown(let figures) = self { figures } else { nil }
    }

    public var reason: Hidden? {
        if case .hidden(let reason) = self { reason } else { nil }
    }
}

/// Of one item.
public struct ItemFigures: Hashable, Sendable, Codable {
    public let current: Figure
    public let desired: Figure
    /// Desired less current; negative where less is wished for.
    public let gap: Figure
    /// The level that `current` stands for.
    public let level: Int
    /// Sample standard deviations of the two histograms.
    public let spread: Figure
    public let desiredSpread: Figure
    /// `Histogram.agreement` of each, 0–1.
    public let agreement: Figure
    public let desiredAgreement: Figure
}

/// Of one dimension: means over its shown items.
public struct DimensionFigures: Hashable, Sendable, Codable {
    public let current: Figure
    public let desired: Figure
    public let gap: Figure
    public let level: Int
    /// The mean of the shown items' standard deviations of the current level.
    public let spread: Figure
    /// 0–1, the higher the sooner (domain.md §5.5).
    public let priority: Figure
    public let shownItems: Int
}

/// Of one of the seven questions: means over the shown items that support it.
public struct QuestionFigures: Hashable, Sendable, Codable {
    public let current: Figure
    public let desired: Figure
    public let gap: Figure
    public let level: Int
}

/// Of the whole: means over the dimensions, never without the weakest of them beside.
public struct Overall: Hashable, Sendable, Codable {
    public let current: Figure
    public let desired: Figure
    public let gap: Figure
    public let level: Int
    /// The dimension with the lowest current figure, the first of equals.
    public let weakest: String
}
