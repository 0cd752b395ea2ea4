import Database
import Foundation
import Hummingbird
import Logging

/// The least that a server of this stack does to read or save by personal link: Hummingbird, one segment with the statements of the real one, and an
/// answer, to a read as long as the real one's. No token is checked; nothing is refused, decoded, written as JSON or logged. What it reaches is the most that the
/// real server can reach beside the same database.
///
/// `ceiling CONNINFO INSTRUMENT BYTES`; requests say whose link it is by `Seat: COUNCIL SEAT`. The statements are those of Participation+SQL.swift.
@main struct Ceiling {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let instrument = UUID(uuidString: arguments[2]), let length = Int(arguments[3]) else {
            fatalError("ceiling CONNINFO INSTRUMENT BYTES")
        }
        let database = try Database(.init(conninfo: arguments[1])), answer = String(repeating: " ", count: length)
        let router = Router()
        router.get("/api/v1/participation/answers") { request, _ in
            let participant = try Participant(request)
            try await database.send(as: participant, .answers(of: participant))
            return answer
        }
        router.put("/api/v1/participation/answers/{item}") { request, context in
            let participant = try Participant(request), item = context.parameters.get("item")?.utf8.last.map { Int16($0 - UInt8(ascii: "0")) } ?? 1
            try await database.send(as: participant, .save(item, to: instrument, for: participant))
            return "saved"
        }
        try await Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0), serverName: nil),
            onServerRunning: { channel in
                // At once, also to a pipe.
                FileHandle.standardOutput.write(Data("Listening on http://127.0.0.1:\(channel.localAddress?.port ?? 0)\n".utf8))
            },
            logger: Logger(label: "ceiling") { _ in SwiftLogNoOpLogHandler() }
        ).runService()
        await database.close()
    }
}

private struct Participant: Authority {
    static let role = "ng_participant"
    let council, seat: UUID

    init(_ request: Request) throws {
        let ids = request.headers[.init("Seat")!]?.split(separator: " ").compactMap { UUID(uuidString: String($0)) } ?? []
        guard ids.count == 2 else { throw HTTPError(.badRequest) }
        (council, seat) = (ids[0], ids[1])
    }

    var entry: SQL { "app.enter_participant(\(council), \(seat), \(Int32(1)))" }
}

private let etag: SQL = "encode(sha256(convert_to(a.current::text || a.desired::text || a.submitted::text, 'UTF8')), 'hex')"
private let returned: SQL = "r.instrument_id, a.current, a.desired, a.submitted, \(etag)"

extension Query where A == Participant, R == Void {
    fileprivate static func answers(of p: Participant) -> Query {
        .none("""
            select \(returned) from app.responses a join app.rounds r on r.municipality_id = a.municipality_id and r.id = app.round()
            where a.municipality_id = \(p.council) and a.seat_id = \(p.seat)
            """, writes: false)
    }

    fileprivate static func save(_ item: Int16, to instrument: UUID, for p: Participant) -> Query {
        let level: Int16 = 3, tags: String? = nil
        return .none("""
            update app.responses a set current[\(item)] = \(level), desired[\(item)] = \(level) from app.rounds r
            where a.municipality_id = \(p.council) and a.seat_id = \(p.seat) and a.open
              and r.municipality_id = \(p.council) and r.id = app.round() and r.state = 'open' and r.closes_at > '2026-01-01Z'
              and r.instrument_id = \(instrument)
              and (\(tags)::text is null or \(etag) = any (string_to_array(\(tags)::text, ',')))
            returning \(returned)
            """, writes: true, repeatable: true)
    }
}
