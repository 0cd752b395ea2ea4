import Rules

struct AnalysesAPI: Sendable {
    private let analyses: Analyses

    init(_ services: Services) { analyses = Analyses(services: services) }

    var routes: [Route] {
        let one = "/api/v1/rounds/{roundId}/analysis", versions = one + "/versions"
        return [
            Route(.get, one, operation: "getAnalysis", needs: .member(.readResult), handler: getAnalysis),
            Route(.get, one + "/draft", operation: "getAnalysisDraft", needs: .member(.writeAnalysis), handler: getAnalysisDraft),
            Route(.get, versions, operation: "listAnalysisVersions", needs: .member(.writeAnalysis), paged: true, handler: listAnalysisVersions),
            Route(.post, versions, operation: "addAnalysisVersion", needs: .member(.writeAnalysis), handler: addAnalysisVersion),
            Route(.get, versions + "/{version}", operation: "getAnalysisVersion", needs: .member(.writeAnalysis), handler: getAnalysisVersion),
            Route(.put, one + "/publication", operation: "publishAnalysis", needs: .member(.writeAnalysis), handler: publishAnalysis),
            Route(.get, "/api/v1/participation/analysis", operation: "getParticipationAnalysis", needs: .participant, handler: getParticipationAnalysis),
        ]
    }

    @Sendable private func getAnalysis(_ call: Call) async throws -> Reply {
        published(try await analyses.published(of: call.id("roundId"), as: call.member(for: .readResult)), call)
    }

    @Sendable private func getParticipationAnalysis(_ call: Call) async throws -> Reply {
        published(try await analyses.published(for: call.participant(analyses.services.links)), call)
    }

    @Sendable private func getAnalysisDraft(_ call: Call) async throws -> Reply {
        let draft = try await analyses.draft(of: call.id("roundId"), as: call.member(for: .writeAnalysis))
        return .json(draft.json.with("_links", ["self": call.link(call.path)]))
    }

    @Sendable private func listAnalysisVersions(_ call: Call) async throws -> Reply {
        let round: RoundID = try call.id("roundId")
        let (versions, total) = try await analyses.list(of: round, call.paging, as: call.member(for: .writeAnalysis))
        return try call.list(versions.map { $0.line(of: round, call) }, of: total)
    }

    @Sendable private func addAnalysisVersion(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .writeAnalysis), round: RoundID = try call.id("roundId")
        let added = try await analyses.add(call.body(WordingEdit.init), to: round, as: member)
        return .created(added.path(of: round), added.json(of: round, call))
    }

    @Sendable private func getAnalysisVersion(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .writeAnalysis), round: RoundID = try call.id("roundId")
        guard let number = DecimalInteger.read(try call.parameter("version")) else { throw Problem.notFound }
        return .json(try await analyses.version(number, of: round, as: member).json(of: round, call))
    }

    @Sendable private func publishAnalysis(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .writeAnalysis), round: RoundID = try call.id("roundId")
        return published(try await analyses.publish(call.body { $0.integer("version", 1...1_000_000) }, of: round, as: member), call)
    }

    private func published(_ analysis: PublishedWording?, _ call: Call) -> Reply {
        .json(["published": analysis?.json ?? .null, "_links": ["self": call.link(call.path)]])
    }
}

extension AnalysisVersion {
    fileprivate func path(of round: RoundID) -> String { "/api/v1/rounds/\(round)/analysis/versions/\(number)" }

    /// Without its texts.
    fileprivate func line(of round: RoundID, _ call: Call) -> JSON {
        [
            "version": .integer(number), "author": .string(author), "writtenAt": .instant(writtenAt), "publishedAt": .instant(publishedAt),
            "asDrafted": asDrafted.json, "_links": ["self": call.link(path(of: round))],
        ]
    }

    fileprivate func json(of round: RoundID, _ call: Call) -> JSON {
        line(of: round, call).with("overall", wording.json["overall"] ?? .null).with("dimensions", wording.json["dimensions"] ?? .null)
    }
}
