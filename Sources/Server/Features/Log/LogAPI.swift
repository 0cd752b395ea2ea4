import Rules

struct LogAPI: Sendable {
    private let services: Services

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [Route(.get, "/api/v1/log", operation: "listLog", needs: .member(.readLog), paged: true, handler: listLog)]
    }

    @Sendable private func listLog(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .readLog), paging = try call.paging, council = member.municipality
        let (entries, total) = try await services.database.send(
            as: member, .log(of: council, limit: paging.limit, offset: paging.offset), .numberOfLogEntries(of: council))
        return try call.list(entries.map(\.json), of: total)
    }
}

extension LogEntry {
    fileprivate var json: JSON {
        let about: [JSON.Member] = switch subject {
        case .comment(let dimension, let round, let title, _):
            [.init("roundId", .id(round)), .init("roundTitle", .string(title)), .init("dimension", .string(dimension)), .init("instrument", .null)]
        case .instrument(let name):
            [.init("roundId", .null), .init("roundTitle", .null), .init("dimension", .null), .init("instrument", .string(name))]
        }
        return .object([.init("id", .id(id)), .init("kind", .choice(kind)), .init("at", .instant(at)), .init("member", .string(member))] + about)
    }
}
