import Rules

/// A questionnaire on a council's shelf, as its participants will see it.
struct InstrumentPreviewPages: Sendable {
    private let instruments: Instruments

    init(_ services: Services) { instruments = Instruments(services: services) }

    static func path(_ id: ID<Instrument>) -> String { InstrumentPages.path(id) + "/forhandsvisning" }

    var routes: [Route] {
        let start = InstrumentPages.list + "/{instrumentId}/forhandsvisning", needs = Needs.member(.readRounds)
        return [
            Route(.get, start, operation: "previewInstrument", needs: needs) { .page(try await open($0).start) },
            Route(.get, start + "/{number}", operation: "previewDimension", needs: needs) { .page(try await open($0).dimension($0.parameter("number"))) },
        ]
    }

    private func open(_ call: Call) async throws -> InstrumentPreview {
        let member = try call.member(for: .readRounds), texts = call.texts
        let (found, me) = try await instruments.services.database.send(
            as: member, .instrument(call.id("instrumentId"), of: member.municipality), .me(in: member.municipality))
        let (summary, questionnaire) = try instruments.opened(found)
        return InstrumentPreview(
            view: QuestionnaireView(instrument: questionnaire.instrument, glossary: instruments.services.questionnaires.glossary, texts: texts),
            path: InstrumentPreviewPages.path(summary.id), back: (InstrumentPages.path(summary.id), texts["preview.back"]),
            frame: .council(me, here: .instruments, texts))
    }
}
