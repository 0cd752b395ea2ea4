import HTTPTypes
import Rules

struct SeminarsAPI: Sendable {
    private let seminars: Seminars

    init(_ services: Services) { seminars = Seminars(services: services) }

    var routes: [Route] {
        let path = "/api/v1/rounds/{roundId}/seminar", own = "/api/v1/participation/seminar"
        return [
            Route(.get, path, operation: "getSeminar", needs: .member(.readRounds), handler: get),
            Route(.put, path, operation: "setSeminar", needs: .member(.setUpRound), handler: set),
            Route(.delete, path, operation: "cancelSeminar", needs: .member(.setUpRound), handler: cancel),
            Route(.post, path + "/invitations", operation: "holdSeminar", needs: .member(.invite), takes: .nothing, handler: hold),
            Route(.get, path + "/attendances", operation: "getAttendances", needs: .member(.invite), handler: attendances),
            Route(.get, own, operation: "getParticipationSeminar", needs: .participant, handler: getOwn),
            Route(.put, own, operation: "setAttendance", needs: .participant, handler: answer),
        ]
    }

    @Sendable private func get(_ call: Call) async throws -> Reply {
        .json(.object(try await seminars.view(of: call.id("roundId"), as: call.member(for: .readRounds)).members + [.selfLink(call)]))
    }

    @Sendable private func set(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .setUpRound), round: RoundID = try call.id("roundId")
        return .json(.object(try await seminars.set(try call.body(Seminar.init), for: round, as: member).members + [.selfLink(call)]))
    }

    @Sendable private func cancel(_ call: Call) async throws -> Reply {
        try await seminars.cancel(call.id("roundId"), as: call.member(for: .setUpRound))
        return .noContent
    }

    @Sendable private func hold(_ call: Call) async throws -> Reply {
        let round: RoundID = try call.id("roundId")
        let view = try await seminars.hold(round, as: call.member(for: .invite))
        return .accepted("/api/v1/rounds/\(round)/seminar/attendances", ["invited": .integer(view.invited)])
    }

    @Sendable private func attendances(_ call: Call) async throws -> Reply {
        let rows = try await seminars.attendances(of: call.id("roundId"), as: call.member(for: .invite))
        return .json([
            "coming": .integer(rows.filter { $0.attendance?.attends == true }.count), "notComing": .integer(rows.filter { $0.attendance?.attends == false }.count),
            "unanswered": .integer(rows.filter { $0.attendance == nil }.count),
            "seats": .list(rows) { row in
                ["seatId": .id(row.seat), "name": .string(row.name), "post": .string(row.post), "attendance": row.attendance?.json ?? .null]
            },
            "_links": ["self": call.link(call.path)],
        ])
    }

    // MARK: The participant

    @Sendable private func getOwn(_ call: Call) async throws -> Reply {
        json(try await seminars.view(for: call.participant(seminars.services.links)), call)
    }

    @Sendable private func answer(_ call: Call) async throws -> Reply {
        let participant = try call.participant(seminars.services.links), (attendance, seen) = try call.body { (Attendance($0), $0.given("sequence")?.integer(0...1_000_000)) }
        return json(try await seminars.answer(attendance, seen: seen, as: participant, at: call.now), call)
    }

    private func json(_ it: ParticipantSeminar, _ call: Call) -> Reply {
        .json(.object(it.view.members + [
            .init("takesAnswers", .bool(it.takesAnswers(at: call.now))), .init("attendance", it.own?.json ?? .null), .selfLink(call),
        ]))
    }
}

extension JSON.Member {
    fileprivate static func selfLink(_ call: Call) -> JSON.Member { .init("_links", ["self": call.link(call.path)]) }
}

extension SeminarView {
    fileprivate var members: [JSON.Member] {
        [
            .init("startsAt", .instant(seminar.starts)), .init("endsAt", .instant(seminar.ends)), .init("place", .string(seminar.place)),
            .init("link", .string(seminar.link)), .init("agenda", .string(seminar.agenda)),
            .init("materials", .list(seminar.materials) { ["title": .string($0.title), "link": .string($0.link)] }),
            .init("sequence", .integer(sequence)), .init("cancelledAt", .instant(cancelledAt)),
        ]
    }
}

extension Attendance {
    fileprivate var json: JSON { ["attends": .bool(attends), "note": .string(note)] }
}
