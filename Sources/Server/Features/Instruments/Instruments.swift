import Database
import Rules

/// The instruments that a council can read: its own, as drafts and published, and those that are offered to all.
struct Instruments: Sendable {
    let services: Services

    func list(_ paging: Paging, as member: Member) async throws -> (instruments: [InstrumentSummary], total: Int) {
        let council = member.municipality
        return try await services.database.send(
            as: member, .instruments(of: council, limit: paging.limit, offset: paging.offset), .numberOfInstruments(of: council))
    }

    func read(_ id: ID<Instrument>, as member: Member) async throws -> (summary: InstrumentSummary, questionnaire: Questionnaire) {
        try opened(await services.database.send(as: member, .instrument(id, of: member.municipality)))
    }

    /// What the database has shown, for those who ask it for more at once.
    func opened(_ found: (summary: InstrumentSummary, document: String)?) throws -> (summary: InstrumentSummary, questionnaire: Questionnaire) {
        guard let found else { throw Problem.notFound }
        let id = found.summary.id, stored = StoredInstrument(id: id, document: found.document)
        // A draft may be another the next time.
        if found.summary.state == .draft { return (found.summary, try services.questionnaires.read(stored)) }
        return (found.summary, try services.questionnaires[id] ?? services.questionnaires.keep(stored))
    }

    // MARK: The council's own

    /// Takes a file in as a draft; nothing is kept of one with faults.
    func add(_ text: String, as member: Member) async throws -> InstrumentSummary {
        let id = ID<Instrument>.random(), file = try await file(text, for: id, as: member), council = member.municipality
        let (added, found, isOffered) = try await services.database.send(
            as: member, .add(file, as: id, at: member.now, to: council), .instrument(id, of: council),
            .keyIsOffered(file.instrument.key))
        guard added == 1, let found else { throw isOffered ? Problem.instrumentKeyTaken : .instrumentExists }
        return found.summary
    }

    /// Puts another file in a draft's place.
    /// - Parameter tags: of what was read; nil if any will do.
    func replace(_ id: ID<Instrument>, with text: String, ifTagged tags: [String]?, as member: Member) async throws -> InstrumentSummary {
        let file = try await file(text, for: id, as: member), council = member.municipality
        let (replaced, found, isOffered) = try await services.database.send(
            as: member, .replace(id, with: file, ifTagged: tags, at: member.now, in: council), .instrument(id, of: council),
            .keyIsOffered(file.instrument.key))
        guard let now = found?.summary else { throw Problem.notFound }
        if replaced == 1 { return now }
        guard now.state == .draft else { throw Problem.instrumentPublished }
        guard tags?.contains(now.fileTag) ?? true else { throw Problem.preconditionFailed }
        throw isOffered ? Problem.instrumentKeyTaken : .instrumentExists
    }

    /// From now on rounds can have it, and it never changes. Publishing what is published is harmless.
    /// - Parameter tags: of what was read; nil if any will do.
    /// - Throws: `InstrumentFaults`, of the draft's file, where a crosswalk leads to what is not published.
    func publish(_ id: ID<Instrument>, ifTagged tags: [String]? = nil, as member: Member) async throws -> InstrumentSummary {
        let council = member.municipality
        guard let (read, document) = try await services.database.send(as: member, .instrument(id, of: council)) else { throw Problem.notFound }
        guard read.state == .draft else { return read }
        guard tags?.contains(read.fileTag) ?? true else { throw Problem.preconditionFailed }
        let glossary = services.questionnaires.glossary, instrument = try Instrument.read(document, glossary: glossary)
        if !instrument.crosswalks.isEmpty {
            let origins = try await services.database.send(as: member, .origins(of: instrument, id, withDrafts: false, in: council))
            try EarlierVersions(origins, withDrafts: false, glossary).check(document, glossary)
        }
        let (published, found) = try await services.database.send(
            as: member, .publish(read, at: member.now, in: council), .instrument(id, of: council))
        guard let found else { throw Problem.notFound }
        // Where another file has come in its place meanwhile, that one is to be looked at.
        return published == 1 || found.summary.state != .draft ? found.summary : try await publish(id, ifTagged: tags, as: member)
    }

    /// Refused while a round has it. Leaves a trace in the log.
    func delete(_ id: ID<Instrument>, as member: Member) async throws {
        let (found, deleted) = try await services.database.send(
            as: member, .instrument(id, of: member.municipality), .delete(id, at: member.now, from: member.municipality))
        guard found != nil else { throw Problem.notFound }
        guard deleted else { throw Problem.instrumentOffered }
    }

    /// Its crosswalks lead to versions that are there already, be they drafts.
    private func file(_ text: String, for id: ID<Instrument>, as member: Member) async throws -> CheckedInstrument {
        let glossary = services.questionnaires.glossary, file = try CheckedInstrument(text, glossary)
        if !file.instrument.crosswalks.isEmpty {
            let origins = try await services.database.send(as: member, .origins(of: file.instrument, id, withDrafts: true, in: member.municipality))
            try EarlierVersions(origins, withDrafts: true, glossary).check(text, glossary)
        }
        return file
    }
}

