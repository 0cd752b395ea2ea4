import Rules

struct PlanDraftsAPI: Sendable {
    private let drafts: PlanDrafts

    init(_ services: Services, _ catalogues: ActionCatalogues) { drafts = PlanDrafts(services: services, catalogues: catalogues) }

    var routes: [Route] {
        [Route(.get, "/api/v1/rounds/{roundId}/plan-draft", operation: "getPlanDraft", needs: .member(.readResult), handler: getPlanDraft)]
    }

    @Sendable private func getPlanDraft(_ call: Call) async throws -> Reply {
        let draft = try await drafts.draft(of: call.id("roundId"), as: call.member(for: .readResult))
        return .json(draft.json.with("_links", ["self": call.link(call.path)]))
    }
}
