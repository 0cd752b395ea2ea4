/// Checks a report with nothing but itself: every hash, and every figure computed once more from its printed cells. It holds for any instrument, because the
/// report carries its own; where the reader knows an instrument or catalogue of that name too, it says whether it is the same.
///
/// Whoever changes a figure and makes the hashes anew is found by the computation; whoever changes a text is found by the hash, as long as he does not make
/// that anew too. A report cannot prove who made it: compare its hash with the one in the council's registry.
public struct ReportCheck: Sendable {
    /// What differs, by its place in the report; empty if all is right.
    public private(set) var differences: [Difference] = []
    /// What was looked at.
    public private(set) var checked: [Part] = []

    public enum Part: String, Sendable, CaseIterable {
        case document, contract, result, figures, previous, previousFigures, trend, plan, draft, instrument, catalogue
    }

    /// What the reader has of his own to compare with.
    public struct Known {
        let instrument: (String, Int) -> Instrument?
        let catalogue: (String, Int) -> ActionCatalogue?

        /// - Parameters:
        ///   - instrument: the one of that key and version, or nil.
        ///   - catalogue: the action catalogue of that version for the instrument of that key, or nil.
        public init(instrument: @escaping (String, Int) -> Instrument?, catalogue: @escaping (String, Int) -> ActionCatalogue?) {
            (self.instrument, self.catalogue) = (instrument, catalogue)
        }

        public static var nothing: Known { Known(instrument: { _, _ in nil }, catalogue: { _, _ in nil }) }
    }

    public struct Difference: Hashable, Sendable, CustomStringConvertible {
        /// A JSON pointer (RFC 6901).
        public let place: String
        public let found: String
        public let expected: String

        public init(_ place: String, found: String, expected: String) { (self.place, self.found, self.expected) = (place, found, expected) }

        public var description: String { "\(place): is \(found), should be \(expected)" }
    }

    /// - Parameters:
    ///   - sha256: the digest in hexadecimal.
    ///   - comparesDrafts: whether a text that is said to be the rule's draft is worded as this program would.
    public init(_ tree: JSON, sha256: ([UInt8]) -> String, known: Known = .nothing, comparesDrafts: Bool = true) {
        expect(tree["sha256"], .string(sha256(tree.without("sha256").canonicalBytes)), at: "/sha256", .document)
        let report: Report
        do {
            report = try Report(tree)
        } catch {
            note("", found: "a document that cannot be read (\(error))", expected: "a whole \(Report.schema)")
            return
        }
        let instrument = report.instrument
        expect(tree["result"]?["contract"], .string(sha256(report.contract.tree.canonicalBytes)), at: "/result/contract", .contract)
        expect(tree["result"]?["k"], .integer(report.contract.document.k), at: "/result/k", .contract)
        expect(tree["resultSha256"], .string(sha256(report.result.tree.canonicalBytes)), at: "/resultSha256", .result)
        let computed = check(report.result, instrument, at: "/result", .figures)
        check(report.plan, tree, computed, instrument, known)
        if let previous = report.previous { check(previous, tree, of: report, sha256, known) }
        expect(tree["trend"], report.trend?.json ?? .null, at: "/trend", .trend)
        compare(instrument, known, tree["instrument"], at: "/instrument", .instrument)
        // What cannot be computed has no sentences either.
        if comparesDrafts, computed != nil, differences.isEmpty, let words = report.analysis { checkDraft(words, of: report, tree["analysis"]) }
    }

    // MARK: What belongs to it

    private mutating func check(_ previous: Report.Previous, _ tree: JSON, of report: Report, _ sha256: ([UInt8]) -> String, _ known: Known) {
        let before = previous.result.document.heading, now = report.result.document.heading, place = "/previous/result"
        expect(tree["previous"]?["resultSha256"], .string(sha256(previous.result.tree.canonicalBytes)), at: "/previous/resultSha256", .previous)
        check(previous.result, previous.instrument ?? report.instrument, at: place, .previousFigures)
        if before.fixedAt >= now.fixedAt {
            note(place + "/round/fixedAt", found: before.fixedAt.rfc3339, expected: "before \(now.fixedAt.rfc3339)")
        }
        if report.trend == nil { note(place, found: "a result that cannot be compared", expected: "one of the same version, or one that a crosswalk leads to") }
        previous.instrument.map { compare($0, known, tree["previous"]?["instrument"], at: "/previous/instrument", .previous) }
    }

    /// The plan is made once more with the actions that it names itself, so that it needs no catalogue; where that one is known, with its actions.
    private mutating func check(_ plan: PlanDraft?, _ tree: JSON, _ computed: Analysis?, _ instrument: Instrument, _ known: Known) {
        let own = plan?.catalogue.flatMap { known.catalogue(instrument.key, $0) }
        let again = computed.map { analysis in
            PlanDraft(
                of: analysis, levels: instrument.levels.count,
                catalogue: own ?? plan?.toldCatalogue(of: instrument.key, levels: instrument.levels.count))
        }
        expect(tree["plan"], again?.json ?? .null, at: "/plan", .plan)
        if own != nil { checked.append(.catalogue) }
    }

