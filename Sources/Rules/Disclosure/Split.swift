/// A result divided into parts (R6): the one cut there is. From persons come only counts and histograms of each part; the rest is computed from those.
public struct Split: Hashable, Sendable {
    /// At least two, which have everybody who submitted between them.
    public let parts: [Part]
    /// Every item of the instrument, in order.
    public let items: [Item]
    public let dimensions: [Dimension]

    public struct Item: Hashable, Sendable {
        public let key: String
        /// One for each part, in their order: for all parts or for none.
        public let result: Shown<[PartOfItem]>
    }

    public struct Dimension: Hashable, Sendable {
        public let key: String
        /// One for each part, in their order.
        public let result: Shown<[PartOfDimension]>
    }

    /// The persons of one part who gave a pair. What the others of the part said is not told.
    public struct PartOfItem: Hashable, Sendable, Decodable {
        public let part: String
        public let pairs: Int
        public let histograms: Cells.Histograms
        public let figures: ItemFigures
    }

    /// Means over the items that are shown in the split.
    public struct PartOfDimension: Hashable, Sendable, Decodable {
        public let part: String
        public let figures: DimensionFigures
    }

    /// Nil where the tree has fewer than two parts of k.
    /// - Parameter k: as `Disclosure.k` gives it.
    init?(of sheets: [Branch: [Sheet]], shape: Shape, k: Int, rules: Disclosure) {
        let clusters = rules.parts(of: sheets.mapValues(\.count), k: k)
        guard clusters.count > 1 else { return nil }
        let parts = clusters.enumerated().map { place, cluster in
            Part(cluster, key: "p\(place + 1)", isWhole: cluster.branches.count == sheets.keys.count { cluster.families.contains($0.family) })
        }
        let sheetsOfParts = clusters.map { cluster in cluster.branches.flatMap { sheets[$0, default: []] } }
        let scoring = Scoring(levels: shape.levels, rules: rules)
        let cells = shape.items.indices.map { item in
            sheetsOfParts.map { Cells(item: item, of: $0, levels: shape.levels, k: k, rules: rules) }
        }
        let items = zip(shape.items, cells).map { item, cells in
            Item(key: item.key, result: scoring.split(cells, of: parts))
        }
        (self.parts, self.items) = (parts, items)

        var next = 0
        dimensions = shape.dimensions.map { dimension in
            defer { next += dimension.items.count }
            let range = next..<next + dimension.items.count
            let usable = rules.onlyFromPrinted
                ? items[range].compactMap { $0.result.figures?.map(\.histograms) }
                : cells[range].map { $0.compactMap(\.histograms) }.filter { $0.count == parts.count }
            return Dimension(key: dimension.key, result: scoring.split(usable, items: range.count, of: parts))
        }
    }
}

extension Scoring {
    /// Shown for all parts or for none: in each at least k gave a pair, and not all chose alike, neither for now nor for the desired state.
    fileprivate func split(_ cells: [Cells], of parts: [Part]) -> Shown<[Split.PartOfItem]> {
        let shown = zip(parts, cells).compactMap { part, cells in
            cells.histograms.flatMap { histograms in
                rules.partsNeedTwoLevels && histograms.isUnanimous ? nil
                    : Split.PartOfItem(part: part.key, pairs: cells.pairs, histograms: histograms, figures: figures(of: histograms))
            }
        }
        guard rules.splitForAllPartsOrNone ? shown.count == parts.count : !shown.isEmpty else {
            return .hidden(rules.reason(for: cells.contains { $0.histograms == nil } ? .pairs : .levels))
        }
        return .shown(shown)
    }

    /// - Parameter shown: by item, and for each part.
    fileprivate func split(_ shown: [[Cells.Histograms]], items: Int, of parts: [Part]) -> Shown<[Split.PartOfDimension]> {
        let figures = parts.indices.compactMap { part in
            self.figures(of: shown.compactMap { $0.indices.contains(part) ? $0[part] : nil }, outOf: items)
        }
        guard figures.count == parts.count else { return .hidden(rules.reason(for: .items)) }
        return .shown(zip(parts, figures).map { Split.PartOfDimension(part: $0.key, figures: $1) })
    }
}

extension Part {
    fileprivate init(_ cluster: Cluster, key: String, isWhole: Bool) {
        self.init(key: key, families: cluster.families, leaves: isWhole ? [] : cluster.branches.map(\.leaf), submitted: cluster.submitted)
    }
}

extension Cells.Histograms {
    /// All chose one level, for now or for the desired state.
    fileprivate var isUnanimous: Bool {
        [current, desired].contains { $0.counts.count { $0 > 0 } < 2 }
    }
}
