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
        let (past, published, sources) = try await services.database.send(
            as: member, .results(upTo: round, in: council), .publishedAnalysis(of: round, in: council), .reportSources(of: round, in: council))
        return try await finish(past, published, sources, as: member)
    }

    /// - Parameter past: the round's result and those before it.
    func finish(_ past: [PastResult], _ published: PublishedWording?, _ sources: ReportSources?, as member: Member) async throws -> FinishedReport {
        let history = try await Trends(results: Results(services: services)).history(past, as: member)
        guard let stored = past.first?.stored, let sources else { throw Problem.notFound }
        let this = history.this.result, instrument = this.instrument, used = Set(instrument.items.flatMap(\.terms))
        let before = try history.last.flatMap { last in
            try past.first { $0.round == last.round }.map { past in
                Report.Previous(
                    result: .init(try JSONReader.read(past.stored.document), last.result.document), instrument: last.result.instrument == instrument ? nil : last.result.instrument)
            }
        }
        return FinishedReport(Report(
            diaryNumber: sources.diaryNumber, contract: try .init(JSONReader.read(Array(sources.contract.utf8))), instrument: instrument,
            terms: services.questionnaires.glossary.terms.filter { used.contains($0.key) }.map(Report.Term.init),
            result: .init(try JSONReader.read(stored.document), this.document), previous: before, analysis: published,
            plan: PlanDrafts(services: services, catalogues: catalogues).draft(of: this)))
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
