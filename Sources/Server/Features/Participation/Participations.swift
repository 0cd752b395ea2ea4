import Database
import Rules

/// Answering by personal link: what the API and the pages of participants do. Each is one round trip.
struct Participations: Sendable {
    let services: Services

    /// All that a participant needs.
    func open(as participant: Participant) async throws -> OpenedSeat {
        let (seat, saved, comments) = try await services.database.send(
            as: participant, .seat(of: participant), .answers(of: participant), .comments(of: participant))
        return try opened(seat, saved, comments)
    }

    /// Nil before the round opens, and after it is fixed.
    func answers(of participant: Participant) async throws -> AnswerSheet? {
        try await services.database.send(as: participant, .answers(of: participant)).map(sheet)
    }

    /// Saves what is valid of what `read` finds for the round's instrument. Refused if the round takes no answers, or if `tags` are given and the tag of
    /// what is saved is none of them.
    func save(ifTagged tags: [String]?, as participant: Participant, at now: Instant, _ read: (Instrument) -> GivenAnswers?) async throws -> Saving {
        let offer = Offer(services.instruments, read)
        let save = Query<Participant, SavedAnswers?>.save(offer.toSave, ifTagged: tags, at: now, for: participant)
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
        return Saving(sheet: try sheet(saved), given: offer.given[saved.instrument] ?? nil)
    }

    /// The same, with what the page shows that follows; `saving` is nil if the round takes no answers.
    func saveAndOpen(
        _ comment: CommentChange, as participant: Participant, at now: Instant, _ read: (Instrument) -> GivenAnswers?
    ) async throws -> (saving: Saving?, seat: OpenedSeat) {
        let offer = Offer(services.instruments, read)
        let (changed, _, seat, saved, comments) = try await services.database.send(
            as: participant, .save(offer.toSave, ifTagged: nil, at: now, for: participant), .set(comment, at: now, for: participant),
            .seat(of: participant), .answers(of: participant), .comments(of: participant))
        let saving = try changed.map { Saving(sheet: try sheet($0), given: offer.given[$0.instrument] ?? nil) }
        return (saving, try opened(seat, saved, comments))
    }

    func setSubmitted(_ submitted: Bool, as participant: Participant, at now: Instant) async throws -> AnswerSheet {
        try await change(.setSubmitted(submitted, at: now, for: participant), as: participant)
    }

    /// Makes every answer blank, deletes the comments, and withdraws the submission.
    func clear(as participant: Participant, at now: Instant) async throws -> AnswerSheet {
        let (saved, _) = try await services.database.send(as: participant, .clear(at: now, for: participant), .clearComments(at: now, for: participant))
        return try changed(saved)
    }

    private func change(_ query: Query<Participant, SavedAnswers?>, as participant: Participant) async throws -> AnswerSheet {
        try changed(await services.database.send(as: participant, query))
    }

    private func changed(_ saved: SavedAnswers?) throws -> AnswerSheet {
        guard let saved else { throw Refusal.roundNotOpen }
        return try sheet(saved)
    }
}

/// What was saved, and what came of each answer that was given; nil if there was nothing in this instrument that it could be given to.
struct Saving: Sendable {
    let sheet: AnswerSheet
    let given: GivenAnswers?
}

/// A seat as its holder meets it: the round, the questionnaire, and what is saved.
struct OpenedSeat: Sendable {
    let seat: SeatView
    let instrument: Instrument
    /// The words that it explains.
    let glossary: Glossary
    /// Nil before the round opens, and after it is fixed.
    let sheet: AnswerSheet?
    let comments: [SavedComment]
}

/// What a request gives to each instrument that the round may have.
private struct Offer {
    private(set) var toSave = AnswersToSave()
    private(set) var given: [ID<Instrument>: GivenAnswers?] = [:]

    init(_ library: InstrumentLibrary, _ read: (Instrument) -> GivenAnswers?) {
        for entry in library.entries {
            let answers = read(entry.instrument)
            given[entry.id] = .some(answers)
            for valid in answers?.valid ?? [] { toSave.add(valid.answer, to: valid.item, of: entry.id) }
        }
    }
}

extension Participations {
    /// The round's instrument is one that another version of the program has kept.
    struct UnknownInstrument: Error, CustomStringConvertible {
        let id: ID<Instrument>
        var description: String { "there is no instrument \(id) in this program" }
    }

    private func instrument(_ id: ID<Instrument>) throws -> Instrument {
        guard let instrument = services.instruments[id] else { throw UnknownInstrument(id: id) }
        return instrument
    }

    private func sheet(_ saved: SavedAnswers) throws -> AnswerSheet { try AnswerSheet(saved, instrument(saved.instrument)) }

    private func opened(_ seat: SeatView, _ saved: SavedAnswers?, _ comments: [SavedComment]) throws -> OpenedSeat {
        OpenedSeat(
            seat: seat, instrument: try instrument(seat.instrument), glossary: services.instruments.glossary, sheet: try saved.map(sheet), comments: comments)
    }
}
