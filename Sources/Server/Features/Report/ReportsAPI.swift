import Rules

struct ReportsAPI: Sendable {
    let reports: Reports

    var routes: [Route] {
        let one = "/api/v1/rounds/{roundId}/report"
        return [
            Route(.get, one, operation: "getReport", needs: .member(.readResult), handler: getReport),
            Route(.get, one + "/page", operation: "getReportPage", needs: .member(.readResult), query: ["language"], handler: getReportPage),
        ]
    }

    @Sendable private func getReport(_ call: Call) async throws -> Reply {
        let finished = try await reports.report(of: call.id("roundId"), as: call.member(for: .readResult))
        return .json(finished.tree).tag(EntityTag(finished.hash))
    }

    @Sendable private func getReportPage(_ call: Call) async throws -> Reply {
        let language = try call.query.choice("language", Language.self) ?? .sv
        let finished = try await reports.report(of: call.id("roundId"), as: call.member(for: .readResult))
        let html = String(decoding: try reports.file.draw(finished, in: language), as: UTF8.self)
        return .json([
            "language": .string(language.rawValue), "html": .string(html), "_links": ["self": call.link("\(call.path)?language=\(language.rawValue)")],
        ])
    }
}
