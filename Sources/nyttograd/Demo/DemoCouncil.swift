import Rules

/// A fictional council and its strategist, by the public API: what all of them do.
struct DemoCouncil: Sendable {
    let code: String
    let client: APIClient
    let mail: DemoMail

    /// The number within the demo, 1 to 20.
    var number: Int { (Int(code) ?? 9900) - 9900 }
    var strategist: String { address(of: DemoPeople.people[0]) }
    private var domain: String { "demo\(code.suffix(2)).example" }

    func address(of person: DemoPeople.Person) -> String { "\(person.address)@\(domain)" }

    struct Created: Decodable, Sendable { let id: String }
    struct List<Item: Decodable & Sendable>: Decodable, Sendable { let items: [Item] }
    struct Round: Decodable, Sendable { let id, title, state: String }

    // MARK: Coming in

    /// The strategist's client. Who registers is let in at once, because the mail domain is known.
    func enter(isNew: Bool) async throws -> APIClient {
        guard isNew else { return try await signIn(strategist) }
        struct Registration: Encodable {
            let municipalityCode, orgNr, name, address, function, language, termsVersion: String
            let termsAccepted: Bool
        }
        struct Municipality: Decodable { let orgNr: String }
        struct Verified: Decodable {
            struct Session: Decodable { let token: String }
            let session: Session?
        }
        let me = DemoPeople.people[0], found: List<Municipality> = try await client.get("/municipalities?search=\(code)")
        try await client.send("POST", "/registrations", Registration(
            municipalityCode: code, orgNr: found.items.first?.orgNr ?? "", name: me.name, address: strategist, function: me.function, language: "sv",
            termsVersion: "2026-11", termsAccepted: true))
        let token = try await mail.token(.registration, to: strategist)
        let verified: Verified = try await client.send("POST", "/registration-verifications", ["token": token])
        guard let session = verified.session else { throw DemoMail.NotCome(address: strategist) }
        return client.with(session.token)
    }

    /// By a link that is asked for, or that what `asking` does sends.
    func signIn(_ address: String, asking: (() async throws -> Void)? = nil) async throws -> APIClient {
        struct Session: Decodable { let token: String }
        let seen = mail.links(.signIn, to: address).count
        if let asking { try await asking() } else { try await client.send("POST", "/sign-in-links", ["address": address]) }
        let session: Session = try await client.send("POST", "/sessions", ["token": try await mail.token(.signIn, to: address, after: seen)])
        return client.with(session.token)
    }

    // MARK: A round

    /// The rounds that have a result. What an interrupted start has left unfinished is cancelled.
    func results(_ me: APIClient) async throws -> [Round] {
        let all: List<Round> = try await me.get("/rounds?limit=100")
        for round in all.items where ["planned", "seminar", "open", "closed"].contains(round.state) {
            // A closed one may just be fixed by the server.
            do { try await me.send("POST", "/rounds/\(round.id)/cancellation") } catch let refused as APIClient.Refused where refused.status == 409 {}
        }
        let now: List<Round> = try await me.get("/rounds?limit=100")
        return now.items.filter { ["fixed", "workshop", "concluded"].contains($0.state) }
    }

    struct Plan: Encodable, Sendable {
        let title: String
        var instrumentId = ""
        let targetYear: Int
        /// RFC 3339.
        let closesAt: String
        var ordererName = DemoPeople.people[1].name, ordererTitle = DemoPeople.people[1].title
        var runnerName = DemoPeople.people[0].name, runnerTitle = DemoPeople.people[0].title
    }

    private struct Terms: Encodable, Sendable {
        var k = 5
        var controller = "Kommunstyrelsen"
        var audiences = ["participants", "council", "anonymous-statistics"]
        let comments: Bool
        var purpose = "Att se hur väl kommunen realiserar nyttan av sitt förändringsarbete, och välja nästa steg."
        var retention = "Svaren raderas när omgången fastställs. Resultatet bevaras."
        let disposalDecision, contact: String
    }

    /// A round with its agreement, contract, posts and seats, before anybody is invited. Gives its id.
    func setUp(_ plan: Plan, for people: [DemoPeople.Person], comments: Bool = false, on day: Day, _ me: APIClient) async throws -> String {
        let agreements: List<Created> = try await me.get("/agreements"), instruments: List<Created> = try await me.get("/instruments")
        let year = day.year
        if agreements.items.isEmpty {
            let _: Created = try await me.send("POST", "/agreements", [
                "controller": "Kommunstyrelsen", "version": "1.0", "signedOn": day.adding(days: -30).iso, "signatoryName": "Eva Berg",
                "signatoryTitle": "Kommundirektör", "diaryNumber": "KS \(year)/00123",
            ])
        }
        var plan = plan
        plan.instrumentId = instruments.items.first?.id ?? ""
        let round: Created = try await me.send("POST", "/rounds", plan)
        let terms = Terms(comments: comments, disposalDecision: "KS \(year)/00124", contact: "dataskydd@\(domain)")
        try await me.send("PUT", "/rounds/\(round.id)/contract", terms)
        struct Seats: Encodable, Sendable { let table: String; var confirm = true }
        let heading = ["function", "title", "area", "name", "address", "language"]
        let lines = people.map { [$0.function, $0.title, $0.area, $0.name, address(of: $0), "sv"] }
        let table = ([heading] + lines).map { $0.joined(separator: ";") }.joined(separator: "\n")
        try await me.send("POST", "/rounds/\(round.id)/seat-imports", Seats(table: table))
        return round.id
    }

    /// Each person's client by the personal link in the mail that comes of `inviting`.
    func seats(of people: [DemoPeople.Person], after inviting: () async throws -> Void) async throws -> [APIClient] {
        let seen = people.map { mail.links(.questionnaire, to: address(of: $0)).count }
        try await inviting()
        var seats: [APIClient] = []
        for (person, seen) in zip(people, seen) {
            seats.append(client.with(try await mail.token(.questionnaire, to: address(of: person), after: seen)))
        }
        return seats
    }

    /// Everybody is invited, and the round is open.
    func open(_ round: String, to people: [DemoPeople.Person], _ me: APIClient) async throws -> [APIClient] {
        let seats = try await seats(of: people) { try await me.send("POST", "/rounds/\(round)/invitations", [String: String]()) }
        try await me.send("POST", "/rounds/\(round)/opening")
        return seats
    }

    /// All at once, as people do.
    func submit(_ answers: [(seat: APIClient, answers: [String: DemoAnswers.Value])]) async throws {
        try await withThrowingTaskGroup { group in
            for (seat, answers) in answers {
                group.addTask {
                    try await seat.send("PATCH", "/participation/answers", ["answers": answers])
                    try await seat.send("PUT", "/participation/submission")
                }
            }
            try await group.waitForAll()
        }
    }

    /// Of a closed round; returns when the figures are there.
    func fix(_ round: String, _ me: APIClient) async throws {
        struct Count: Decodable { let submitted: Int }
        let count: Count = try await me.get("/rounds/\(round)/response-count")
        try await me.send("POST", "/rounds/\(round)/fixing", ["submitted": count.submitted])
        for _ in 0..<1500 {
            let now: Round = try await me.get("/rounds/\(round)")
            if now.state != "closed" { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw NotFixed(round: round)
    }

    struct NotFixed: Error, CustomStringConvertible {
        let round: String
        var description: String { "round \(round) is not fixed" }
    }
}
