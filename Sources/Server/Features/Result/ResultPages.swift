import Rules

/// The result as members and participants read it: the same words and figures, by one template.
struct ResultPages: Sendable {
    let results: Results

    init(_ services: Services) { results = Results(services: services) }

    var routes: [Route] {
        let member = "/omgangar/{roundId}/resultat", participant = "/enkat/{seatId}/resultat"
        return [
            Route(.get, member, operation: "resultPage", needs: .member(Capability.readResult.rawValue), handler: showMember),
            Route(.get, member + "/dokument", operation: "resultFile", needs: .member(Capability.readResult.rawValue), gives: ["application/json"], handler: fileOfMember),
            Route(.get, participant, operation: "participantResultPage", needs: .participant, handler: showParticipant),
            Route(.get, participant + "/dokument", operation: "participantResultFile", needs: .participant, gives: ["application/json"],
                handler: fileOfParticipant),
        ]
    }

    @Sendable private func showMember(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .readResult), round: RoundID = try call.id("roundId")
        let (past, me, comments) = try await results.services.database.send(
            as: member, .results(upTo: round, in: member.municipality), .me(in: member.municipality), .comments(of: round, in: member.municipality))
        let history = try await Trends(results: results).history(past, as: member)
        let roles = Set(me.roles), path = "/omgangar/\(round)"
        let links = [
            roles.may(.readPosition) ? Frame.Link(call.texts["result.toPosition"], "\(path)/lage") : nil,
            roles.may(.shareResult) ? Frame.Link(call.texts["result.toSharing"], "\(path)/dela") : nil,
            roles.may(.readLog) ? Frame.Link(call.texts["comments.toLog"], LogPage.path) : nil,
        ].compactMap { $0 }
        let shown = CommentValues(
            comments: comments, instrument: history.this.result.instrument, mayDelete: roles.may(.deleteComment) ? path : nil, language: call.language)
        return try page(history.this.result, shown, history: history, call, further: links, frame: .council(me, here: .home, call.texts))
    }

    @Sendable private func showParticipant(_ call: Call) async throws -> Reply {
        let participant = try call.participant(results.services.links)
        let (found, comments, seat) = try await results.services.database.send(
            as: participant, .result(for: participant), .publishedComments(for: participant), .seat(of: participant))
        guard let stored = found else { throw Problem.notFound }
        let result = try await results.read(stored, as: participant)
        let shown = CommentValues(comments: comments, instrument: result.instrument, mayDelete: nil, language: call.language)
        return try page(result, shown, history: nil, call, further: [], frame: seat.frame(call.texts))
    }

    /// - Parameter history: nil for a participant, who reads the results of the rounds that he had a seat in, and no others.
    private func page(_ result: ReadResult, _ comments: CommentValues, history: History?, _ call: Call, further: [Frame.Link], frame: Frame) throws -> Reply {
        let values = ResultValues(result: result, last: history?.last?.trend.currentBefore ?? [:], texts: call.texts).values
            + comments.values + (history.map { TrendValues(history: $0, texts: call.texts).values } ?? TrendValues.none)
        let hasFigures = values["hasFigures"] == .flag(true)
        return .page(Page("result/show", title: call.texts["result.title"], values + [
            "filePath": .text(call.path + "/dokument"), "backPath": .text(String(call.path.dropLast("/resultat".count))),
            "isMember": .flag(history != nil), "hasFurther": .flag(hasFigures && !further.isEmpty),
            "further": .groups(further) { ["furtherPath": .text($0.path), "furtherText": .text($0.text)] },
        ], frame: frame))
    }

    @Sendable private func fileOfMember(_ call: Call) async throws -> Reply {
        .file(try await results.result(of: call.id("roundId"), as: call.member(for: .readResult)))
    }

    @Sendable private func fileOfParticipant(_ call: Call) async throws -> Reply {
        .file(try await results.result(for: call.participant(results.services.links)))
    }
}

extension Reply {
    /// The document that the page's hash is of.
    fileprivate static func file(_ result: StoredResult) -> Reply {
        .bytes(result.document, type: "application/json").header(.contentDisposition, "attachment; filename=\"resultat.json\"")
    }
}
