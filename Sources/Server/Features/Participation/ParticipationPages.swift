import Database
import Rules

/// The pages of participants: the way in by a personal link, what is asked and promised, the questionnaire, and the submission.
struct ParticipationPages: Sendable {
    private let participations: Participations

    init(_ services: Services) { participations = Participations(services: services) }

    private var services: Services { participations.services }

    var routes: [Route] {
        let seat = "/enkat/{seatId}"
        return [
            Route(.get, "/e/{token}", operation: "openLink", needs: .nobody, handler: openLink),
            Route(.get, seat, operation: "seatPage", needs: .participant, handler: showSeat),
            Route(.get, "\(seat)/{number}", operation: "dimensionPage", needs: .participant, query: ["from"], handler: showDimension),
            Route(.post, "\(seat)/{number}", operation: "saveDimension", needs: .participant, handler: saveDimension),
            Route(.get, "\(seat)/skicka", operation: "submissionPage", needs: .participant, handler: showSubmission),
            Route(.post, "\(seat)/skicka", operation: "submitPage", needs: .participant, handler: submit),
            Route(.post, "\(seat)/ta-tillbaka", operation: "withdrawPage", needs: .participant, handler: withdraw),
            Route(.post, "\(seat)/rensa", operation: "clearPage", needs: .participant, handler: clear),
            Route(.get, "\(seat)/kvitto", operation: "receiptPage", needs: .participant, handler: showReceipt),
        ]
    }

    private func participant(_ call: Call) throws(Problem) -> Participant { try call.participant(services.links) }
    private func opened(_ call: Call) async throws -> OpenedSeat { try await participations.open(as: participant(call)) }

    // MARK: The way in

    /// Keeps the token in the seat's cookie and goes on to a path without it, so that it stands in no page, log or Referer. Who has not chosen a
    /// language reads the one that he is written to in.
    @Sendable private func openLink(_ call: Call) async throws -> Reply {
        let token = try call.parameter("token")
        guard let link = services.links.read(token, as: .seat), let council = link.municipality else {
            try services.guesses.countForged(token, at: call.now)
            throw Problem.seatLinkVoid
        }
        let participant = Participant(municipality: council, seat: link.id, generation: Int32(link.generation))
        let language: Language
        do {
            language = try await services.database.send(as: participant, .language(of: participant))
        } catch where Problem(from: error) == .notSignedIn {
            throw Problem.seatLinkVoid
        }
        let reply = Reply.seeOther("/enkat/\(link.id)").cookie(Cookie(Call.seat(link.id), token))
        return call.cookie(Call.languageChoice) == nil ? reply.cookie(Cookie(Call.languageChoice, language.rawValue)) : reply
    }

    // MARK: The round, and what is promised

    @Sendable private func showSeat(_ call: Call) async throws -> Reply {
        .page(SeatPage(try await opened(call), call).page)
    }

    // MARK: One dimension a screen

    @Sendable private func showDimension(_ call: Call) async throws -> Reply {
        let opened = try await opened(call)
        let dimension = try dimension(call, in: opened.instrument)
        guard let sheet = opened.answerable(at: call.now) else { return .seeOther(opened.path) }
        return .page(DimensionPage(opened, sheet, dimension, call).page(cameFrom: call.query["from"].flatMap { opened.instrument.place($0) }))
    }

    @Sendable private func saveDimension(_ call: Call) async throws -> Reply {
        let number = try call.parameter("number"), form = call.form
        let written = WrittenComment(form)
        let (saving, opened) = try await participations.saveAndOpen(as: participant(call), at: call.now) { instrument in
            guard let place = instrument.place(number) else { return (nil, nil) }
            return (.page(form, of: place, in: instrument), written.change(on: instrument.dimensions[place].key))
        }
        let dimension = try dimension(call, in: opened.instrument)
        guard let saving else { return .page(SeatPage(opened, call, cameTooLate: true).page).status(.conflict) }
        let errors = (saving.given?.errors ?? []) + written.errors
        if !errors.isEmpty {
            let page = DimensionPage(opened, saving.sheet, dimension, call)
            return .page(page.page(Form(form, .invalidFields(errors)))).status(.unprocessableContent)
        }
        return .seeOther(opened.path(after: form, on: dimension))
    }

