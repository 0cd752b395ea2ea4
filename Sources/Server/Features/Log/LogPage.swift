import Database
import Rules

/// The log, for those who run the council's part.
struct LogPage: Sendable {
    private let services: Services

    init(_ services: Services) { self.services = services }

    static let path = "/kommun/logg"
    /// On one page.
    private static let entries = 100

    var routes: [Route] {
        [Route(.get, LogPage.path, operation: "showLog", needs: .member(.readLog), query: ["page"], handler: show)]
    }

    @Sendable private func show(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .readLog), council = member.municipality, texts = call.texts
        let paging = Paging(limit: LogPage.entries, number: try call.paging.number)
        let (me, entries, total) = try await services.database.send(
            as: member, .me(in: council), .log(of: council, limit: paging.limit, offset: paging.offset), .numberOfLogEntries(of: council))
        let hasOlder = paging.offset + entries.count < total && !entries.isEmpty, hasNewer = paging.number > 1
        return .page(Page("log/show", title: texts["log.title"], [
            "isEmpty": .flag(entries.isEmpty), "hasMore": .flag(hasOlder || hasNewer), "hasOlder": .flag(hasOlder), "hasNewer": .flag(hasNewer),
            "olderPath": .text("\(LogPage.path)?page=\(paging.number + 1)"), "newerPath": .text("\(LogPage.path)?page=\(paging.number - 1)"),
            "entries": .groups(entries) { entry in
                let dimension = services.instruments[entry.instrument]?.dimensions.first { $0.key == entry.dimension }?.name[texts.language]
                let about = ["dimension": dimension ?? entry.dimension, "round": entry.roundTitle]
                return ["when": .text(texts.time(entry.at)), "who": .text(entry.member), "what": .text(texts("log.\(entry.kind.rawValue)", about))]
            },
        ], frame: .council(me, here: .home, texts)))
    }
}
