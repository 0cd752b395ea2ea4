import Database
import Rules

struct BridgeAPI: Sendable {
    let services: Services
    var routes: [Route] {
        [
            Route(.get, "/api/v1/municipalities", operation: "listMunicipalities", needs: .nobody, query: ["search"], paged: true, handler: listMunicipalities),
            Route(.post, "/api/v1/registrations", operation: "createRegistration", needs: .nobody, handler: createRegistration),
            Route(.post, "/api/v1/registration-verifications", operation: "verifyRegistration", needs: .nobody, handler: verify),
            Route(.post, "/api/v1/sign-in-links", operation: "requestSignInLink", needs: .nobody, handler: request),
            Route(.post, "/api/v1/sessions", operation: "createSession", needs: .nobody, handler: createSession),
        ]
    }
    @Sendable func listMunicipalities(_ call: Call) async throws -> Reply {
        let text = try call.query.text("search") ?? ""
        let p = try call.paging
        let (items, n) = try await services.database.send(as: Anonymous(), .municipalities(matching: text, limit: p.limit, offset: p.offset), .numberOfMunicipalities(matching: text))
        return try call.list(items.map { ["code": .string($0.code), "name": .string($0.name), "countyName": .string($0.countyName), "orgNr": .string($0.organisationNumber), "population": .integer(Int($0.population)), "fictional": .bool($0.fictional), "joined": .bool($0.joined)] }, of: n, filters: [("search", text)])
    }
    @Sendable func createRegistration(_ call: Call) async throws -> Reply {
        let a = try call.body { f -> Application? in
            let code = f.text("municipalityCode", 4...4), org = f.text("orgNr", 1...20), name = f.text("name", 1...120)
            let address = f.read("address", 1...254, or: nil) { try MailAddress($0, at: "/address") as MailAddress? }
            let function = f.choice("function", Function.self), language = f.choice("language", Language.self)
            _ = f.flag("termsAccepted")
            let terms = f.text("termsVersion", 1...20)
            return address.map { Application(municipalityCode: code, organisationNumber: org, name: name, address: $0, function: function, language: language, terms: terms) }
        }
        if let a { try await Registrations(services: services).apply(a) }
        return Reply.json(["state": "sent"]).status(.accepted)
    }
    @Sendable func verify(_ call: Call) async throws -> Reply {
        let token = try call.body { $0.text("token", 1...200) }
        switch try await Registrations(services: services).verify(token) {
        case .admitted(let s): return .json(["state": "admitted", "session": ["kind": "member", "token": .string(s.text), "expiresAt": .instant(call.now.adding(seconds: Lifetime.sessionIdle))]])
        case .waiting: return .json(["state": "waiting", "session": .null])
        case .late: throw Problem.linkVoid
        }
    }
    @Sendable func request(_ call: Call) async throws -> Reply {
        let a = try call.body { $0.read("address", 1...254, or: nil) { try MailAddress($0, at: "/address") as MailAddress? } }
        if let a { try await SignIn(services: services).requestLink(for: a) }
        return Reply.json(["state": "sent"]).status(.accepted)
    }
    @Sendable func createSession(_ call: Call) async throws -> Reply {
        let s = try await SignIn(services: services).openSession(try call.body { $0.text("token", 1...200) })
        return .created("/api/v1/session", ["kind": "member", "token": .string(s.text), "expiresAt": .instant(call.now.adding(seconds: Lifetime.sessionIdle))])
    }
    func mailRegistration(_ job: Job) async throws -> JobOutcome {
        guard let m = job.municipality else { return .done }
        let q: Query<Worker, [(String, String, String, String, Instant)]> = .rows("select r.name, r.address, r.language, c.name, r.created_at from app.registrations r join app.municipalities c using (municipality_id) where r.municipality_id = \(m) and r.id = \(job.subject)") { (try $0.next(), try $0.next(), try $0.next(), try $0.next(), try $0.next()) }
        guard let r = try await services.database.send(as: Worker(municipality: m), q).first else { return .done }
        let token = services.links.token(.registration, Link(municipality: m, id: RegistrationID(job.subject), generation: 0))
        return JobOutcome(try await services.mail.send(.registration(council: r.3, link: services.site.url("/r/\(token)"), until: r.4.adding(seconds: 86400)), to: r.1, in: .sv, for: job, date: r.4))
    }
    func mailSignIn(_ job: Job) async throws -> JobOutcome {
        let m = job.municipality
        let id = SignInLinkID(job.subject)
        let q: Query<Worker, String?> = .one("select app.link_address(\(id))") { try $0.nextOrNull() }
        guard let address = try await services.database.send(as: Worker(municipality: m), q) else { return .done }
        let token = m == nil ? services.links.token(.operatorSignIn, Link(municipality: nil, id: id, generation: 0)) : services.links.token(.signIn, Link(municipality: m, id: id, generation: 0))
        let now = services.clock.now()
        return JobOutcome(try await services.mail.send(.signIn(link: services.site.url("/s/\(token)"), until: now.adding(seconds: 1800)), to: address, in: .sv, for: job, date: now))
    }
}