    private func dimension(_ call: Call, in instrument: Instrument) throws(Problem) -> Int {
        guard let place = instrument.place(try call.parameter("number")) else { throw .notFound }
        return place
    }

    // MARK: Submitting

    @Sendable private func showSubmission(_ call: Call) async throws -> Reply {
        try await submissionPage(call, .empty)
    }

    @Sendable private func submit(_ call: Call) async throws -> Reply {
        try await change(call, then: "/kvitto") { try await participations.setSubmitted(true, as: $0, at: call.now) }
    }

    @Sendable private func withdraw(_ call: Call) async throws -> Reply {
        try await change(call, then: "/skicka") { try await participations.setSubmitted(false, as: $0, at: call.now) }.flash("withdrawn")
    }

    @Sendable private func clear(_ call: Call) async throws -> Reply {
        try await call.submit({ fields in
            if !fields.flag("confirmed") { fields.refuse("confirmed", .clearingNotConfirmed) }
        }, showing: { try await submissionPage(call, $0) }, { _ in
            try await change(call, then: "") { try await participations.clear(as: $0, at: call.now) }.flash("answers-cleared")
        })
    }

    /// A change that comes too late leads to where it is said that the round is closed.
    private func change(_ call: Call, then path: String, _ change: (Participant) async throws -> AnswerSheet) async throws -> Reply {
        let seat: SeatID = try call.id("seatId")
        do {
            _ = try await change(participant(call))
            return .seeOther("/enkat/\(seat)\(path)")
        } catch Refusal.roundNotOpen {
            return .seeOther("/enkat/\(seat)").flash("too-late")
        }
    }

    private func submissionPage(_ call: Call, _ form: Form) async throws -> Reply {
        let opened = try await opened(call)
        guard let sheet = opened.answerable(at: call.now) else { return .seeOther(opened.path) }
        return .page(SubmissionPage(opened, sheet, call).page(form))
    }

    @Sendable private func showReceipt(_ call: Call) async throws -> Reply {
        let opened = try await opened(call)
        guard let sheet = opened.sheet, sheet.submitted else { return .seeOther(opened.path) }
        return .page(SubmissionPage(opened, sheet, call).receipt)
    }
}

extension SeatView {
    /// Around every page of a participant: whose round it is.
    func frame(_ texts: Texts) -> Frame { Frame(owner: council, mark: isFictional ? texts["answer.fictional"] : nil) }
}

extension OpenedSeat {
    var path: String { "/enkat/\(seat.id)" }

    /// The answers, if they can be given now.
    func answerable(at now: Instant) -> AnswerSheet? { seat.stage(at: now) == .open ? sheet : nil }

    /// Where the button that was pressed leads to: a screen by its number, the summary, or the seat's own page. The next screen is told which one was saved.
    fileprivate func path(after form: FormBody, on dimension: Int) -> String {
        let from = "?from=\(dimension + 1)"
        if let item = form["clear"].first, instrument.dimensions[dimension].items.contains(where: { $0.key == item }) {
            return "\(path)/\(dimension + 1)\(from)#\(item)"
        }
        switch form["to"].first ?? "" {
        case "skicka": return path + "/skicka"
        case "start": return path
        case let number: return "\(path)/\((instrument.place(number) ?? dimension) + 1)\(from)"
        }
    }
}

extension Instrument {
    /// The dimension's place for its number in a path: 0 for "1".
    func place(_ number: String) -> Int? {
        dimensions.indices.first { String($0 + 1) == number }
    }
}

extension FieldMessage {
    fileprivate static let clearingNotConfirmed = FieldMessage(sv: "Kryssa i rutan om du vill ta bort svaren.", en: "Tick the box if you want to remove the answers.")
}

extension Problem {
    /// A personal link that opens nothing. Why, is not told: the round may be over, or the seat have a newer link.
    fileprivate static let seatLinkVoid = Problem.linkVoid.with(detail: Text2(
        sv: """
            Omgången kan vara avslutad eller inställd, eller så har du fått ett nyare mejl med en ny länk. Följ länken i det senaste mejlet, \
            eller fråga den som leder analysen i din kommun.
            """,
        en: """
            The round may be over or cancelled, or you may have been sent a newer mail with another link. Follow the link in the newest mail, \
            or ask the person who runs the analysis in your council.
            """))
}
