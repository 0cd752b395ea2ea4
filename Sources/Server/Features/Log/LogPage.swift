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
        let known = try await services.questionnaires.several(entries.compactMap(\.instrument), as: member)
        let hasOlder = paging.offset + entries.count < total && !entries.isEmpty, hasNewer = paging.number > 1
        return .page(Page("log/show", title: texts["log.title"], [
            "isEmpty": .flag(entries.isEmpty), "hasMore": .flag(hasOlder || hasNewer), "hasOlder": .flag(hasOlder), "hasNewer": .flag(hasNewer),
            "olderPath": .text("\(LogPage.path)?page=\(paging.number + 1)"), "newerPath": .text("\(LogPage.path)?page=\(paging.number - 1)"),
            "entries": .groups(entries) { entry in
                let about = switch entry.subject {
                case .comment(let key, _, let title, let instrument):
                    ["dimension": known[instrument]?.instrument.name(of: key)[texts.language] ?? key, "round": title]
                case .instrument(let name): ["instrument": name]
                }
                return ["when": .text(texts.time(entry.at)), "who": .text(entry.member), "what": .text(texts("log.\(entry.kind.rawValue)", about))]
            },
        ], frame: .council(me, here: .settings, texts)))
    }
}

extension LogEntry {
    fileprivate var instrument: ID<Instrument>? {
        if case .comment(_, _, _, let instrument) = subject { instrument } else { nil }
    }
}
