/// A report is read from its tree, so that its documents keep every byte.
extension Report {
    /// Throws `DecodingError`, or `NotAReport`. What it says is not checked (`ReportCheck`), and the trend is computed.
    public init(_ tree: JSON) throws {
        guard tree["schema"] == .string(Report.schema) else { throw NotAReport() }
        let part = { (name: String) throws -> JSON in
            guard let value = tree[name] else { throw NotAReport() }
            return value
        }
        let isThere = { (name: String) throws -> JSON? in try part(name) == .null ? nil : try part(name) }
        self.init(
            diaryNumber: try isThere("diaryNumber").map { try $0.read() }, contract: try Kept(part("contract")),
            instrument: try Instrument(reported: part("instrument")), terms: try part("terms").read(), result: try Kept(part("result")),
            previous: try isThere("previous").map(Previous.init), analysis: try isThere("analysis").map(PublishedWording.init),
            plan: try isThere("plan").map { try $0.read() })
    }
}

extension Report.Previous {
    fileprivate init(_ tree: JSON) throws {
        guard let result = tree["result"], let instrument = tree["instrument"] else { throw NotAReport() }
        self.init(result: try .init(result), instrument: instrument == .null ? nil : try Instrument(reported: instrument))
    }
}

public struct NotAReport: Error, CustomStringConvertible {
    public let description = "not \(Report.schema), or not whole"
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
