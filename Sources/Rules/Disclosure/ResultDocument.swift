/// The result of a fixed round, as it is stored and served: `canonicalBytes` are written once, when the round is fixed, and never made again.
///
/// ```
/// schema        "nyttograd/result/2"; a reader refuses what it does not know. Version 1, of rounds whose contract has no word of a split, has none either
/// municipality  {code, name}
/// round         {title, fixedAt}          fixedAt in RFC 3339, UTC
/// instrument    {key, version}
/// contract      SHA-256 of the contract's canonical bytes, hexadecimal
/// k, invited, submitted
/// -- and where at least k submitted, not otherwise --
/// orderedBy, ranBy   {name, title}
/// seats         [{function, family, title}]   which functions had a seat, sorted; never who answered
/// levels        the highest level
/// dimensions    [{key, dontKnow, answers, dontKnowShare, items: [{key, submitted, pairs, dontKnow, notRelevant, blank, dontKnowShare,
///                histograms: {current: [from level 1], desired: […]}, figures: ItemFigures}], figures: DimensionFigures}]
/// order         [dimension key]           what to act on first in front
/// questions     [{number, items, shownItems, figures: QuestionFigures}]
/// overall       {figures: Overall}
/// split         {parts: [{key, name: {sv, en}, families, functions, areas, submitted}],
///                items: [{key, parts: [{part, pairs, histograms, figures: ItemFigures}]}], dimensions: [{key, parts: [{part, figures: DimensionFigures}]}]}
/// noSplit       "tooFew", where there is none
/// ```
/// Where something is hidden, `hidden: "tooFew"` (or `"notRelevant"`) stands in place of `figures` and `histograms`, or of the `parts`. Counts are integers; figures are strings
/// with four decimals. Its own SHA-256 stands beside it, not in it.
public struct ResultDocument: Hashable, Sendable {
    /// As it was written: a document that is read writes the same bytes again.
    public let schema: Schema
    public let heading: Heading
    public let submitted: Int
    /// Nil where fewer than k submitted.
    public let findings: Findings?

    public enum Schema: String, Hashable, Sendable, Codable {
        case totals = "nyttograd/result/1"
        case withSplit = "nyttograd/result/2"
    }

    /// What is known of the round before an answer is looked at.
    public struct Heading: Hashable, Sendable {
        public var municipality: Municipality
        public var roundTitle: String
        public var instrument: InstrumentVersion
        /// Hexadecimal.
        public var contractHash: String
        public var fixedAt: Instant
        /// As in the contract; below 5 counts as 5 (R5).
        public var k: Int
        public var invited: Int

        public init(
            municipality: Municipality, roundTitle: String, instrument: InstrumentVersion, contractHash: String, fixedAt: Instant, k: Int, invited: Int
        ) {
            self.municipality = municipality
            self.roundTitle = roundTitle
            self.instrument = instrument
            self.contractHash = contractHash
            self.fixedAt = fixedAt
            self.k = k
            self.invited = invited
        }
    }

    /// Who stands behind the analysis, and what it found.
    public struct Findings: Hashable, Sendable {
        public let group: Group
        public let levels: Int
        public let analysis: Analysis
        /// Nil where the contract says nothing of one.
        public let split: Shown<Split>?
    }

    /// Who "we" are in this analysis: the orderer (beställare), who ran it, and the functions that had a seat.
    public struct Group: Hashable, Sendable {
        public let orderedBy: NamedPerson
        public let ranBy: NamedPerson
        public let seats: [SeatLine]

        public init(orderedBy: NamedPerson, ranBy: NamedPerson, seats: [SeatLine]) {
            self.orderedBy = orderedBy
            self.ranBy = ranBy
            self.seats = seats.sorted()  // so that the order tells nothing of who was asked or answered first
        }
    }

    public struct Municipality: Hashable, Sendable, Codable {
        public let code: String
        public let name: String
        public init(code: String, name: String) { (self.code, self.name) = (code, name) }
    }

    public struct InstrumentVersion: Hashable, Sendable, Codable {
        public let key: String
        public let version: Int
        public init(key: String, version: Int) { (self.key, self.version) = (key, version) }
    }

    public struct NamedPerson: Hashable, Sendable, Codable {
        public let name: String
        public let title: String
        public init(name: String, title: String) { (self.name, self.title) = (name, title) }
    }

    /// One seat as a function, in the council's own words and in ours.
    public struct SeatLine: Hashable, Sendable, Codable {
        public let function: Function
        public let family: RoleFamily
        public let title: String
        public init(function: Function, family: RoleFamily, title: String) { (self.function, self.family, self.title) = (function, family, title) }
    }

    /// The document of a round that is being fixed, or concluded without enough answers: fewer than k sheets give counts only (R1).
    /// - Parameters:
    ///   - sheets: by where in the tree their givers belong; a key for each function that was invited, also where nobody submitted.
    ///   - mayBeSplit: as the contract says. Of a split that nobody was told of the document says nothing, like those from before there were any.
    public static func make(_ heading: Heading, group: Group, shape: Shape, sheets: [Branch: [Sheet]], mayBeSplit: Bool) -> ResultDocument {
        make(heading, group: group, shape: shape, sheets: sheets, mayBeSplit: mayBeSplit, rules: Disclosure())
    }

    static func make(
        _ heading: Heading, group: Group, shape: Shape, sheets byBranch: [Branch: [Sheet]], mayBeSplit: Bool, rules: Disclosure
    ) -> ResultDocument {
        var heading = heading
        heading.k = rules.k(asked: heading.k)
        let sheets = byBranch.values.flatMap(\.self)
        let findings = sheets.count < heading.k ? nil
            : Findings(
                group: group, levels: shape.levels, analysis: Analysis(of: sheets, shape: shape, k: heading.k, rules: rules),
                split: !mayBeSplit ? nil
                    : Split(of: byBranch, shape: shape, k: heading.k, rules: rules).map { .shown($0) } ?? .hidden(rules.reason(for: .pairs)))
        return ResultDocument(schema: mayBeSplit ? .withSplit : .totals, heading: heading, submitted: sheets.count, findings: findings)
    }
}

extension ResultDocument.SeatLine: Comparable {
    public static func < (a: Self, b: Self) -> Bool {
        (a.family.rawValue, a.function.rawValue, a.title) < (b.family.rawValue, b.function.rawValue, b.title)
    }
}
