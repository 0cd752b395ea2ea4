import Database
import Rules

/// The draft of an action plan, computed on reading from the stored result.
struct PlanDrafts: Sendable {
    let services: Services
    let catalogues: ActionCatalogues

    func draft(of round: RoundID, as member: Member) async throws -> PlanDraft {
        let results = Results(services: services)
        guard let draft = try await draft(of: results.read(results.result(of: round, as: member), as: member)) else { throw Problem.noFigures }
        return draft
    }

    /// Nil where there are no figures.
    func draft(of result: ReadResult) -> PlanDraft? {
        result.document.findings.map { PlanDraft(of: $0.analysis, levels: $0.levels, catalogue: catalogues[result.instrument.key]) }
    }
}

extension JSON {
    /// An object with one more member.
    func with(_ name: String, _ value: JSON) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members + [.init(name, value)])
    }
}
