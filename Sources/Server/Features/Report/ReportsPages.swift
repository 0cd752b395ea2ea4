import Database
import Rules

/// The report: one page to read and print, one file for the archive, and the registry's number.
struct ReportsPages: Sendable {
    let reports: Reports
    private var services: Services { reports.services }

    var routes: [Route] {
        let one = "/omgangar/{roundId}/rapport"
        return [
            Route(.get, one, operation: "reportPage", needs: .member(.readResult)) { try await show(nil, $0) },
            Route(.post, one, operation: "numberByPage", needs: .member(.setUpRound), handler: setDiaryNumber),
            Route(.get, one + "/fil", operation: "reportFile", needs: .member(.readResult), handler: file),
            Route(.get, one + "/data", operation: "reportData", needs: .member(.readResult), gives: ["application/json"], handler: data),
        ]
    }

    private func show(_ sent: Form?, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .readResult), round: RoundID = try call.id("roundId"), council = member.municipality, texts = call.texts
        let (past, me, published, sources) = try await services.database.send(
            as: member, .results(upTo: round, in: council), .me(in: council), .publishedAnalysis(of: round, in: council),
            .reportSources(of: round, in: council))
        let finished = try await reports.finish(past, published, sources, as: member)
        let form = FormView(sent ?? Form(["diaryNumber": finished.report.diaryNumber ?? ""]), texts)
        let path = "\(RoundPages.path(round))/rapport"
        return .page(Page("report/show", title: texts["report.title"], ReportValues(finished, texts: texts).values + [
            "resultPath": .text("\(RoundPages.path(round))/resultat"), "pageFilePath": .text(path + "/fil"), "dataFilePath": .text(path + "/data"),
            "mayNumber": .flag(Set(me.roles).may(.setUpRound) && sources?.isOver == false),
            "diaryNumberField": form.text("diaryNumber", "report.diaryNumber", isRequired: false),
        ], form: form, frame: .council(me, here: .home, texts)))
    }

    /// An empty field takes the number away.
    @Sendable private func setDiaryNumber(_ call: Call) async throws -> Reply {
        try await call.submit({ $0.text("diaryNumber", RoundChange.diaryNumbers) }, showing: { try await show($0, call) }) { number in
            let round: RoundID = try call.id("roundId")
            _ = try await Rounds(services: services).change(round, RoundChange(diaryNumber: number), as: call.member(for: .setUpRound))
            return .seeOther("\(RoundPages.path(round))/rapport").flash("diaryNumberSet")
        }
    }

    @Sendable private func file(_ call: Call) async throws -> Reply {
        let finished = try await reports.report(of: call.id("roundId"), as: call.member(for: .readResult))
        return .bytes(try reports.file.draw(finished, in: call.language), type: "text/html; charset=utf-8")
            .header(.contentDisposition, "attachment; filename=\"rapport.html\"")
    }

    @Sendable private func data(_ call: Call) async throws -> Reply {
        let finished = try await reports.report(of: call.id("roundId"), as: call.member(for: .readResult))
        return .json(finished.tree).header(.contentDisposition, "attachment; filename=\"rapport.json\"")
    }
}
