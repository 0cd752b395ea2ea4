import HTTPTypes
import Hummingbird
import Testing

@testable import Server

@Suite("The edge")
struct EdgeTests {
    @Test(arguments: [
        ("POST", "/api/v1/notices/6a6e0c0e-0000-4000-8000-000000000000", "GET, HEAD, OPTIONS"), ("DELETE", "/api/v1/notices", "GET, HEAD, POST, OPTIONS"),
        ("PUT", "/", "GET, HEAD, OPTIONS"), ("TRACE", "/api/v1/notices", "GET, HEAD, POST, OPTIONS"), ("GET", "/api/v1/notices/x/closure", "PUT, OPTIONS"),
    ])
    func anotherMethodIsRefusedWithThoseThatAreAllowed(method: String, path: String, allow: String) async throws {
        try await Town.test { town in
            let answer = try await town.send(HTTPRequest.Method(method)!, path)
            #expect(answer.status == 405)
            #expect(answer.headers[.allow] == allow)
            #expect(path == "/" ? answer.text.contains("<h1>Metoden") : answer.problem == "method-not-allowed")
        }
    }

    @Test func headAndOptionsAreAnsweredWhereverThereIsSomething() async throws {
        try await Town.test { town in
            let get = try await town.send(.get, "/"), head = try await town.send(.head, "/"), options = try await town.send(.options, "/api/v1/notices")
            #expect(head.status == 200 && head.text.isEmpty && head.headers[.contentLength] == get.headers[.contentLength])
            #expect(options.status == 204 && options.headers[.allow] == "GET, HEAD, POST, OPTIONS")
            try await #expect(town.send(HTTPRequest.Method("PROPFIND")!, "/api/v1/notices").problem == "method-unknown")
        }
    }

    /// One resource, one path.
    @Test(arguments: [
        ("/api/v1/notices/", 404, "not-found"), ("//api/v1/notices", 404, nil), ("/api//v1/notices", 404, "not-found"), ("/api/v1/./notices", 404, "not-found"),
        ("/api/v1/../v1/notices", 404, "not-found"), ("/api/v1/%6eotices", 404, "not-found"), ("/api/v1%2fnotices", 404, "not-found"),
        ("/api/v1/%ff", 400, "malformed-target"), ("/api/v1/%zz", 400, "malformed-target"), ("/api/v1/%0", 400, "malformed-target"),
        ("/api/v1/%00", 400, "malformed-target"), ("/API/v1/notices", 404, nil), ("/api/v1/nothing", 404, "not-found"), ("/api", 404, "not-found"),
        ("/api/v1/notices?limit=%ff", 400, "malformed-target"), ("/api/v1/notices/6A6E", 404, "not-found"),
        ("/api/" + String(repeating: "a", count: 5000), 414, "target-too-long"), ("http://localhost/api/v1/notices", 400, nil),
    ] as [(String, Int, String?)])
    func onlyTheCanonicalPathLeadsAnywhere(path: String, status: Int, problem: String?) async throws {
        try await Town.test { town in
            let answer = try await town.send(.get, path, [.authorization: "Bearer ngs_x"])
            #expect(answer.status == status)
            #expect(answer.problem == problem)
            #expect(problem != nil || answer.text.contains("<h1>"))
        }
    }

