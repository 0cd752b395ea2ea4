/// What has changed from one result to another (disclosure.md R4): differences of figures that both documents print, and of nothing else. It says that a figure
/// is higher or lower, never why, nor whether that means something.
public struct Trend: Hashable, Sendable {
    public let dimensions: [Dimension]

    public struct Dimension: Hashable, Sendable {
        public let key: String
        /// Same within one version; through a crosswalk bridged, if each of its items is same or bridged and they were one dimension; otherwise broken.
        public let link: ItemLink
        public let result: Shown<Change>
        public let items: [Item]
    }

    public struct Item: Hashable, Sendable {
        public let key: String
        public let link: ItemLink
        /// How many gave a pair before; nil where the item is broken.
        public let pairsBefore: Int?
        public let pairsNow: Int
        public let result: Shown<Change>
    }

    /// Two printed figures of each kind, and their difference, which is exact.
    public struct Change: Hashable, Sendable {
        public let before, now: Pair

        public var current: Figure { Figure(tenThousandths: now.current.tenThousandths - before.current.tenThousandths) }
        public var desired: Figure { Figure(tenThousandths: now.desired.tenThousandths - before.desired.tenThousandths) }
    }

    public struct Pair: Hashable, Sendable {
        public let current, desired: Figure
    }

    /// Nil where nothing can be compared: one of the two has no figures, they are of different instruments, or of versions without a crosswalk.
    /// - Parameter crosswalks: those that the newer version declares.
    public init?(from old: ResultDocument, to new: ResultDocument, crosswalks: [Crosswalk]) {
        guard let before = old.findings, let now = new.findings, old.heading.instrument.key == new.heading.instrument.key else { return nil }
        let isSameVersion = old.heading.instrument.version == new.heading.instrument.version
        let crosswalk = crosswalks.first { $0.version == old.heading.instrument.version }
        guard isSameVersion || crosswalk != nil else { return nil }
        // A level means nothing on a ladder of another length.
        let path = Path(crosswalk: isSameVersion ? nil : crosswalk, isOpen: before.levels == now.levels, before: before.analysis.dimensions)
        dimensions = now.analysis.dimensions.map(path.dimension)
    }
}

extension Hidden {
    /// Nothing to compare with: the newer version says that the item broke, or says nothing that joins the dimension to one of the earlier version.
    public static let broken = Hidden(rawValue: "broken")
}

/// The way from the newer result back to the older.
private struct Path {
    /// Nil within one version.
    let crosswalk: Crosswalk?
    let isOpen: Bool
    let before: [Analysis.Dimension]

    func dimension(_ now: Analysis.Dimension) -> Trend.Dimension {
        let items = now.items.map(item), old = origin(of: now)
        return Trend.Dimension(
            key: now.key, link: old == nil ? .broken : crosswalk == nil ? .same : .bridged,
            result: old.map { change(from: $0.result.figures.map(\.pair), to: now.result.figures.map(\.pair)) } ?? .hidden(.broken), items: items)
    }

    private func item(_ now: Analysis.Item) -> Trend.Item {
        guard let (link, old) = origin(of: now) else {
            return Trend.Item(key: now.key, link: .broken, pairsBefore: nil, pairsNow: now.cells.pairs, result: .hidden(.broken))
        }
        return Trend.Item(
            key: now.key, link: link, pairsBefore: old.cells.pairs, pairsNow: now.cells.pairs,
            result: change(from: old.result.figures.map(\.pair), to: now.result.figures.map(\.pair)))
    }

    /// A hidden figure on either side gives no change.
    private func change(from before: Trend.Pair?, to now: Trend.Pair?) -> Shown<Trend.Change> {
        guard let before, let now else { return .hidden(.tooFew) }
        return .shown(Trend.Change(before: before, now: now))
    }

    private func origin(of item: Analysis.Item) -> (ItemLink, Analysis.Item)? {
        guard isOpen else { return nil }
        let step = crosswalk.map { $0.items[item.key] } ?? Crosswalk.Step(link: .same, was: item.key)
        guard let step, step.link != .broken, let old = before.flatMap(\.items).first(where: { $0.key == step.was }) else { return nil }
        return (step.link, old)
    }

    /// The earlier dimension whose items are exactly those that this one's were.
    private func origin(of dimension: Analysis.Dimension) -> Analysis.Dimension? {
        let origins = dimension.items.compactMap { origin(of: $0)?.1.key }
        guard origins.count == dimension.items.count else { return nil }
        return before.first { Set($0.items.map(\.key)) == Set(origins) }
    }
}

extension ItemFigures {
    fileprivate var pair: Trend.Pair { .init(current: current, desired: desired) }
}

extension DimensionFigures {
    fileprivate var pair: Trend.Pair { .init(current: current, desired: desired) }
}
