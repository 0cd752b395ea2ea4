/// A leaf of the one tree that a result may be divided by (R6): role family → function, and for programme areas → area.
public struct Branch: Hashable, Sendable {
    public let family: RoleFamily
    /// A function's raw value; of the programme areas the area, in the council's own word.
    public let leaf: String

    public init(family: RoleFamily, leaf: String) { (self.family, self.leaf) = (family, leaf) }

    public var name: Text2 {
        if let function = Function(rawValue: leaf), !function.belongsToProgrammeArea { return function.name }
        return leaf.isEmpty ? family.name : Text2(sv: leaf, en: leaf)
    }
}

extension Branch: Comparable {
    /// The tree's own order, which no answer has a part in.
    public static func < (a: Branch, b: Branch) -> Bool { (a.family.place, a.leaf) < (b.family.place, b.leaf) }
}

extension RoleFamily {
    fileprivate var place: Int { RoleFamily.allCases.firstIndex(of: self) ?? 0 }
}

/// What a result is divided into: some leaves of one family, or one or more families whole. At least k persons submitted.
public struct Part: Hashable, Sendable {
    /// "p1", "p2" …, in the tree's order.
    public let key: String
    public let families: [RoleFamily]
    /// Of its one family, where that is divided; none where families are whole.
    public let leaves: [String]
    public let submitted: Int

    public var name: Text2 {
        let whole = Text2(joining: families.map(\.name), by: ", ")
        guard let family = families.first, !leaves.isEmpty else { return whole }
        return Text2(joining: [whole, Text2(joining: leaves.map { Branch(family: family, leaf: $0).name }, by: ", ")], by: ": ")
    }
}

extension Text2 {
    fileprivate init(joining texts: [Text2], by separator: String) {
        self.init(sv: texts.map(\.sv).joined(separator: separator), en: texts.map(\.en).joined(separator: separator))
    }
}

/// Leaves that stand together.
struct Cluster {
    /// Rising.
    let branches: [Branch]
    let submitted: Int

    var families: [RoleFamily] { RoleFamily.allCases.filter { family in branches.contains { $0.family == family } } }

    static func + (a: Cluster, b: Cluster) -> Cluster {
        Cluster(branches: (a.branches + b.branches).sorted(), submitted: a.submitted + b.submitted)
    }
}

extension Disclosure {
    /// R6. Every leaf that had a seat is a key, also where nobody submitted: what the parts are called must not tell who did not answer.
    /// Fewer than two parts are no split.
    func parts(of submitted: [Branch: Int], k: Int) -> [Cluster] {
        let families = Dictionary(grouping: submitted.keys, by: \.family).values.map { branches in
            mergedUntilK(branches.map { Cluster(branches: [$0], submitted: submitted[$0, default: 0]) }, k)
        }
        guard everyPartHasK else { return families.compactMap(\.whole).inOrder }
        return mergedUntilK(families.compactMap(\.whole), k).flatMap { cluster in
            // What one family is divided into; families that were merged are not divided further.
            families.first { $0.whole?.branches == cluster.branches } ?? [cluster]
        }.inOrder
    }

    /// The smallest with the next smallest until each has k, or one is left; of equals the first in the tree's order.
    private func mergedUntilK(_ clusters: [Cluster], _ k: Int) -> [Cluster] {
        var sorted = clusters.bySize
        while sorted.count > 1, sorted[0].submitted < k {
            sorted = ([sorted[0] + sorted[1]] + sorted.dropFirst(2)).bySize
        }
        return sorted
    }
}

extension [Cluster] {
    fileprivate var whole: Cluster? { first.map { dropFirst().reduce($0, +) } }
    fileprivate var inOrder: [Cluster] { sorted { $0.branches[0] < $1.branches[0] } }
    fileprivate var bySize: [Cluster] { sorted { ($0.submitted, $0.branches[0]) < ($1.submitted, $1.branches[0]) } }
}
