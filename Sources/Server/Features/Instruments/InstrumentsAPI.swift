import Database
import Rules

/// The questionnaires, for those who run rounds and read their results.
struct InstrumentsAPI: Sendable {
    private let services: Services
    /// By key, the newest version first.
    private let kept: [Kept]

    private struct Kept: Sendable {
        let entry: InstrumentLibrary.Entry
        let questionnaire: [JSON.Member]
        let tag: EntityTag
    }

    init(_ services: Services) {
        self.services = services
        kept = services.instruments.entries
            .sorted { ($0.instrument.key, $1.instrument.version) < ($1.instrument.key, $0.instrument.version) }
            .map { entry in
                let questionnaire = entry.instrument.members(services.instruments.glossary)
                return Kept(entry: entry, questionnaire: questionnaire, tag: EntityTag(of: JSON.object(questionnaire).canonicalBytes))
            }
    }

    var routes: [Route] {
        let list = "/api/v1/instruments", needs = Needs.member(.readRounds)
        return [
            Route(.get, list, operation: "listInstruments", needs: needs, handler: listInstruments),
            Route(.get, list + "/{instrumentId}", operation: "getInstrument", needs: needs, handler: getInstrument),
        ]
    }

    @Sendable private func listInstruments(_ call: Call) async throws -> Reply {
        try await letIn(call)
        return .json([
            "items": .list(kept) { kept in
                let instrument = kept.entry.instrument
                return [
                    "id": .id(kept.entry.id), "key": .string(instrument.key), "version": .integer(instrument.version),
                    "name": instrument.name.json, "_links": ["self": call.link("/api/v1/instruments/\(kept.entry.id)")],
                ]
            },
            "_links": ["self": call.link(call.path)],
        ])
    }

    @Sendable private func getInstrument(_ call: Call) async throws -> Reply {
        let id: ID<Instrument> = try call.id("instrumentId")
        try await letIn(call)
        guard let kept = kept.first(where: { $0.entry.id == id }) else { throw Problem.notFound }
        return .json(.object(kept.questionnaire + [
            .init("id", .id(id)), .init("_links", ["self": call.link("/api/v1/instruments/\(id)")]),
        ])).tag(kept.tag)
    }

    /// The questionnaires are in memory; the database is asked whether the caller may read them.
    private func letIn(_ call: Call) async throws {
        try await services.database.send(as: call.member(for: .readRounds), .nothing)
    }
}

extension Query where A == Member, R == Void {
    fileprivate static var nothing: Query { .none("select", writes: false) }
}
