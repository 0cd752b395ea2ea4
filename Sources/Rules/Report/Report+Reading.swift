/// A report is read from its tree, so that its documents keep every byte.
extension Report {
    /// Throws `DecodingError`, or `NotAReport`. What it says is not checked (`ReportCheck`).
    /// - Parameter catalogue: the one of that version, for the instrument of that key.
    public init(_ tree: JSON, catalogue: (String, Int) -> ActionCatalogue?) throws {
        guard tree["schema"] == .string(Report.schema) else { throw NotAReport() }
        let part = { (name: String) throws -> JSON in
            guard let value = tree[name] else { throw NotAReport() }
            return value
        }
        let isThere = { (name: String) throws -> JSON? in try part(name) == .null ? nil : try part(name) }
        let instrument: ReportInstrument = try part("instrument").read()
        let plan: PlanReference? = try isThere("plan").map { try $0.read() }
        self.init(
            diaryNumber: try isThere("diaryNumber").map { try $0.read() }, contract: try Kept(part("contract")), instrument: instrument,
            result: try Kept(part("result")),
            previous: try isThere("previous").map { previous in
                guard let result = previous["result"] else { throw NotAReport() }
                return try Kept(result)
            },
            analysis: try isThere("analysis").map(PublishedWording.init), catalogue: plan?.catalogue.flatMap { catalogue(instrument.key, $0) })
    }
}

public struct NotAReport: Error, CustomStringConvertible {
    public let description = "not \(Report.schema), or not whole"
}

/// Which catalogue a plan in a report was made with.
private struct PlanReference: Hashable, Sendable, Decodable {
    public let catalogue: Int?
}

extension PublishedWording {
    private struct Lines: Decodable {
        let version: Int
        let author, publishedAt: String
        let asDrafted: [Language]
    }

    fileprivate init(_ tree: JSON) throws {
        let lines: Lines = try tree.read()
        guard let publishedAt = Instant(rfc3339: lines.publishedAt) else { throw NotAReport() }
        self.init(version: lines.version, author: lines.author, publishedAt: publishedAt, asDrafted: Set(lines.asDrafted), wording: try tree.read())
    }
}
