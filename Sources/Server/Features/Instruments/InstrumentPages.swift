import HTTPTypes
import Rules

/// The questionnaires that a council can choose: what they are, which rounds have them, and what may be done with its own.
struct InstrumentPages: Sendable {
    private let instruments: Instruments

    init(_ services: Services) { instruments = Instruments(services: services) }

    static let list = "/kommun/enkater"
    static func path(_ id: ID<Instrument>) -> String { "\(list)/\(id)" }

    var routes: [Route] {
        let list = InstrumentPages.list, one = list + "/{instrumentId}"
        return [
            Route(.get, list, operation: "showInstruments", needs: .member(.readRounds), handler: showAll),
            Route(.get, one, operation: "showInstrument", needs: .member(.readRounds)) { try await show($0) },
            Route(.get, one + "/fil/{format}", operation: "downloadInstrument", needs: .member(.readRounds), gives: InstrumentFormat.mediaTypes, handler: download),
            Route(.post, one + "/publicering", operation: "publishInstrumentPage", needs: .member(.setUpRound), handler: publish),
            Route(.post, one + "/borttagning", operation: "deleteInstrumentPage", needs: .member(.setUpRound), handler: delete),
        ]
    }

    // MARK: Looking

    @Sendable private func showAll(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .readRounds), council = member.municipality, texts = call.texts
        let (me, found, uses) = try await instruments.services.database.send(
            as: member, .me(in: council), .instruments(of: council, limit: Paging.onPages, offset: 0), .instrumentUses(in: council))
        let own = found.filter { $0.origin == .own }, offered = found.filter { $0.origin == .offered }
        let values = { (summaries: [InstrumentSummary]) in PageValue.groups(summaries) { $0.values(uses, texts) } }
        return .page(Page("instruments/list", title: texts["instruments.title"], [
            "hasOwn": .flag(!own.isEmpty), "own": values(own), "hasOffered": .flag(!offered.isEmpty), "offered": values(offered),
            "mayImport": .flag(Set(me.roles).may(.setUpRound)),
        ], frame: .council(me, here: .instruments, texts)))
    }

    /// - Parameter faults: of the draft, which cannot be published for them.
    private func show(_ call: Call, _ form: Form = .empty, _ faults: InstrumentFaults? = nil) async throws -> Reply {
        let member = try call.member(for: .readRounds), council = member.municipality, texts = call.texts
        let (found, me, uses) = try await instruments.services.database.send(
            as: member, .instrument(call.id("instrumentId"), of: council), .me(in: council), .instrumentUses(in: council))
        let (summary, questionnaire) = try instruments.opened(found)
        let mayChange = summary.origin == .own && Set(me.roles).may(.setUpRound), instrument = questionnaire.instrument
        let size = ["items": String(instrument.items.count), "areas": String(instrument.dimensions.count), "levels": String(instrument.levels.count)]
        let name = summary.name[texts.language], title = faults == nil ? name : texts("form.error.title", ["title": name])
        let wrong = InstrumentFaults.values(faults, of: faults == nil ? "" : instrument.file(.yaml), texts["instruments.publish.faults"], texts)
        return .page(Page("instruments/show", title: title, summary.values(uses, texts) + wrong + [
            "sizeText": .text(texts("instruments.size", size)), "source": .text(instrument.source), "stateText": .text(texts["instruments.about.\(summary.standing)"]),
            "isDraft": .flag(mayChange && summary.state == .draft), "shown": .text(summary.fileTag), "mayRenew": .flag(mayChange && summary.state == .published),
            "mayDelete": .flag(mayChange && !summary.isUsed), "mayPlan": .flag(summary.state == .published && Set(me.roles).may(.setUpRound)),
            "confirmField": FormView(form, texts).box("confirmed", "instruments.delete.confirm"),
        ], form: FormView(form, texts), frame: .council(me, here: .instruments, texts)))
    }

    @Sendable private func download(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .readRounds)
        guard let format = InstrumentFormat(rawValue: try call.parameter("format")) else { throw Problem.notFound }
        let (summary, questionnaire) = try await instruments.read(call.id("instrumentId"), as: member)
        return .bytes(Array(questionnaire.instrument.file(format).utf8), type: format.mediaType)
            .header(.contentDisposition, "attachment; filename=\"\(summary.key).v\(summary.version).\(format.rawValue)\"")
    }

    // MARK: Changing

    @Sendable private func publish(_ call: Call) async throws -> Reply {
        let id: ID<Instrument> = try call.id("instrumentId")
        return try await call.submit({ _ = $0["shown"] }, showing: { try await show(call, $0) }, { _ in
            do {
                _ = try await instruments.publish(id, ifTagged: call.form["shown"], as: call.member(for: .setUpRound))
                return .seeOther(InstrumentPages.path(id)).flash("instrumentPublished")
            } catch let faults as InstrumentFaults {
                return try await show(call, .empty, faults).status(.conflict)
            }
        })
    }

    @Sendable private func delete(_ call: Call) async throws -> Reply {
        try await call.submit({ fields in
            if !fields.flag("confirmed") { fields.refuse("confirmed", .deletingNotConfirmed) }
        }, showing: { try await show(call, $0) }, { _ in
            try await instruments.delete(call.id("instrumentId"), as: call.member(for: .setUpRound))
            return .seeOther(InstrumentPages.list).flash("instrumentDeleted")
        })
    }
}

extension FieldMessage {
    fileprivate static let deletingNotConfirmed = FieldMessage(sv: "Kryssa för att du vill ta bort enkäten.", en: "Tick that you want to delete the questionnaire.")
}

// MARK: - Values

extension InstrumentSummary {
    /// What there is to say of where it stands: a key of texts.
    fileprivate var standing: String {
        switch (origin, state) {
        case (.own, .draft): "draft"
        case (.own, _): isUsed ? "used" : "published"
        case (.offered, .withdrawn): "withdrawn"
        case (.offered, _): "offered"
        }
    }

    fileprivate func values(_ uses: [InstrumentUse], _ texts: Texts) -> [String: PageValue] {
        let rounds = uses.filter { $0.instrument == id }, path = InstrumentPages.path(id)
        return [
            "instrumentTitle": .text(name[texts.language]), "instrumentKey": .text(key), "instrumentVersion": .number(Int(version)),
            "instrumentState": .text(texts["instruments.state.\(state.rawValue)"]), "isReady": .flag(state == .published),
            "instrumentPath": .text(path), "previewPath": .text(InstrumentPreviewPages.path(id)), "replacePath": .text(path + "/utkast"),
            "renewPath": .text("\(InstrumentPages.list)/ny?from=\(id)"),
            "files": .groups(InstrumentFormat.allCases) { ["filePath": .text("\(path)/fil/\($0.rawValue)"), "fileText": .text($0.rawValue.uppercased())] },
            "hasRounds": .flag(!rounds.isEmpty),
            "rounds": .groups(rounds) { ["roundPath": .text("/omgangar/\($0.round)"), "roundTitle": .text($0.title)] },
        ]
    }
}
