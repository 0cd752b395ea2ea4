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
        try await submit(nil, call) { text, member in
            let made = try await instruments.add(text, as: member)
            return .seeOther(InstrumentPages.path(made.id)).flash("instrumentImported")
        }
    }

    // MARK: In a draft's place

    @Sendable private func showDraft(_ call: Call) async throws -> Reply {
        let id: ID<Instrument> = try call.id("instrumentId")
        let (summary, instrument, me) = try await open(id, call)
        guard summary.state == .draft else { throw Problem.instrumentPublished }
        return page(InstrumentForm(instrument.file(.yaml)), id, me, call)
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
        return try await submit(id, call) { text, member in
            _ = try await instruments.replace(id, with: text, ifTagged: nil, as: member)
            return .seeOther(InstrumentPages.path(id)).flash("instrumentReplaced")
        }
    }

    // MARK: The page

    private func submit(_ draft: ID<Instrument>?, _ call: Call, _ carryOut: (String, Member) async throws -> Reply) async throws -> Reply {
        let form = InstrumentForm(call.form)
        return try await call.submit(InstrumentForm.check, showing: { try await page(form.refused($0.problem), draft, call) }, { _ in
            do {
                return try await carryOut(form.text, call.member(for: .setUpRound))
            } catch let faults as InstrumentFaults {
                return try await page(form.refused(faults), draft, call).status(.unprocessableContent)
            }
        })
    }

    private func page(_ form: InstrumentForm, _ draft: ID<Instrument>?, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .setUpRound)
        return page(form, draft, try await instruments.services.database.send(as: member, .me(in: member.municipality)), call)
    }

    private func page(_ form: InstrumentForm, _ draft: ID<Instrument>?, _ me: Me, _ call: Call) -> Reply {
        let isNew = draft == nil, texts = call.texts
        return .page(Page(
            "instruments/import", title: form.title(texts["instruments.\(isNew ? "import" : "draft").title"], texts),
            form.values(texts) + ["isNew": .flag(isNew), "instrumentPath": .text(draft.map(InstrumentPages.path) ?? InstrumentPages.list)],
            form: form.fields(texts), frame: .council(me, here: .instruments, texts)))
    }
}

extension Takes {
    /// A form with a questionnaire's file, pasted or chosen.
    static let instrumentForm = Takes.upload(upTo: 2 * InstrumentFormat.mostBytes + Takes.usual)
}

/// The form that a file is pasted into or chosen in, with what is wrong with it.
struct InstrumentForm {
    let text: String
    private var problem: Problem?
    private var faults: InstrumentFaults?

    init(_ text: String) { self.text = text }

    /// A file that was chosen goes before what stands in the field.
    init(_ sent: FormBody) {
        self.init(sent.isBlank("file") ? sent["text"].first ?? "" : sent["file"].first ?? "")
    }

    static func check(_ fields: Fields) {
        let file = fields.given("file"), text = fields.given("text")
        if file == nil, text == nil { fields.refuse("text", .required) }
    }

    func refused(_ problem: Problem?) -> InstrumentForm { changed { $0.problem = problem } }
    func refused(_ faults: InstrumentFaults) -> InstrumentForm { changed { $0.faults = faults } }

    private func changed(_ change: (inout InstrumentForm) -> Void) -> InstrumentForm {
        var form = self
        change(&form)
        return form
    }

    func fields(_ texts: Texts) -> FormView { FormView(Form(FormBody(["text": [text]]), problem), texts) }

    /// The page's, with the news that something is wrong before it.
    func title(_ title: String, _ texts: Texts) -> String { faults == nil ? title : texts("form.error.title", ["title": title]) }

    /// For `instruments/fields` and `instruments/faults`.
    func values(_ texts: Texts) -> [String: PageValue] {
        let told = faults?.faults ?? [], excerpts = faults?.excerpts(of: text) ?? []
        return [
            "textField": fields(texts).area("text", "instruments.text", rows: 18, isRequired: false),
            "hasFaults": .flag(faults != nil), "faultsHeading": .text(texts("instruments.faults", count: told.count)),
            "faults": .groups(zip(told, excerpts)) { fault, excerpt in
                [
                    "faultLine": .text(texts("instruments.line", ["line": String(fault.line), "column": String(fault.column)])),
                    "faultText": .text(fault.text[texts.language]), "faultPath": .text(fault.path), "hasFaultPath": .flag(!fault.path.isEmpty),
                    "lineNumber": .number(fault.line), "lineBefore": .text(excerpt.before), "lineAt": .text(excerpt.at), "lineAfter": .text(excerpt.after),
                ]
            },
        ]
    }
}
