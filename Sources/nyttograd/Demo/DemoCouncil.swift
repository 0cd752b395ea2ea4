import Rules

/// One fictional council, made through the public API: registered, agreed, a round set up for eight people, answered.
struct DemoCouncil: Sendable {
    let code: String
    let client: DemoClient
    let mail: DemoMail
    /// When the round is to close, RFC 3339.
    let closesAt: String
    let targetYear: Int

    /// The number within the demo, 1 to 20.
    var number: Int { (Int(code) ?? 9900) - 9900 }
    var domain: String { "demo\(code.suffix(2)).example" }
    var strategist: String { "\(DemoPeople.people[0].address)@\(domain)" }

    private struct Created: Decodable { let id: String }
    private struct List<Item: Decodable>: Decodable { let items: [Item] }
    private struct Municipality: Decodable { let code, orgNr: String }
    private struct Verified: Decodable {
        struct Session: Decodable { let token: String }
        let session: Session?
    }

    /// Registers the council, and gives its strategist's client. The mail domain is known, so that it is let in at once.
    func register() async throws -> DemoClient {
        struct Registration: Encodable { let municipalityCode, orgNr, name, address, function, language: String; let termsAccepted: Bool; let termsVersion: String }
        let found: List<Municipality> = try await client.get("/municipalities?search=\(code)")
        try await client.send("POST", "/registrations", Registration(
            municipalityCode: code, orgNr: found.items.first?.orgNr ?? "", name: DemoPeople.people[0].name, address: strategist,
            function: DemoPeople.people[0].function, language: "sv", termsAccepted: true, termsVersion: "2026-11"))
        let verified: Verified = try await client.send("POST", "/registration-verifications", ["token": try await mail.token(.registration, to: strategist)])
        guard let session = verified.session else { throw DemoMail.NotCome(address: strategist) }
        return client.with(session.token)
    }

    /// The round with its agreement, contract, posts and seats; everybody is invited, and it is open.
    func openRound(_ me: DemoClient) async throws -> String {
        try await recordAgreement(me)
        let instruments: List<Created> = try await me.get("/instruments")
        let round: Created = try await me.send("POST", "/rounds", Plan(
            title: "Mognadsanalys av nyttorealisering", instrumentId: instruments.items.first?.id ?? "", targetYear: targetYear, closesAt: closesAt,
            ordererName: DemoPeople.people[1].name, ordererTitle: "Kvalitetsdirektör", runnerName: DemoPeople.people[0].name, runnerTitle: "E-strateg"))
        try await me.send("PUT", "/rounds/\(round.id)/contract", Terms(contact: "dataskydd@\(domain)"))
        let first: List<Created> = try await me.get("/posts")
        var posts = first.items.map(\.id)
        for person in DemoPeople.people.dropFirst() { posts.append(try await addPost(person, me)) }
        for post in posts {
            let _: Created = try await me.send("POST", "/rounds/\(round.id)/seats", ["postId": post])
        }
        try await me.send("POST", "/rounds/\(round.id)/invitations", [String: String]())
        try await me.send("POST", "/rounds/\(round.id)/opening")
        return round.id
    }

    /// The first so many people answer by the links in their mail.
    func answer(people: Int) async throws {
        for (index, person) in DemoPeople.people.prefix(people).enumerated() {
            let seat = client.with(try await mail.token(.questionnaire, to: "\(person.address)@\(domain)"))
            try await seat.send("PATCH", "/participation/answers", ["answers": DemoAnswers.of(person: index, council: number)])
            try await seat.send("PUT", "/participation/submission")
        }
    }

    /// Closes, fixes and shares the round.
    func finish(_ round: String, _ me: DemoClient) async throws {
        struct Count: Decodable { let submitted: Int }
        struct State: Decodable { let state: String }
        try await me.send("POST", "/rounds/\(round)/closing")
        let count: Count = try await me.get("/rounds/\(round)/response-count")
        try await me.send("POST", "/rounds/\(round)/fixing", ["submitted": count.submitted])
        var state: State
        repeat {
            try await Task.sleep(for: .milliseconds(50))
            state = try await me.get("/rounds/\(round)")
        } while state.state == "closed"
        try await me.send("PUT", "/rounds/\(round)/sharing")
    }

    private struct Plan: Encodable { let title, instrumentId: String; let targetYear: Int; let closesAt, ordererName, ordererTitle, runnerName, runnerTitle: String }

    private struct Terms: Encodable {
        var k = 5
        var controller = "Kommunstyrelsen"
        var audiences = ["participants", "council", "anonymous-statistics"]
        var comments = false
        var purpose = "Att se hur väl kommunen realiserar nyttan av sitt förändringsarbete, och välja nästa steg."
        var retention = "Svaren raderas när omgången fastställs. Resultatet bevaras."
        var disposalDecision = "KS 2026/00124"
        let contact: String
    }

    private func recordAgreement(_ me: DemoClient) async throws {
        let _: Created = try await me.send("POST", "/agreements", [
            "controller": "Kommunstyrelsen", "version": "1.0", "signedOn": "2026-10-01", "signatoryName": "Eva Berg",
            "signatoryTitle": "Kommundirektör", "diaryNumber": "KS 2026/00123",
        ])
    }

    private func addPost(_ person: DemoPeople.Person, _ me: DemoClient) async throws -> String {
        let created: Created = try await me.send("POST", "/posts", [
            "function": person.function, "area": person.area, "holderName": person.name, "holderAddress": "\(person.address)@\(domain)",
            "holderLanguage": "sv",
        ])
        return created.id
    }
}