extension EarlierVersions {
    init(_ documents: [String], withDrafts: Bool, _ glossary: Glossary) throws {
        self.init(try documents.map { try Instrument.read($0, glossary: glossary) }, withDrafts: withDrafts)
    }

    /// Reads a file once more, for what its crosswalks lead to.
    func check(_ text: String, _ glossary: Glossary) throws(InstrumentFaults) { _ = try Instrument.read(text, glossary: glossary, earlier: self) }
}

extension Instrument {
    /// The versions that its crosswalks lead to.
    var origins: [Int32] { crosswalks.map { Int32(clamping: $0.version) } }
}

/// An instrument's file without faults, in the way that we write it: so the same instrument is the same text, in whatever notation it came.
struct CheckedInstrument: Sendable {
    let instrument: Instrument
    let text: String
    let sha256: [UInt8]

    /// - Throws: `InstrumentFaults` with everything that is wrong with it.
    init(_ text: String, _ glossary: Glossary) throws(InstrumentFaults) {
        instrument = try Instrument.read(text, glossary: glossary)
        self.text = instrument.file(.yaml)
        // Indented it may be longer than it came.
        _ = try Instrument.read(self.text, glossary: glossary)
        sha256 = Crypto.sha256(Array(self.text.utf8))
    }

    var version: Int32 { Int32(clamping: instrument.version) }
    var items: Int16 { Int16(clamping: instrument.items.count) }
    var levels: Int16 { Int16(clamping: instrument.levels.count) }
}

extension InstrumentFaults {
    fileprivate func errors(_ error: (InstrumentFault, String) -> FieldError) -> [FieldError] {
        faults.map { fault in
            let place = fault.path.replacing(".", with: "/").replacing("[", with: "/").replacing("]", with: "")
            return error(fault, fault.path.isEmpty ? "" : "/" + place)
        }
    }
}

extension Problem {
    /// Every fault of the file, at its place.
    init(_ faults: InstrumentFaults) {
        self = .invalidFields(faults.errors { fault, pointer in
            let text = fault.text
            return FieldError(
                pointer, FieldMessage(sv: "Rad \(fault.line): \(text.sv).", en: "Line \(fault.line): \(text.en)."), line: fault.line, column: fault.column)
        })
    }

    /// Nothing was sent that has lines: the faults are of a file that is kept.
    static func crosswalkUnmatched(_ faults: InstrumentFaults) -> Problem {
        Problem("crosswalk-unmatched", .conflict,
            title: Text2(sv: "Jämförelsen saknar grund", en: "Crosswalk unmatched"),
            detail: Text2(
                sv: "Enkäten bygger på en tidigare version som inte är publicerad, eller som har andra påståenden. Ändra utkastet, eller publicera den först.",
                en: """
                    A crosswalk leads to an earlier version that is not published, or that has other items. "errors" says where in the draft's file: change it, \
                    or publish the earlier version first.
                    """),
            errors: faults.errors { fault, pointer in
                let sentence = { (text: String) in text.prefix(1).uppercased() + text.dropFirst() + "." }
                return FieldError(pointer, FieldMessage(sv: sentence(fault.text.sv), en: sentence(fault.text.en)))
            })
    }

    static let instrumentExists = Problem("instrument-exists", .conflict,
        title: Text2(sv: "Versionen finns redan", en: "Instrument exists"),
        detail: Text2(
            sv: "Kommunen har redan en enkät med samma nyckel och samma eller högre version. Ge filen ett högre versionsnummer.",
            en: "There is an instrument with this key and this version or a higher one already. Give the file a higher version number."))

    static let instrumentKeyTaken = Problem("instrument-key-taken", .conflict,
        title: Text2(sv: "Nyckeln är upptagen", en: "Key taken"),
        detail: Text2(
            sv: "Nyckeln tillhör en enkät som erbjuds alla kommuner. Ge filen en egen nyckel.",
            en: "The key is that of an instrument that is offered to all councils. Give the file a key of its own."))

    static let instrumentPublished = Problem("instrument-published", .conflict,
        title: Text2(sv: "Enkäten är publicerad", en: "Instrument published"),
        detail: Text2(
            sv: "En publicerad enkät ändras aldrig. Importera den som en ny version.",
            en: "What is published never changes. Import it as a new version."))

    static let instrumentInUse = Problem("instrument-in-use", .conflict,
        title: Text2(sv: "Enkäten används", en: "Instrument in use"),
        detail: Text2(sv: "En omgång har enkäten, så den kan inte tas bort.", en: "A round has the instrument, so it cannot be deleted."))

    static let instrumentOffered = Problem("instrument-offered", .conflict,
        title: Text2(sv: "Enkäten erbjuds alla", en: "Instrument offered to all"),
        detail: Text2(sv: "Enkäten erbjuds alla kommuner och kan inte tas bort härifrån.", en: "The instrument is offered to all councils, and is not yours to delete."))
}
