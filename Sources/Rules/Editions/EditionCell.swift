/// One figure of one reference group, as an edition holds it (disclosure.md §6).
public struct EditionCell: Hashable, Sendable {
    public let group: ReferenceGroup
    /// As in `ResultDocument.publishedFigures`: `d1.current`, `overall.desired`.
    public let figure: String
    /// What it was computed from, and what the next edition is compared with. Never shown.
    public let values: [MunicipalityID: Figure]
    public let published: PublishedCell

    public init(group: ReferenceGroup, figure: String, values: [MunicipalityID: Figure], published: PublishedCell) {
        self.group = group
        self.figure = figure
        self.values = values
        self.published = published
    }

    /// The cell of a new edition: computed anew if at least three councils' values changed since it was last computed, otherwise as it stands, with its
    /// number and date. Changed is who entered, who left, and who has another printed figure. Nil if there has never been a cell.
    static func next(
        _ group: ReferenceGroup, _ figure: String, values: [MunicipalityID: Figure], edition number: Int, on day: Day, after last: EditionCell?
    ) -> EditionCell? {
        let before = last?.values ?? [:]
        let changed = Set(before.keys).union(values.keys).count { before[$0] != values[$0] }
        guard changed >= leastChanged else { return last }
        return EditionCell(group: group, figure: figure, values: values, published: PublishedCell(of: Array(values.values), edition: number, on: day))
    }

    /// The values that must have changed: what one or two councils did cannot be read off two editions.
    public static let leastChanged = 3
}

/// Councils that statistics are made of. A fixed catalogue: no council picks its own peers.
public enum ReferenceGroup: String, Hashable, Sendable, CaseIterable, Codable {
    case all
}

/// The part of a cell that councils read. Quantiles are rounded half up to one decimal, once, from exact values.
public struct PublishedCell: Hashable, Sendable {
    /// Councils in it.
    public let count: Int
    /// From five councils.
    public let median: Figure?
    /// From twelve.
    public let lowerQuartile: Figure?
    public let upperQuartile: Figure?
    /// All nine, from thirty; otherwise none.
    public let deciles: [Figure]
    /// The edition that it was computed in, and that edition's day.
    public let edition: Int
    public let day: Day

    public static let leastOthers = 5
    public static let leastForQuartiles = 12
    public static let leastForDeciles = 30

    /// A cell as it was stored.
    public init(count: Int, median: Figure?, lowerQuartile: Figure?, upperQuartile: Figure?, deciles: [Figure], edition: Int, day: Day) {
        self.count = count
        self.median = median
        self.lowerQuartile = lowerQuartile
        self.upperQuartile = upperQuartile
        self.deciles = deciles
        self.edition = edition
        self.day = day
    }

    init(of figures: [Figure], edition: Int, on day: Day) {
        let values = figures.sorted().map(\.exact)
        let tenth = { (tenths: Rational) in Figure(tenThousandths: (quantile(tenths / 10, of: values).rounded(places: 1).int ?? 0) * 1_000) }
        let hasQuartiles = values.count >= PublishedCell.leastForQuartiles
        self.init(
            count: values.count,
            median: values.count >= PublishedCell.leastOthers ? tenth(5) : nil,
            lowerQuartile: hasQuartiles ? tenth(Rational(5, over: 2)) : nil,
            upperQuartile: hasQuartiles ? tenth(Rational(15, over: 2)) : nil,
            deciles: values.count >= PublishedCell.leastForDeciles ? (1...9).map { tenth(Rational($0)) } : [],
            edition: edition, day: day)
    }

    /// Whether a council sees it, and if not, how many others there are. Its own value is not taken out of the figures.
    public func view(forCouncilInIt isIn: Bool) -> View {
        let others = isIn ? count - 1 : count
        return others >= PublishedCell.leastOthers ? .shown(self) : .tooFew(others: others)
    }

    public enum View: Hashable, Sendable {
        case shown(PublishedCell)
        /// "too few councils (0 of 5)"; also where there is no cell at all.
        case tooFew(others: Int)
    }
}

/// Where a council stands among others, read off the published quantiles and never counted anew: two councils with one figure read the same.
public enum Position: String, Hashable, Sendable, CaseIterable, Codable {
    case belowLowerQuartile = "below-lower-quartile"
    case atLowerQuartile = "at-lower-quartile"
    case betweenLowerQuartileAndMedian = "between-lower-quartile-and-median"
    case belowMedian = "below-median"
    case atMedian = "at-median"
    case aboveMedian = "above-median"
    case betweenMedianAndUpperQuartile = "between-median-and-upper-quartile"
    case atUpperQuartile = "at-upper-quartile"
    case aboveUpperQuartile = "above-upper-quartile"

    /// Nil where the cell has no median. The council's figure is rounded to one decimal first, as the quantiles are.
    public init?(of figure: Figure, in cell: PublishedCell) {
        guard let median = cell.median else { return nil }
        let own = Figure(tenThousandths: figure.rounded(decimals: 1) * 1_000)
        if own == median {
            self = .atMedian
        } else if own < median {
            self = cell.lowerQuartile.map { own < $0 ? .belowLowerQuartile : own == $0 ? .atLowerQuartile : .betweenLowerQuartileAndMedian } ?? .belowMedian
        } else {
            self = cell.upperQuartile.map { own > $0 ? .aboveUpperQuartile : own == $0 ? .atUpperQuartile : .betweenMedianAndUpperQuartile } ?? .aboveMedian
        }
    }
}
