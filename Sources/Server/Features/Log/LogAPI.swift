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
        [
            "id": .id(id), "kind": .choice(kind), "at": .instant(at), "member": .string(member), "roundId": .id(round), "roundTitle": .string(roundTitle),
            "dimension": .string(dimension),
        ]
    }
}
