import Hummingbird
import Logging
import Rules
import Testing

@testable import Server

/// A feature in small: one declaration and one operation, reached by the API and by a form.
struct Notices: Sendable {
    enum Audience: String, CaseIterable { case council, everyone }

    struct New: Sendable {
        let title: String
        let closesAt: Instant
        let audiences: [Audience]
        let note: String?

        init(_ fields: Fields) {
            title = fields.text("title", 1...20)
            closesAt = fields.instant("closesAt")
            audiences = fields.choices("audiences", atLeast: 1)
            note = fields.given("note")?.text(1...40, lines: .many)
        }
    }

    var routes: [Route] {
        [
            Route(.post, "/api/v1/notices", operation: "createNotice", needs: .member("manageNotices"), handler: create),
            Route(.get, "/api/v1/notices", operation: "listNotices", needs: .member("readNotices"), query: ["search"], paged: true, handler: list),
            Route(.get, "/api/v1/notices/{noticeId}", operation: "getNotice", needs: .nobody, handler: show),
            Route(.put, "/api/v1/notices/{noticeId}/closure", operation: "closeNotice", needs: .nobody, takes: .nothing) { _ in throw Refusal.roundNotOpen },
            Route(.get, "/api/v1/fault", operation: "fail", needs: .nobody) { _ in throw Secret() },
            Route(.get, "/notices/new", operation: "showNewNotice", needs: .nobody) { call in page(call, .empty) },
            Route(.post, "/notices/new", operation: "submitNewNotice", needs: .nobody, handler: submit),
            Route(.get, "/council", operation: "showCouncil", needs: .member("readCouncil")) { _ in .noContent },
            Route(.get, "/seats/{seatId}", operation: "showSeat", needs: .participant) { _ in .noContent },
            Route(.get, "/fault", operation: "showFault", needs: .nobody) { _ in throw Secret() },
        ]
    }

    // MARK: What both call

    /// Refuses the title that is taken, as the database would.
    private func add(_ new: New) throws -> ID<Notices> {
        guard new.title != "taken" else { throw Problem.titleTaken }
        return .random()
    }

    // MARK: The API

    @Sendable private func create(_ call: Call) async throws -> Reply {
        let new = try call.body(New.init)
        let id = try add(new)
        return .created("/api/v1/notices/\(id)", ["id": .id(id), "title": .string(new.title), "closesAt": .instant(new.closesAt), "note": .text(new.note)])
    }

    @Sendable private func list(_ call: Call) async throws -> Reply {
        try call.list([["title": "one"]], of: 50, filters: [("search", try call.query.text("search"))])
    }

    @Sendable private func show(_ call: Call) async throws -> Reply {
        let id: ID<Notices> = try call.id("noticeId")
        return .json(["id": .id(id)]).tag(EntityTag(7))
    }

    // MARK: The page

    @Sendable private func submit(_ call: Call) async throws -> Reply {
        try await call.submit(New.init, showing: { page(call, $0) }) { new in
            _ = try add(new)
            return .seeOther("/notices").flash("saved")
        }
    }

    private func page(_ call: Call, _ form: Form) -> Reply {
        let view = FormView(form, call.texts)
        return .page(Page("notice", title: call.texts["notice.page"], [
            "titleField": view.text("title", "notice.title"),
            "closesField": view.text("closesAt", "notice.closes", .moment),
            "audienceField": view.options("audiences", "notice.audience", Audience.self),
            "noteField": view.area("note", "notice.note", isRequired: false),
        ], form: view))
    }
}

/// A fault that says too much.
struct Secret: Error {
    let address = "eva@lillby.example"
}

/// The edge with the feature above, and its answers.
struct Town {
    let client: any Client
    let log: LogLines

    static let now = Instant(microseconds: 1_795_464_000_000_000)

    static func test(
        secure: Bool = false, patience: Duration = .seconds(30), overAConnection: Bool = false, _ body: (Town) async throws -> Void
    ) async throws {
        let log = LogLines()
        let edge = Edge(
            site: Site(baseURL: secure ? "https://nyttograd.example" : "http://localhost:8080", formKey: [1, 2, 3]),
            pages: try Pages(resources: try TownResources.shared.get(), isStrict: true), now: { now }, patience: patience)
        let router = edge.router(Routes(try OpenPages().routes + Notices().routes)), logger = Logger(label: "test") { _ in log.handler }
        if overAConnection {
            try await router.overAConnection(logger: logger) { try await body(Town(client: $0, log: log)) }
        } else {
            try await body(Town(client: Direct(responder: router.buildResponder(), logger: logger), log: log))
        }
    }

    func send(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields = [:], body: String? = nil) async throws -> Answer {
        try await client.send(method, path, headers, body: body)
    }

    /// A JSON body from somebody who has a token.
    func post(_ json: String, _ headers: HTTPFields = [:]) async throws -> Answer {
        var all: HTTPFields = [.contentType: "application/json", .authorization: "Bearer ngs_x"]
        for field in headers { all[field.name] = field.value }
        return try await send(.post, "/api/v1/notices", all, body: json)
    }

    /// Fills in the form as a browser does: reads the page, keeps its cookie and token.
    func submit(_ fields: String, language: String = "sv") async throws -> Answer {
        let page = try await send(.get, "/notices/new", [.acceptLanguage: language])
        let cookie = try #require(page.headers[values: .setCookie].first { $0.contains("visit=") }).prefix { $0 != ";" }
        let token = try #require(page.text.firstMatch(of: /name="token" value="([^"]+)"/)?.1)
        return try await send(
            .post, "/notices/new", [.contentType: "application/x-www-form-urlencoded", .cookie: String(cookie), .acceptLanguage: language],
            body: "token=\(token)&\(fields)")
    }
}

extension Problem {
    fileprivate static let titleTaken = Problem("title-taken", .conflict,
        title: Text2(sv: "Det går inte", en: "Taken"), detail: Text2(sv: "Titeln är upptagen.", en: "The title is taken."))
}
