import Rules

/// A round's figures beside the newest edition.
struct PositionView: Sendable {
    let round: String
    let fixedAt: Instant
    let instrument: Instrument
    /// Nil while there is no edition that the council may read.
    let edition: (number: Int, publishedAt: Instant)?
    /// By dimension as the instrument has them, and in each: current, desired, gap. Only what there is a cell for.
    let lines: [Line]

    struct Line: Sendable {
        let dimension: String
        let kind: DimensionFigure.Kind
        /// Nil where it is hidden in the council's own result.
        let own: Figure?
        let others: Int
        /// Nil where there are too few others.
        let cell: PublishedCell?
        let asOf: Instant

        /// Read off the published quantiles.
        var position: Position? {
            guard let own, let cell else { return nil }
            return Position(of: own, in: cell)
        }
    }

    /// Where not a single figure can be shown: how many others there are at the most.
    var tooFew: Int? {
        lines.contains { $0.cell != nil } ? nil : lines.map(\.others).max() ?? 0
    }

    static let needed = PublishedCell.leastOthers
}

extension PositionView {
    init(round: String, fixedAt: Instant, instrument: Instrument, own: [DimensionFigure], cells: [CellForCouncil]) {
        self.round = round
        self.fixedAt = fixedAt
        self.instrument = instrument
        edition = cells.first.map { ($0.edition, $0.publishedAt) }
        let figures = Dictionary(own.map { ($0.key, $0.value) }) { first, _ in first }
        lines = instrument.dimensions.map(\.key).flatMap { dimension in
            DimensionFigure.Kind.allCases.compactMap { kind in
                cells.first { $0.dimension == dimension && $0.figure == kind.rawValue }.map { cell in
                    Line(
                        dimension: dimension, kind: kind, own: figures["\(dimension).\(kind.rawValue)"], others: cell.others, cell: cell.published,
                        asOf: cell.asOf)
                }
            }
        }
    }
}
