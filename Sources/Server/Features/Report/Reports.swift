import Database
import Rules

/// A round's report, put together on reading from what is stored: as long as that is the same, so is every byte of the report.
struct Reports: Sendable {
    let services: Services
    let catalogues: ActionCatalogues
    let file: ReportFile

    /// 404 until there is a result.
    func report(of round: RoundID, as member: Member) async throws -> FinishedReport {
        let council = member.municipality
        let (result, published, sources) = try await services.database.send(
            as: member, .result(of: round, in: council), .publishedAnalysis(of: round, in: council), .reportSources(of: round, in: council))
        return try await finish(result, published, sources, as: member)
    }

    func finish(_ result: StoredResult?, _ published: PublishedWording?, _ sources: ReportSources?, as member: Member) async throws -> FinishedReport {
        guard let result, let sources else { throw Problem.notFound }
        let instrument = try await services.questionnaires.one(result.instrument, as: member).instrument
        return FinishedReport(Report(
            diaryNumber: sources.diaryNumber, contract: try .init(JSONReader.read(Array(sources.contract.utf8))), instrument: ReportInstrument(instrument),
            result: try .init(JSONReader.read(result.document)), previous: try sources.previous.map { try .init(JSONReader.read($0)) },
            analysis: published, catalogue: catalogues[instrument.key]))
    }
}

/// A report with its tree, which names its hash.
struct FinishedReport: Sendable {
    let report: Report
    let tree: JSON

    init(_ report: Report) { (self.report, tree) = (report, report.json(FinishedReport.sha256)) }

    /// Hexadecimal.
    var hash: String {
        if case .string(let hash)? = tree["sha256"] { hash } else { "" }
    }

    static func sha256(_ bytes: [UInt8]) -> String { Hex.encode(Crypto.sha256(bytes)) }
}
