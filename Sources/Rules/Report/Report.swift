/// A round for the council's archive, whole: what was promised, what came out, what has been written and what is proposed, with all that is needed to read
/// it and to compute its figures once more.
///
/// ```
/// schema        "nyttograd/report/1"
/// diaryNumber   the council's own, or null
/// contract      as participants saw it; result.contract is its SHA-256
/// instrument    whole: {key, version, source, name, introduction, levels: [{name, descriptor}], dimensions: [{key, name, description, anchors,
///                items: [{key, statement, clarification, example, questions, terms}]}], crosswalks: [{version, items: [{item, link, was}]}]}
/// terms         [{key, term, definition}]   the words that its questions use
/// result        the result document; its canonical bytes are those that were stored
/// resultSha256
/// previous      {result, resultSha256, instrument} of the last round that it may be compared with, or null; its instrument is null where it is the same
/// trend         [{key, link, items, change, hidden}]   what has changed since (`Trend`), or null without a previous result
/// analysis      {version, author, publishedAt, asDrafted, overall, dimensions: [{key, text}]}: what is published, or null
/// plan          a plan's draft (`PlanDraft`), or null where there are no figures
/// sha256        of the canonical bytes (RFC 8785) of all the rest
/// ```
public struct Report: Hashable, Sendable {
    public static let schema = "nyttograd/report/1"

    public let diaryNumber: String?
    public let contract: Kept<Contract>
    public let instrument: Instrument
    public let terms: [Term]
    public let result: Kept<ResultDocument>
    public let previous: Previous?
    public let trend: Trend?
    public let analysis: PublishedWording?
    public let plan: PlanDraft?

    /// A document, and the tree that its canonical bytes are written from: so that what is passed on is what was stored, to the byte.
    public struct Kept<Document: Hashable & Sendable & Decodable>: Hashable, Sendable {
        public let tree: JSON
        public let document: Document

        /// Throws `DecodingError` if it is no such document.
        public init(_ tree: JSON) throws { self.init(tree, try tree.read()) }

        /// - Parameter document: as it has been read from the tree's bytes before.
        public init(_ tree: JSON, _ document: Document) { (self.tree, self.document) = (tree, document) }
    }

    /// The result that this one is compared with.
    public struct Previous: Hashable, Sendable {
        public let result: Kept<ResultDocument>
        /// Nil where it is the report's own.
        public let instrument: Instrument?

        public init(result: Kept<ResultDocument>, instrument: Instrument?) { (self.result, self.instrument) = (result, instrument) }
    }

    /// A word that the questions use.
    public struct Term: Hashable, Sendable, Decodable {
        public let key: String
        public let term, definition: Text2

        public init(_ term: Glossary.Term) { (key, self.term, definition) = (term.key, term.term, term.definition) }
    }

    public init(
        diaryNumber: String?, contract: Kept<Contract>, instrument: Instrument, terms: [Term], result: Kept<ResultDocument>, previous: Previous?,
        analysis: PublishedWording?, plan: PlanDraft?
    ) {
        (self.diaryNumber, self.contract, self.instrument, self.terms) = (diaryNumber, contract, instrument, terms)
        (self.result, self.previous, self.analysis, self.plan) = (result, previous, analysis, plan)
        trend = previous.flatMap { Trend(from: $0.result.document, to: result.document, crosswalks: instrument.crosswalks) }
    }

    /// With its hash. `sha256` gives the digest in hexadecimal.
    public func json(_ sha256: ([UInt8]) -> String) -> JSON {
        let members: [JSON.Member] = [
            .init("schema", .string(Report.schema)), .init("diaryNumber", diaryNumber.map(JSON.string) ?? .null), .init("contract", contract.tree),
            .init("instrument", instrument.reported), .init("terms", .array(terms.map(\.json))), .init("previous", previous.map { json($0, sha256) } ?? .null),
            .init("trend", trend?.json ?? .null), .init("analysis", analysis?.json ?? .null), .init("plan", plan?.json ?? .null),
        ] + lines(of: result, sha256)
        return .object(members + [.init("sha256", .string(sha256(JSON.object(members).canonicalBytes)))])
    }

    private func json(_ previous: Previous, _ sha256: ([UInt8]) -> String) -> JSON {
        .object(lines(of: previous.result, sha256) + [.init("instrument", previous.instrument?.reported ?? .null)])
    }

    private func lines(of result: Kept<ResultDocument>, _ sha256: ([UInt8]) -> String) -> [JSON.Member] {
        [.init("result", result.tree), .init("resultSha256", .string(sha256(result.tree.canonicalBytes)))]
    }
}

extension Report.Term {
    fileprivate var json: JSON { ["key": .string(key), "term": term.json, "definition": definition.json] }
}

/// An analysis in words that readers of the result see.
public struct PublishedWording: Hashable, Sendable {
    public let version: Int
    public let author: String
    public let publishedAt: Instant
    /// The languages whose texts are the rule's draft, untouched.
    public let asDrafted: Set<Language>
    public let wording: Wording

    public init(version: Int, author: String, publishedAt: Instant, asDrafted: Set<Language>, wording: Wording) {
        (self.version, self.author, self.publishedAt) = (version, author, publishedAt)
        (self.asDrafted, self.wording) = (asDrafted, wording)
    }

    public var json: JSON {
        guard case .object(let texts) = wording.json else { return .null }
        return .object([
            .init("version", .integer(version)), .init("author", .string(author)), .init("publishedAt", .string(publishedAt.rfc3339)),
            .init("asDrafted", asDrafted.json),
        ] + texts)
    }
}

extension Set<Language> {
    /// In the order of `Language`.
    public var json: JSON { .array(Language.allCases.filter(contains).map { .string($0.rawValue) }) }
}
