import Rules

/// A questionnaire as its participants will see it, with nothing to save: by the same parts of pages as theirs.
struct InstrumentPreviewPages: Sendable {
    private let instruments: Instruments

    init(_ services: Services) { instruments = Instruments(services: services) }

    static func path(_ id: ID<Instrument>) -> String { InstrumentPages.path(id) + "/forhandsvisning" }

    var routes: [Route] {
        let start = InstrumentPages.list + "/{instrumentId}/forhandsvisning", needs = Needs.member(.readRounds)
        return [
            Route(.get, start, operation: "previewInstrument", needs: needs, handler: showStart),
            Route(.get, start + "/{number}", operation: "previewDimension", needs: needs, handler: showDimension),
        ]
    }

    @Sendable private func showStart(_ call: Call) async throws -> Reply {
        let (summary, view, frame) = try await open(call), texts = call.texts, path = InstrumentPreviewPages.path(summary.id)
        let size = ["items": String(view.instrument.items.count), "areas": String(view.instrument.dimensions.count)]
        return .page(Page("instruments/preview", title: texts("preview.title", ["name": summary.name[texts.language]]), view.guide + [
            "instrumentPath": .text(InstrumentPages.path(summary.id)), "size": .text(texts("answer.size", size)), "firstPath": .text(path + "/1"),
            "areas": .groups(view.instrument.dimensions.enumerated()) { place, dimension in
                [
                    "areaPath": .text("\(path)/\(place + 1)"), "areaName": .text(dimension.name[texts.language]), "areaText": "", "isDone": false,
                ]
            },
            "isOpen": true, "isBegun": false,
        ], frame: frame))
    }

    @Sendable private func showDimension(_ call: Call) async throws -> Reply {
        let (summary, view, frame) = try await open(call), texts = call.texts, path = InstrumentPreviewPages.path(summary.id)
        let dimensions = view.instrument.dimensions
        guard let place = view.instrument.place(try call.parameter("number")) else { throw Problem.notFound }
        let name = { (place: Int) in dimensions[place].name[texts.language] }, last = dimensions.count - 1
        let blank = dimensions[place].items.map { _ in Answer.blank }
        return .page(Page("instruments/preview-dimension", title: "\(place + 1). \(name(place))", view.heading(place) + [
            "startPath": .text(path), "scalesText": .text(texts["preview.scales"]),
            "questions": view.questions(place, blank, FormView(.empty, texts)),
            "screens": .groups(dimensions.indices) { screen in
                [
                    "screenPath": .text("\(path)/\(screen + 1)"), "screenNumber": .number(screen + 1), "screenText": .text(name(screen)),
                    "isThis": .flag(screen == place),
                ]
            },
            "isFirst": .flag(place == 0), "isLast": .flag(place == last),
            "previousPath": .text("\(path)/\(max(place, 1))"), "previousText": .text(name(max(place - 1, 0))),
            "nextPath": .text("\(path)/\(min(place + 2, last + 1))"), "nextText": .text(name(min(place + 1, last))),
        ], frame: frame))
    }

    private func open(_ call: Call) async throws -> (InstrumentSummary, QuestionnaireView, Frame) {
        let member = try call.member(for: .readRounds)
        let (found, me) = try await instruments.services.database.send(
            as: member, .instrument(call.id("instrumentId"), of: member.municipality), .me(in: member.municipality))
        let (summary, questionnaire) = try instruments.opened(found)
        let view = QuestionnaireView(
            instrument: questionnaire.instrument, glossary: instruments.services.questionnaires.glossary, texts: call.texts)
        return (summary, view, .council(me, here: .instruments, call.texts))
    }
}
