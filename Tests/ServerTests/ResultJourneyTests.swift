import Database
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Rules
import Testing

@testable import Server

/// A closed round to its position among councils, over HTTP: through the API, and through pages without script.
@Suite("From a closed round to the position, over HTTP", .serialized)
struct ResultJourneyTests {
    /// One who asks, with a token: as a program, and as a browser.
    private struct Caller {
        let client: any Client
        let token: SessionToken

        func api(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, _ more: HTTPFields = [:]) async throws -> Answer {
            var headers: HTTPFields = [.authorization: "Bearer \(token.text)"]
            if body != nil { headers[.contentType] = "application/json" }
            for field in more { headers[field.name] = field.value }
            return try await client.send(method, "/api/v1/rounds/" + path, headers, body: body)
        }

        func page(_ path: String) async throws -> Answer {
            try await client.send(.get, path, [.cookie: "session=\(token.text)"], body: nil)
        }

        /// Fills in the page's form.
        func submit(_ path: String, _ fields: String) async throws -> Answer {
            let shown = try await page(path)
            let visit = try #require(shown.headers[values: .setCookie].first { $0.contains("visit=") }).prefix { $0 != ";" }
            let form = try #require(shown.text.firstMatch(of: /name="token" value="([^"]+)"/)?.1)
            let headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded", .cookie: "session=\(token.text); \(visit)"]
            return try await client.send(.post, path, headers, body: "token=\(form)&\(fields)")
        }
    }

    private func serve(_ world: ResultsWorld, _ body: (any Client) async throws -> Void) async throws {
        let services = world.services
        let edge = Edge(site: services.site, pages: try Pages(isStrict: true), now: { services.clock.now() })
        try await body(Direct(responder: edge.router(try App.routes(services)).buildResponder()))
    }

