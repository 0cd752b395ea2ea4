import Rules

/// The form that a file is pasted into or chosen in, with what is wrong with it.
struct InstrumentForm {
    let text: String
    /// The tag of the draft that the page has shown; empty where it has shown none.
    let shown: String
    private var problem: Problem?
    private var faults: InstrumentFaults?

    init(_ text: String, shown: String = "") { (self.text, self.shown) = (text, shown) }

    /// A file that was chosen goes before what stands in the field.
    init(_ sent: FormBody) {
        self.init(sent.isBlank("file") ? sent["text"].first ?? "" : sent["file"].first ?? "", shown: sent["shown"].first ?? "")
    }

    fileprivate static func check(_ fields: Fields) {
        let file = fields.given("file"), text = fields.given("text")
        if file == nil, text == nil { fields.refuse("text", .noFileGiven) }
        _ = fields["shown"]
    }

    /// Whether the draft is another by now than the one that the page has shown.
    var isOutOfDate: Bool { problem == .preconditionFailed }

    func refused(_ problem: Problem?) -> InstrumentForm { changed { $0.problem = problem } }
    func refused(_ faults: InstrumentFaults) -> InstrumentForm { changed { $0.faults = faults } }

    /// The same over the draft as it is now, which the page shows beside what was written.
    func over(_ newer: InstrumentSummary) -> InstrumentForm {
        InstrumentForm(text, shown: newer.fileTag).refused(.draftChanged)
    }

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
        InstrumentFaults.values(faults, of: text, texts["instruments.faults.text"], texts)
            + ["textField": fields(texts).area("text", "instruments.text", rows: 18, isRequired: false)]
    }
}

extension Call {
    /// Takes in a questionnaire's file by its form. If it is refused, the form is shown again with all that was written and what is wrong with it.
    func takeInstrument(showing page: (InstrumentForm) async throws -> Reply, _ carryOut: (InstrumentForm) async throws -> Reply) async throws -> Reply {
        let form = InstrumentForm(self.form)
        return try await submit(InstrumentForm.check, showing: { try await page(form.refused($0.problem)) }, { _ in
            do {
                return try await carryOut(form)
            } catch let faults as InstrumentFaults {
                return try await page(form.refused(faults)).status(.unprocessableContent)
            }
        })
    }
}

extension Takes {
    /// A form with a questionnaire's file, pasted or chosen.
    static let instrumentForm = Takes.upload(upTo: 2 * InstrumentFormat.mostBytes + Takes.usual)
}

extension InstrumentFaults {
    /// For `instruments/faults`: each fault with the line of `text` that it is about.
    /// - Parameter meaning: what the faults have come to.
    static func values(_ faults: InstrumentFaults?, of text: String, _ meaning: String, _ texts: Texts) -> [String: PageValue] {
        let told = faults?.faults ?? [], excerpts = faults?.excerpts(of: text) ?? []
        return [
            "hasFaults": .flag(faults != nil), "faultsHeading": .text(texts("instruments.faults", count: told.count)), "faultsText": .text(meaning),
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

extension Problem {
    fileprivate static let draftChanged = Problem.preconditionFailed.with(detail: Text2(
        sv: "Utkastet har ändrats sedan du öppnade det, av en kollega eller i ett annat fönster. Inget är sparat, men det du skrev står kvar nedan.",
        en: "The draft has been changed since you opened it, by a colleague or in another window. Nothing is saved, but what you wrote stands below."))
}

extension FieldMessage {
    fileprivate static let noFileGiven = FieldMessage(sv: "Klistra in filens text, eller välj en fil.", en: "Paste the file's text, or choose a file.")
}