    @Test func everythingCarriesWhatProtectsIt() async throws {
        try await Town.test(secure: true) { town in
            for (path, status) in [("/", 200), ("/nowhere", 404), ("/api/v1/fault", 500), ("/api/v1/notices", 401), ("/style.css", 200)] {
                let answer = try await town.send(.get, path)
                #expect(answer.status == status)
                #expect(answer.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'; style-src 'self'") == true)
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                #expect(answer.headers[HTTPField.Name("Referrer-Policy")!] == "no-referrer")
                #expect(answer.headers[.strictTransportSecurity] != nil)
                #expect(answer.headers[.cacheControl] == (path == "/style.css" ? "public, no-cache" : "no-store"))
                #expect(answer.headers[.traceparent]?.wholeMatch(of: /00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}/) != nil)
            }
        }
        try await Town.test { town in try await #expect(town.send(.get, "/").headers[.strictTransportSecurity] == nil) }
    }

    @Test func aTraceIsTakenOrBegun() async throws {
        try await Town.test { town in
            let id = "4bf92f3577b34da6a3ce929d0e0e4736"
            let taken = try await town.send(.get, "/api/v1/nothing", [.traceparent: "00-\(id)-00f067aa0ba902b7-01"])
            #expect(taken.headers[.traceparent]?.hasPrefix("00-\(id)-") == true && taken.headers[.traceparent]?.hasSuffix("-01") == true)
            #expect(taken.text.contains("\"traceId\":\"\(id)\""))
            for wrong in ["00-\(id.uppercased())-00f067aa0ba902b7-01", "ff-\(id)-00f067aa0ba902b7-01", "00-\(id)-0000000000000000-01", "x", "00-\(id)-00f067aa0ba902b7-01-x"] {
                try await #expect(town.send(.get, "/", [.traceparent: wrong]).headers[.traceparent]?.contains(id) == false)
            }
        }
    }

    @Test func aFaultSaysNothingButItsTrace() async throws {
        try await Town.test { town in
            let api = try await town.send(.get, "/api/v1/fault"), page = try await town.send(.get, "/fault")
            #expect(api.status == 500 && api.problem == "internal-error" && !api.text.contains("lillby"))
            #expect(page.status == 500 && page.text.contains("<h1>Något gick fel hos oss</h1>") && !page.text.contains("lillby"))
            let faults = town.log.all.filter { $0.hasPrefix("error fault") }
            #expect(faults.count == 2 && faults.allSatisfy { $0.contains("type=Secret") && !$0.contains("lillby") })
        }
    }

    @Test func theLogHoldsTheTemplateAndNeitherPathNorQueryNorToken() async throws {
        try await Town.test { town in
            _ = try await town.send(.get, "/api/v1/notices/6a6e0c0e-0000-4000-8000-000000000000", [.authorization: "Bearer ngs_secret"])
            _ = try await town.send(.get, "/?lang=en&secret=1")
            _ = try await town.send(.get, "/s/secret")
            let lines = town.log.all
            #expect(lines.count == 3)
            #expect(lines[0].contains("route=/api/v1/notices/{noticeId} status=200"))
            #expect(lines.allSatisfy { $0.contains("ms=") && $0.contains("trace=") && !$0.contains("secret") && !$0.contains("6a6e") })
        }
    }

    @Test func credentialsAreAskedForBeforeTheBodyIsRead() async throws {
        try await Town.test { town in
            let api = try await town.send(.post, "/api/v1/notices", [.contentType: "text/xml"], body: "<x/>")
            #expect(api.status == 401 && api.headers[.wwwAuthenticate] == #"Bearer realm="nyttograd""#)
            // The API never takes the cookie, so that no other site can make a browser use it.
            try await #expect(town.send(.get, "/api/v1/notices", [.cookie: "session=ngs_x"]).status == 401)
            let page = try await town.send(.get, "/council")
            #expect(page.status == 303 && page.headers[.location] == "/logga-in")
            try await #expect(town.send(.get, "/council", [.cookie: "session=ngs_x"]).status == 204)
            try await #expect(town.send(.get, "/council", [.authorization: "Bearer ngs_x"]).status == 303)
            // A seat's page takes the cookie of that seat alone, and does not ask its holder to sign in.
            let seat = "6a6e0c0e-0000-4000-8000-000000000000"
            try await #expect(town.send(.get, "/seats/\(seat)", [.cookie: "seat-\(seat)=x"]).status == 204)
            let other = try await town.send(.get, "/seats/\(seat)", [.cookie: "session=ngs_x; seat-7a6e0c0e-0000-4000-8000-000000000000=x"])
            #expect(other.status == 403 && other.text.contains("Öppna din personliga länk"))
            try await #expect(town.send(.get, "/seats/7", [.cookie: "seat-7=x"]).status == 404)
        }
    }

    @Test func bodiesAreOfTheTypeAndSizeThatTheRouteTakes() async throws {
        try await Town.test { town in
            for type in ["text/xml", "application/x-www-form-urlencoded", "application/json; charset=latin1", ""] {
                try await #expect(town.post("{}", [.contentType: type]).problem == "wrong-media-type")
            }
            try await #expect(town.post("{}", [.contentType: "Application/JSON; charset=UTF-8"]).problem == "invalid-fields")
            try await #expect(town.post("{}", [.contentEncoding: "gzip"]).problem == "wrong-media-type")
            try await #expect(town.post("\"" + String(repeating: "x", count: 70_000) + "\"").problem == "body-too-large")
            try await #expect(town.send(.put, "/api/v1/notices/x/closure", body: "{}").problem == "unexpected-body")
            try await #expect(town.send(.put, "/api/v1/notices/x/closure").problem == "round-not-open")
        }
    }

    @Test func onlyAnImpossibleAcceptIsRefused() async throws {
        try await Town.test { town in
            for (accept, status) in [("text/csv", 406), ("application/json;q=0", 406), ("*/*;q=0.1", 200), ("application/*", 200), ("text/html, */*", 200)] {
                try await #expect(town.send(.get, "/api/v1/notices/6a6e0c0e-0000-4000-8000-000000000000", [.accept: accept]).status == status)
            }
            try await #expect(town.send(.get, "/", [.accept: "application/json"]).status == 406)
        }
    }

    @Test func queriesAreDeclared() async throws {
        try await Town.test { town in
            let list = { (query: String) in try await town.send(.get, "/api/v1/notices?\(query)", [.authorization: "Bearer ngs_x"]) }
            for wrong in ["limit=0", "limit=101", "limit=1.0", "limit=+5", "limit=", "page=0", "page=x", "sort=name", "limit=5&limit=5", "search=%00"] {
                let answer = try await list(wrong)
                #expect(answer.status == 400 && answer.problem == "invalid-query" && answer.text.contains(String(wrong.prefix { $0 != "=" })), "\(wrong)")
            }
            let answer = try await list("limit=10&page=2&search=%C3%A5%26")
            #expect(answer.text.contains(#""_meta":{"limit":10,"page":2,"totalItems":50}"#))
            #expect(answer.text.contains(#""next":{"href":"http://localhost:8080/api/v1/notices?search=%C3%A5%26&limit=10&page=3","method":"GET"}"#))
            #expect(answer.text.contains("page=1"))
            // Links in mails and from search engines come back with more than we gave them.
            try await #expect(town.send(.get, "/?utm_source=x").status == 200)
        }
    }

    @Test func whoHasItAlreadyIsTold() async throws {
        try await Town.test { town in
            let path = "/api/v1/notices/6a6e0c0e-0000-4000-8000-000000000000"
            try await #expect(town.send(.get, path).headers[.eTag] == "\"7\"")
            for (known, status) in [("\"7\"", 304), ("W/\"7\"", 304), ("\"6\", \"7\"", 304), ("*", 304), ("\"6\"", 200)] {
                try await #expect(town.send(.get, path, [.ifNoneMatch: known]).status == status)
            }
        }
    }

    /// Over a socket, where one answer's body must end before the next begins.
    @Test func aConnectionServesOneRequestAfterAnother() async throws {
        try await Town.test(overAConnection: true) { town in
            for _ in 0..<3 {
                let head = try await town.send(.head, "/style.css")
                #expect(head.status == 200 && head.text.isEmpty && head.headers[.contentLength] != "0")
                try await #expect(town.post("\"" + String(repeating: "x", count: 100_000) + "\"").problem == "body-too-large")
                try await #expect(town.send(.options, "/").status == 204)
                try await #expect(town.send(.get, "/style.css", [.ifNoneMatch: "*"]).status == 304)
                try await #expect(town.send(.get, "//x").status == 404)
                try await #expect(town.send(.get, "/api/v1/%ff").problem == "malformed-target")
                try await #expect(town.send(.get, "/").status == 200)
            }
        }
    }

    @Test func aBodyThatComesTooSlowlyIsNotWaitedFor() async throws {
        try await Town.test(patience: .milliseconds(50), overAConnection: true) { town in
            let connection = try #require(town.client as? Connection)
            let answer = try await connection.drip("POST /api/v1/notices HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ngs_x\r\n"
                + "Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n")
            #expect(answer.status == 503 && answer.problem == "interrupted" && answer.headers[.retryAfter] != nil)
            #expect(answer.text.contains("Nothing was changed"))
        }
    }
}
