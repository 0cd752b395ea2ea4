/// A round for the council's archive, whole: what was promised, what came out, what has been written and what is proposed, with all that is needed to read
/// it and to compute its figures once more.
///
/// ```
/// schema        "nyttograd/report/1"
/// diaryNumber   the council's own, or null
/// contract      as participants saw it; result.contract is its SHA-256
/// instrument    {key, version, name, levels: [{name, descriptor}], dimensions: [{key, name, description, items: [{key, statement, questions}]}]}
/// result        the result document; its canonical bytes are those that were stored
/// resultSha256
/// previous      {result, resultSha256} of the last round before it that was fixed with the same version of the instrument, or null
/// analysis      {version, author, publishedAt, asDrafted, overall, dimensions: [{key, text}]}: what is published, or null
/// plan          a plan's draft (`PlanDraft`), or null where there are no figures
/// sha256        of the canonical bytes (RFC 8785) of all the rest
/// ```
public struct Report: Hashable, Sendable {
    public static let schema = "nyttograd/report/1"

    public let diaryNumber: String?
    public let contract: Kept<Contract>
    public let instrument: ReportInstrument
    public let result: Kept<ResultDocument>
    public let previous: Kept<ResultDocument>?
    public let analysis: PublishedWording?
    public let plan: PlanDraft?

    /// A document, and the tree that its canonical bytes are written from: so that what is passed on is what was stored, to the byte.
    public struct Kept<Document: Hashable & Sendable & Decodable>: Hashable, Sendable {
        public let tree: JSON
        public let document: Document

        /// Throws `DecodingError` if it is no such document.
        public init(_ tree: JSON) throws { (self.tree, document) = (tree, try tree.read()) }
    }

    /// - Parameter catalogue: for the plan; nil where there is none for the instrument.
    public init(
        diaryNumber: String?, contract: Kept<Contract>, instrument: ReportInstrument, result: Kept<ResultDocument>, previous: Kept<ResultDocument>?,
        analysis: PublishedWording?, catalogue: ActionCatalogue?
    ) {
        (self.diaryNumber, self.contract, self.instrument) = (diaryNumber, contract, instrument)
        (self.result, self.previous, self.analysis) = (result, previous, analysis)
        plan = result.document.findings.map { PlanDraft(of: $0.analysis, levels: $0.levels, catalogue: catalogue) }
    }

    /// With its hash. `sha256` gives the digest in hexadecimal.
    public func json(_ sha256: ([UInt8]) -> String) -> JSON {
        let members: [JSON.Member] = [
            .init("schema", .string(Report.schema)), .init("diaryNumber", diaryNumber.map(JSON.string) ?? .null), .init("contract", contract.tree),
            .init("instrument", instrument.json), .init("previous", previous.map { .object(lines(of: $0, sha256)) } ?? .null),
            .init("analysis", analysis?.json ?? .null), .init("plan", plan?.json ?? .null),
        ] + lines(of: result, sha256)
        return .object(members + [.init("sha256", .string(sha256(JSON.object(members).canonicalBytes)))])
    }

    private func lines(of result: Kept<ResultDocument>, _ sha256: ([UInt8]) -> String) -> [JSON.Member] {
        [.init("result", result.tree), .init("resultSha256", .string(sha256(result.tree.canonicalBytes)))]
    }
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

/// What of an instrument is needed to read a report, and to compute it.
public struct ReportInstrument: Hashable, Sendable, Decodable {
    public let key: String
    public let version: Int
    public let name: Text2
    public let levels: [Level]
    public let dimensions: [Dimension]

    public struct Level: Hashable, Sendable, Decodable {
        public let name, descriptor: Text2
    }

    public struct Dimension: Hashable, Sendable, Decodable {
        public let key: String
        public let name, description: Text2
        public let items: [Item]
    }

    public struct Item: Hashable, Sendable, Decodable {
        public let key: String
        public let statement: Text2
        public let questions: [Int]
    }

    public init(_ instrument: Instrument) {
        (key, version, name) = (instrument.key, instrument.version, instrument.name)
        levels = instrument.levels.map { Level(name: $0.name, descriptor: $0.descriptor) }
        dimensions = instrument.dimensions.map { dimension in
            Dimension(key: dimension.key, name: dimension.name, description: dimension.description, items: dimension.items.map { item in
                Item(key: item.key, statement: item.statement, questions: item.questions)
            })
        }
    }

    public var shape: Shape? {
        Shape(levels: levels.count, dimensions: dimensions.map { dimension in
            .init(key: dimension.key, items: dimension.items.map { .init(key: $0.key, questions: Set($0.questions)) })
        })
    }

    public var json: JSON {
        [
            "key": .string(key), "version": .integer(version), "name": name.json,
            "levels": .array(levels.map { ["name": $0.name.json, "descriptor": $0.descriptor.json] }),
            "dimensions": .array(dimensions.map { dimension in
                [
                    "key": .string(dimension.key), "name": dimension.name.json, "description": dimension.description.json,
                    "items": .array(dimension.items.map { item in
                        ["key": .string(item.key), "statement": item.statement.json, "questions": .array(item.questions.map(JSON.integer))]
                    }),
                ]
            }),
        ]
    }
}
