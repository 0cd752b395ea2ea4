import Database
import Rules

/// The log, for those who run the council's part.
struct LogPage: Sendable {
    private let services: Services

    init(_ services: Services) { self.services = services }

    static let path = "/kommun/logg"

    var routes: [Route] {
        [Route(.get, LogPage.path, operation: "showLog", needs: .member(.readLog), handler: show)]
    }

    @Sendable private func show(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .readLog), council = member.municipality, texts = call.texts
        let (me, entries) = try await services.database.send(as: member, .me(in: council), .log(of: council, limit: 500, offset: 0))
        let known = try await services.questionnaires.several(entries.map(\.instrument), as: member)
        return .page(Page("log/show", title: texts["log.title"], [
            "isEmpty": .flag(entries.isEmpty),
            "entries": .groups(entries) { entry in
                let dimension = known[entry.instrument]?.instrument.dimensions.first { $0.key == entry.dimension }?.name[texts.language]
                let about = ["dimension": dimension ?? entry.dimension, "round": entry.roundTitle]
                return ["when": .text(texts.time(entry.at)), "who": .text(entry.member), "what": .text(texts("log.\(entry.kind.rawValue)", about))]
            },
        ], frame: .council(me, here: .home, texts)))
    }
}