    private mutating func compare(_ instrument: Instrument, _ known: Known, _ tree: JSON?, at place: String, _ part: Part) {
        guard let own = known.instrument(instrument.key, instrument.version) else { return }
        expect(tree, own.reported, at: place, part)
    }

    /// In the languages that are said to be untouched.
    private mutating func checkDraft(_ words: PublishedWording, of report: Report, _ tree: JSON?) {
        guard let draft = Wording.draft(of: report.result.document, by: report.instrument) else { return }
        if words.wording.dimensions.map(\.key) != draft.dimensions.map(\.key) {
            note("/analysis/dimensions", found: "\(words.wording.dimensions.map(\.key))", expected: "\(draft.dimensions.map(\.key))")
            return
        }
        for language in Language.allCases where words.asDrafted.contains(language) {
            expect(tree?["overall"]?[language.rawValue], .string(draft.overall[language]), at: "/analysis/overall/\(language)", .draft)
            for (number, section) in draft.dimensions.enumerated() {
                let found = words.wording.dimensions[number].text[language]
                expect(.string(found), .string(section.text[language]), at: "/analysis/dimensions/\(number)/text/\(language)", .draft)
            }
        }
    }

    // MARK: A result

    /// That the counts agree with one another, and the figures with the counts. Gives what the counts come to.
    @discardableResult
    private mutating func check(_ kept: Report.Kept<ResultDocument>, _ instrument: Instrument, at place: String, _ part: Part) -> Analysis? {
        let document = kept.document, tree = kept.tree
        expect(tree["instrument"], ["key": .string(instrument.key), "version": .integer(instrument.version)], at: place + "/instrument", part)
        if document.heading.k < Contract.leastK { note(place + "/k", found: "\(document.heading.k)", expected: "\(Contract.leastK) or more") }
        guard let findings = document.findings else {
            if document.submitted >= document.heading.k { note(place + "/submitted", found: "\(document.submitted)", expected: "less than \(document.heading.k)") }
            return nil
        }
        expect(tree["invited"], .integer(findings.group.seats.count), at: place + "/invited", part)
        if !(document.heading.k...max(document.heading.k, document.heading.invited)).contains(document.submitted) {
            note(place + "/submitted", found: "\(document.submitted)", expected: "between \(document.heading.k) and \(document.heading.invited)")
        }
        for (number, dimension) in findings.analysis.dimensions.enumerated() {
            for (row, item) in dimension.items.enumerated() {
                check(item.cells, of: document, levels: instrument.levels.count, at: "\(place)/dimensions/\(number)/items/\(row)")
            }
        }
        let cells = findings.analysis.dimensions.flatMap(\.items).map(\.cells)
        guard let shape = instrument.shape, let again = Analysis(cells: cells, shape: shape) else {
            note(place + "/dimensions", found: "\(cells.count) items", expected: "those of the instrument")
            return nil
        }
        expect(tree["levels"], .integer(shape.levels), at: place + "/levels", part)
        for member in again.members { expect(tree[member.name], member.value, at: "\(place)/\(member.name)", part) }
        checkSplit(of: document, tree, shape, at: place + "/split", part)
        return again
    }

    private mutating func check(_ cells: Cells, of document: ResultDocument, levels: Int, at place: String) {
        if cells.submitted != document.submitted { note(place + "/submitted", found: "\(cells.submitted)", expected: "\(document.submitted)") }
        let sum = cells.pairs + cells.dontKnow + cells.notRelevant + cells.blank
        if sum != cells.submitted { note(place, found: "\(sum) in all", expected: "\(cells.submitted) in all") }
        if (cells.histograms != nil) != (cells.pairs >= document.heading.k) {
            note(place + "/histograms", found: cells.histograms == nil ? "hidden" : "shown", expected: cells.histograms == nil ? "shown" : "hidden")
        }
        for (name, histogram) in [("current", cells.histograms?.current), ("desired", cells.histograms?.desired)] {
            guard let histogram else { continue }
            let at = "\(place)/histograms/\(name)"
            if histogram.persons != cells.pairs { note(at, found: "\(histogram.persons) persons", expected: "\(cells.pairs) persons") }
            if histogram.counts.count != levels { note(at, found: "\(histogram.counts.count) levels", expected: "\(levels) levels") }
        }
    }

    // MARK: Comparing

    mutating func note(_ place: String, found: String, expected: String) {
        differences.append(Difference(place, found: found, expected: expected))
    }

    mutating func expect(_ found: JSON?, _ expected: JSON, at place: String, _ part: Part) {
        if !checked.contains(part) { checked.append(part) }
        compare(found, expected, at: place)
    }

    /// Notes each leaf that differs.
    private mutating func compare(_ found: JSON?, _ expected: JSON?, at place: String) {
        switch (found, expected) {
        case (.object(let these)?, .object(let those)?):
            for name in Set((these + those).map(\.name)).sorted() { compare(found?[name], expected?[name], at: "\(place)/\(name)") }
        case (.array(let these)?, .array(let those)?) where these.count == those.count:
            for (number, pair) in zip(these, those).enumerated() { compare(pair.0, pair.1, at: "\(place)/\(number)") }
        default:
            if found != expected { note(place, found: found?.canonicalText ?? "absent", expected: expected?.canonicalText ?? "absent") }
        }
    }
}
