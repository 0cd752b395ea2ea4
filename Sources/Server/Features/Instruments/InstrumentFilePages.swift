import Rules

/// A questionnaire's file that comes in by a page: as a new one, or in a draft's place. It is pasted or chosen; a form without script takes both.
struct InstrumentFilePages: Sendable {
    private let instruments: Instruments

    init(_ services: Services) { instruments = Instruments(services: services) }

    var routes: [Route] {
        let new = InstrumentPages.list + "/ny", draft = InstrumentPages.list + "/{instrumentId}/utkast", needs = Needs.member(.setUpRound)
        return [
            Route(.get, new, operation: "showInstrumentImport", needs: needs, query: ["from"], handler: showNew),
            Route(.post, new, operation: "submitInstrumentImport", needs: needs, takes: .instrumentForm, handler: submitNew),
            Route(.get, draft, operation: "showInstrumentDraft", needs: needs, handler: showDraft),
            Route(.post, draft, operation: "submitInstrumentDraft", needs: needs, takes: .instrumentForm, handler: submitDraft),
        ]
    }

    // MARK: A new one

    /// Empty, or with the next version of another one's file, to be changed.
    @Sendable private func showNew(_ call: Call) async throws -> Reply {
        guard let asked = call.query["from"] else { return try await page(InstrumentForm(""), nil, call) }
        guard let from = ID<Instrument>(asked) else { throw Problem.notFound }
        let (_, instrument, me) = try await open(from, call)
        return page(InstrumentForm(instrument.nextVersion.file(.yaml)), nil, me, call)
    }

    @Sendable private func submitNew(_ call: Call) async throws -> Reply {
        try await call.takeInstrument(showing: { try await page($0, nil, call) }) { form in
            let made = try await instruments.add(form.text, as: call.member(for: .setUpRound))
            return .seeOther(InstrumentPages.path(made.id)).flash("instrumentImported")
        }
    }

    // MARK: In a draft's place

    @Sendable private func showDraft(_ call: Call) async throws -> Reply {
        let id: ID<Instrument> = try call.id("instrumentId")
        let (summary, instrument, me) = try await open(id, call)
        guard summary.state == .draft else { throw Problem.instrumentPublished }
        return page(InstrumentForm(instrument.file(.yaml), shown: summary.fileTag), id, me, call)
    }

    private func open(_ id: ID<Instrument>, _ call: Call) async throws -> (InstrumentSummary, Instrument, Me) {
        let member = try call.member(for: .setUpRound)
        let (found, me) = try await instruments.services.database.send(
            as: member, .instrument(id, of: member.municipality), .me(in: member.municipality))
        let (summary, questionnaire) = try instruments.opened(found)
        return (summary, questionnaire.instrument, me)
    }

    @Sendable private func submitDraft(_ call: Call) async throws -> Reply {
        let id: ID<Instrument> = try call.id("instrumentId")
        return try await call.takeInstrument(showing: { try await page($0, id, call) }) { form in
            _ = try await instruments.replace(id, with: form.text, ifTagged: [form.shown], as: call.member(for: .setUpRound))
            return .seeOther(InstrumentPages.path(id)).flash("instrumentReplaced")
        }
    }

    // MARK: The page

    private func page(_ form: InstrumentForm, _ draft: ID<Instrument>?, _ call: Call) async throws -> Reply {
        if let draft, form.isOutOfDate {
            let (summary, instrument, me) = try await open(draft, call)
            return page(form.over(summary), newer: instrument.file(.yaml), draft, me, call)
        }
        let member = try call.member(for: .setUpRound)
        return page(form, draft, try await instruments.services.database.send(as: member, .me(in: member.municipality)), call)
    }

    /// - Parameter newer: the file that another has put in the place of the draft that was shown, if that is so.
    private func page(_ form: InstrumentForm, newer: String? = nil, _ draft: ID<Instrument>?, _ me: Me, _ call: Call) -> Reply {
        let isNew = draft == nil, texts = call.texts
        return .page(Page(
            "instruments/import", title: form.title(texts["instruments.\(isNew ? "import" : "draft").title"], texts),
            form.values(texts) + .optional("newerText", newer) + [
                "isNew": .flag(isNew), "instrumentPath": .text(draft.map(InstrumentPages.path) ?? InstrumentPages.list), "shown": .text(form.shown),
                "buttonText": .text(texts[newer == nil ? "instruments.import.button" : "instruments.draft.anyway"]),
            ],
            form: form.fields(texts), frame: .council(me, here: .instruments, texts)))
    }
}