    @Test func throughTheAPI() async throws {
        try await ResultsWorld.test { world in
            let town = try world.town("9901"), stranger = try world.town("9902")
            let round = try world.closedRound(in: town, invited: 8, submitted: 7)
            try await serve(world) { client in
                let alva = Caller(client: client, token: town.token), carl = Caller(client: client, token: stranger.token)
                try await #expect(alva.api(.get, "\(round)/fixing").text.hasPrefix(#"{"_links":{"self":{"href":"http://localhost:8080/api/v1/rounds/\#(round)/fixing","method":"GET"}},"fixedAt":null"#))
                for path in ["fixing", "sharing"] { try await #expect(carl.api(.get, "\(round)/\(path)").problem == "not-found") }
                for path in ["result", "position"] { try await #expect(alva.api(.get, "\(round)/\(path)").problem == "not-found") }
                try await #expect(alva.api(.post, "\(round)/fixing", #"{"submitted":6}"#).problem == "submitted-count-changed")
                try await #expect(alva.api(.post, "\(round)/fixing", #"{"submitted":"7"}"#).pointers == ["#/submitted"])
                try await #expect(alva.api(.post, "\(round)/fixing", #"{}"#).status == 422)
                try await #expect(alva.api(.put, "\(round)/sharing").problem == "round-not-fixed")
                let asked = try await alva.api(.post, "\(round)/fixing", #"{"submitted":7}"#)
                #expect(asked.status == 202 && asked.headers[.location]?.hasSuffix("/\(round)/fixing") == true && asked.text.contains(#""state":"requested""#))
                try await world.work(round, in: town)

                try await #expect(alva.api(.get, "\(round)/fixing").text.contains(#""state":"done""#))
                let result = try await alva.api(.get, "\(round)/result"), tag = try #require(result.headers[.eTag])
                #expect(result.headers[.contentType] == "application/json" && tag == "\"\(Hex.encode(Crypto.sha256(Array(result.text.utf8))))\"")
                try await #expect(alva.api(.get, "\(round)/result", nil, [.ifNoneMatch: tag]).status == 304)
                try await #expect(carl.api(.get, "\(round)/result").problem == "not-found")
                try await #expect(alva.api(.get, "\(round)/position").text.contains(#""edition":null,"figures":[],"group":{"requested":"all","used":"all"},"tooFew":{"councils":0,"needed":5}"#))
                try await #expect(alva.api(.get, "\(round)/sharing").text.contains(#""inContract":true,"shared":false"#))
                try await #expect(alva.api(.put, "\(round)/sharing").text.contains(#""shared":true"#))
                try await #expect(alva.api(.delete, "\(round)/sharing").status == 204)
                try await #expect(carl.api(.put, "\(round)/sharing").problem == "not-found")
                try await #expect(carl.api(.delete, "\(round)/sharing").problem == "not-found")
            }
        }
    }

    @Test func throughPagesWithoutScript() async throws {
        try await ResultsWorld.test { world in
            let town = try world.town("9901"), few = try world.town("9902")
            let round = try world.closedRound(in: town, invited: 8, submitted: 7), small = try world.closedRound(in: few, invited: 6, submitted: 2)
            try await serve(world) { client in
                let alva = Caller(client: client, token: town.token), bo = Caller(client: client, token: few.token)
                let path = "/omgangar/\(round)"
                let unread = try await alva.submit("\(path)/faststall", "goal=result&submitted=7")
                #expect(unread.status == 422 && unread.text.contains("Kryssa i rutan"))
                let changed = try await alva.submit("\(path)/faststall", "goal=result&submitted=6&understood=on")
                #expect(changed.status == 409 && changed.text.contains(#"name="submitted" value="7""#))
                let asked = try await alva.submit("\(path)/faststall", "goal=result&submitted=7&understood=on")
                #expect(asked.status == 303 && asked.headers[.location] == "\(path)/faststall")
                let waiting = try await alva.page("\(path)/faststall")
                #expect(waiting.headers[try #require(HTTPField.Name("Refresh"))] == "2" && waiting.text.contains("fastställs just nu"))
                try await world.work(round, in: town)
                try await #expect(alva.page("\(path)/faststall").text.contains("href=\"\(path)/resultat\""))
                let result = try await alva.page("\(path)/resultat")
                #expect(result.status == 200 && result.text.contains("7 av 8 inbjudna svarade.") && result.text.contains("href=\"\(path)/lage\""))
                let file = try await alva.page("\(path)/resultat/dokument")
                #expect(file.headers[.contentDisposition]?.hasPrefix("attachment") == true && result.text.contains(Hex.encode(Crypto.sha256(Array(file.text.utf8)))))

                try await #expect(alva.submit("\(path)/dela", "action=share").status == 422)
                try await #expect(alva.submit("\(path)/dela", "action=share&understood=on").status == 303)
                try await #expect(alva.page("\(path)/dela").text.contains("Sluta dela"))
                try await #expect(alva.submit("\(path)/dela", "action=withdraw").status == 303)
                try await #expect(alva.page("\(path)/lage").text.contains("För få kommuner (0 av 5)."))
                for page in ["faststall", "resultat", "dela", "lage"] { try await #expect(bo.page("\(path)/\(page)").status == 404) }

                let end = "/omgangar/\(small)"
                try await #expect(bo.page("\(end)/faststall").text.contains("Avsluta insamlingen utan siffror"))
                try await #expect(bo.submit("\(end)/faststall", "goal=endWithoutFigures&submitted=2&understood=on").status == 303)
                try await world.work(small, in: few)
                let ended = try await bo.page("\(end)/resultat")
                #expect(ended.text.contains("2 av 6 svarade, och det behövs minst 5") && !ended.text.contains("<table"))
                try await #expect(bo.page("\(end)/dela").text.contains("inte fastställd"))
            }
        }
    }

    @Test func aSecondRoundIsComparedWithTheFirst() async throws {
        try await ResultsWorld.test { world in
            let town = try world.town("9901"), stranger = try world.town("9902"), first = try world.closedRound(in: town, invited: 8, submitted: 7)
            let fixing = Fixing(services: world.services), member = { town.member(for: .fixRound, at: world.start) }
            try await fixing.request(.result, of: first, submitted: 7, as: member())
            try await world.work(first, in: town)
            try await serve(world) { client in
                let alva = Caller(client: client, token: town.token), carl = Caller(client: client, token: stranger.token)
                let alone = try await alva.api(.get, "\(first)/trend")
                #expect(alone.status == 200 && alone.text.contains(#""comparedWith":null,"dimensions":[]"#) && alone.text.contains(#""joined":false"#))
                try await #expect(!alva.page("/omgangar/\(first)/resultat").text.contains("Sedan förra omgången"))

                // A year goes by.
                try world.put("update app.rounds set fixed_at = fixed_at - interval '365 days' where id = $1::uuid", first.description)
                try world.put("""
                    update app.results set fixed_at = fixed_at - interval '365 days',
                      document = convert_to(replace(convert_from(document, 'UTF8'), '"fixedAt":"2026', '"fixedAt":"2025'), 'UTF8') where round_id = $1::uuid
                    """, first.description)
                let second = try world.closedRound(in: town, invited: 6, submitted: 5)
                try await #expect(alva.api(.get, "\(second)/trend").problem == "not-found")
                try await fixing.request(.result, of: second, submitted: 5, as: member())
                try await world.work(second, in: town)

                let trend = try await alva.api(.get, "\(second)/trend")
                #expect(trend.text.contains(#""roundId":"\#(first)","submitted":7,"title":"Omgång"}"#) && trend.text.contains(#""link":"same","pairsBefore":7,"pairsNow":5"#))
                #expect(trend.text.contains(#""joined":true"#))
                // What it says is what the two documents say.
                let printed = (
                    try await currentOfFirst(alva.api(.get, "\(first)/result").text), try await currentOfFirst(alva.api(.get, "\(second)/result").text))
                let difference = Figure(tenThousandths: printed.1.tenThousandths - printed.0.tenThousandths)
                #expect(trend.text.contains(#""before":{"current":"\#(printed.0)""#) && trend.text.contains(#""difference":{"current":"\#(difference)""#))
                // The first round's own trend knows nothing of what came later.
                try await #expect(alva.api(.get, "\(first)/trend").text.contains(#""comparedWith":null"#))
                for round in [first, second] { try await #expect(carl.api(.get, "\(round)/trend").problem == "not-found") }

                let page = try await alva.page("/omgangar/\(second)/resultat").text
                #expect(page.contains("Sedan förra omgången") && page.contains("Då svarade 7, nu 5.") && page.contains("7 → 5") && page.contains(#"class="picture-trend""#))
            }
            try await #expect(RoundTrips.counting {
                _ = try await Trends(results: Results(services: world.services)).history(of: first, as: town.member(for: .readResult, at: world.start))
            }.count == 1)
        }
    }

    private func currentOfFirst(_ document: String) throws -> Figure {
        let result = try JSONDecoder().decode(ResultDocument.self, from: Data(document.utf8))
        return try #require(result.findings?.analysis.dimensions.first?.result.figures?.current)
    }

    /// Each operation is as few round trips as it can be: the entering statement travels with the first.
    @Test func aReadIsOneRoundTrip() async throws {
        try await ResultsWorld.test { world in
            let town = try world.town("9901"), round = try world.closedRound(in: town, invited: 6, submitted: 6)
            let fixing = Fixing(services: world.services), statistics = Statistics(services: world.services), now = world.start
            try await #expect(RoundTrips.counting { _ = try await fixing.view(of: round, as: town.member(for: .readRounds, at: now)) }.count == 1)
            try await fixing.request(.result, of: round, submitted: 6, as: town.member(for: .fixRound, at: now))
            try await world.work(round, in: town)
            for read in [
                { _ = try await Results(services: world.services).result(of: round, as: town.member(for: .readResult, at: now)) },
                { _ = try await statistics.position(of: round, as: town.member(for: .readPosition, at: now)) },
                { _ = try await statistics.share(round, as: town.member(for: .shareResult, at: now)) },
            ] as [() async throws -> Void] {
                try await #expect(RoundTrips.counting(read).count == 1)
            }
        }
    }
}
