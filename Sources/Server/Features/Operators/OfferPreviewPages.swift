import Database
import Rules

/// A questionnaire that is, or was, offered to all councils, as its participants see it: so that the operator knows what it is.
struct OfferPreviewPages: Sendable {
    private let services: Services

    init(_ services: Services) { self.services = services }

    static func path(_ id: ID<Instrument>) -> String { "\(OffersPage.path)/\(id)/forhandsvisning" }

    var routes: [Route] {
        let start = OffersPage.path + "/{instrumentId}/forhandsvisning"
        return [
            Route(.get, start, operation: "previewOffer", needs: .operator) { .page(try await open($0).start) },
            Route(.get, start + "/{number}", operation: "previewOfferedDimension", needs: .operator) { .page(try await open($0).dimension($0.parameter("number"))) },
        ]
    }

    private func open(_ call: Call) async throws -> InstrumentPreview {
        let id: ID<Instrument> = try call.id("instrumentId"), texts = call.texts
        guard let found = try await services.database.send(as: call.operator(), .offeredInstrument(id)) else { throw Problem.notFound }
        return InstrumentPreview(
            view: QuestionnaireView(
                instrument: try services.questionnaires.read(found).instrument, glossary: services.questionnaires.glossary, texts: texts),
            path: OfferPreviewPages.path(id), back: (OffersPage.path, texts["preview.back.offers"]), frame: .operator(texts, here: .offers))
    }
}

extension Query where A == Operator, R == StoredInstrument? {
    fileprivate static func offeredInstrument(_ id: ID<Instrument>) -> Query {
        .optional("select id, document from app.instruments where id = \(id)") { try StoredInstrument(id: $0.next(), document: $0.next()) }
    }
}
