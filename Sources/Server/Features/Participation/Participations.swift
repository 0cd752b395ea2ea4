import Database
import Rules

/// Answering by personal link: what the API and the pages of participants do. Each is one round trip once the seat has been met.
struct Participations: Sendable {
    let services: Services

    /// All that a participant needs.
    func open(as participant: Participant) async throws -> OpenedSeat {
        let (seat, saved, comments) = try await services.database.send(
            as: participant, .seat(of: participant), .answers(of: participant), .comments(of: participant))
        return try await opened(seat, saved, comments, as: participant)
    }

    /// Nil before the round opens, and after it is fixed.
    func answers(of participant: Participant) async throws -> AnswerSheet? {
        guard let saved = try await services.database.send(as: participant, .answers(of: participant)) else { return nil }
        return try await sheet(saved, as: participant)
    }

    /// Saves what is valid of what `read` finds for the round's instrument. Refused if the round takes no answers, or if `tags` are given and the tag of
    /// what is saved is none of them.
    func save(ifTagged tags: [String]?, as participant: Participant, at now: Instant, _ read: (Instrument) -> GivenAnswers?) async throws -> Saving {
        let questionnaire = try await services.questionnaires.asked(of: participant), given = read(questionnaire.instrument)
        let save = Query<Participant, SavedAnswers?>.save(
            AnswersToSave(given, to: questionnaire.id), ifTagged: tags, at: now, for: participant)
        let saved: SavedAnswers?
        if tags == nil {
            saved = try await services.database.send(as: participant, save)
        } else {
            // Only with tags there are two reasons for saving nothing, and the seat tells which it was.
            let seat: SeatView
            (saved, seat) = try await services.database.send(as: participant, save, .seat(of: participant))
            if saved == nil, seat.stage(at: now) == .open { throw Problem.preconditionFailed }
        }
        guard let saved else { throw Refusal.roundNotOpen }
        return Saving(sheet: try AnswerSheet(saved, questionnaire.instrument), given: given)
    }

    /// The same, with what the page shows that follows; `saving` is nil if the round takes no answers.
    func saveAndOpen(
        as participant: Participant, at now: Instant, _ read: (Instrument) -> (answers: GivenAnswers?, comment: CommentChange?)
    ) async throws -> (saving: Saving?, seat: OpenedSeat) {
        let questionnaire = try await services.questionnaires.asked(of: participant), (given, comment) = read(questionnaire.instrument)
        let (changed, _, seat, saved, comments) = try await services.database.send(
            as: participant, .save(AnswersToSave(given, to: questionnaire.id), ifTagged: nil, at: now, for: participant),
            .set(comment, at: now, for: participant), .seat(of: participant), .answers(of: participant), .comments(of: participant))
        let saving = try changed.map { Saving(sheet: try AnswerSheet($0, questionnaire.instrument), given: given) }
        return (saving, try await opened(seat, saved, comments, as: participant))
    }

    func setSubmitted(_ submitted: Bool, as participant: Participant, at now: Instant) async throws -> AnswerSheet {
        try await change(.setSubmitted(submitted, at: now, for: participant), as: participant)
    }

    /// Makes every answer blank, deletes the comments, and withdraws the submission.
    func clear(as participant: Participant, at now: Instant) async throws -> AnswerSheet {
        let (saved, _) = try await services.database.send(as: participant, .clear(at: now, for: participant), .clearComments(at: now, for: participant))
        return try await changed(saved, as: participant)
    }

    private func change(_ query: Query<Participant, SavedAnswers?>, as participant: Participant) async throws -> AnswerSheet {
        try await changed(services.database.send(as: participant, query), as: participant)
    }

    private func changed(_ saved: SavedAnswers?, as participant: Participant) async throws -> AnswerSheet {
        guard let saved else { throw Refusal.roundNotOpen }
        return try await sheet(saved, as: participant)
    }
}

/// What was saved, and what came of each answer that was given; nil if there was nothing in the instrument that it could be given to.
struct Saving: Sendable {
    let sheet: AnswerSheet
    let given: GivenAnswers?
}

/// A seat as its holder meets it: the round, the questionnaire, and what is saved.
struct OpenedSeat: Sendable {
    let seat: SeatView
    let questionnaire: Questionnaire
    /// The words that it explains.
    let glossary: Glossary
    /// Nil before the round opens, and after it is fixed.
    let sheet: AnswerSheet?
    let comments: [SavedComment]

    var instrument: Instrument { questionnaire.instrument }
}

extension Participations {
    private func sheet(_ saved: SavedAnswers, as participant: Participant) async throws -> AnswerSheet {
        try AnswerSheet(saved, await services.questionnaires.asked(of: participant, by: saved.instrument).instrument)
    }

    private func opened(_ seat: SeatView, _ saved: SavedAnswers?, _ comments: [SavedComment], as participant: Participant) async throws -> OpenedSeat {
        let questionnaire = try await services.questionnaires.asked(of: participant, by: seat.instrument)
        return OpenedSeat(
            seat: seat, questionnaire: questionnaire, glossary: services.questionnaires.glossary,
            sheet: try saved.map { try AnswerSheet($0, questionnaire.instrument) }, comments: comments)
    }
}
