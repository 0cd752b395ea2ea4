import Rules

/// Registering in a browser: the council is found first, then the applicant tells who he is, and follows the link in the mail.
struct RegistrationPages: Sendable {
    let registrations: Registrations
    let municipalities: Municipalities

    init(_ services: Services) {
        registrations = Registrations(services: services)
        municipalities = Municipalities(services: services)
    }

    var routes: [Route] {
        let form = "/registrera", link = "/r/{token}"
        return [
            Route(.get, form, operation: "registrationPage", needs: .nobody, query: ["search", "code"], handler: show),
            Route(.post, form, operation: "registerByPage", needs: .nobody, handler: register),
            Route(.get, form + "/skickat", operation: "registrationSentPage", needs: .nobody) { .page(Page("registration/sent", title: $0.texts["registration.sent.title"])) },
            Route(.get, form + "/vantar", operation: "registrationWaitsPage", needs: .nobody) { .page(Page("registration/waits", title: $0.texts["registration.waits.title"])) },
            Route(.get, "/villkor", operation: "termsPage", needs: .nobody) { .page(Page("registration/terms", title: $0.texts["terms.title"])) },
            Route(.get, link, operation: "registrationLinkPage", needs: .nobody) { .page(Page("registration/link", title: $0.texts["registration.link.title"])) },
            Route(.post, link, operation: "verifyRegistrationByPage", needs: .nobody, handler: verify),
        ]
    }

    // MARK: Which council

    /// Of many the first so many are shown.
    private static let shown = 25

    /// The search, or what it found, or the form for the council that has been chosen.
    @Sendable private func show(_ call: Call) async throws -> Reply {
        if let code = call.query["code"], let council = try await municipalities.read(code: code) { return form(for: council, .empty, call) }
        guard let text = try call.query.text("search", upTo: 60)?.trimmingSpaces, !text.isEmpty else { return try await search("", [], 0, call) }
        let (found, total) = try await municipalities.find(text, limit: RegistrationPages.shown)
        let exact = found.filter { $0.name.lowercased() == text.lowercased() || $0.code == text }
        if total == 1 || exact.count == 1, let only = exact.first ?? found.first { return .seeOther("/registrera?code=\(only.code)") }
        return try await search(text, found, total, call)
    }

    /// The names come along as suggestions, for browsers that show them.
    private func search(_ text: String, _ found: [MunicipalityEntry], _ total: Int, _ call: Call) async throws -> Reply {
        let all = try await municipalities.find("", limit: 1000).found
        let texts = call.texts
        return .page(Page("registration/search", title: texts["registration.title"], [
            "search": .text(text), "suggestions": .groups(all) { ["suggestion": .text($0.name)] },
            "hasFound": .flag(!found.isEmpty), "foundText": .text(found.isEmpty ? "" : texts("registration.found", count: total)),
            "isMissed": .flag(!text.isEmpty && found.isEmpty), "isCut": .flag(total > found.count),
            "found": .groups(found) { council in
                ["councilName": .text(council.name), "countyName": .text(council.countyName), "councilPath": .text("/registrera?code=\(council.code)"),
                 "isFictional": .flag(council.isFictional)]
            },
        ]))
    }

    // MARK: Who registers it

    private func form(for council: MunicipalityEntry, _ form: Form, _ call: Call) -> Reply {
        guard !council.hasJoined else {
            return .page(Page("registration/here", title: call.texts["registration.here.title"], [
                "council": .text(council.name), "code": .text(council.code), "signInPath": .text(call.site.signInPath),
            ]))
        }
        let isNew = form.values == FormBody()
        let shown = isNew ? Form(["orgNr": council.organisationNumber, "language": call.language.rawValue]) : form
        let fields = FormView(shown, call.texts)
        return .page(Page("registration/form", title: call.texts["registration.title"], [
            "council": .text(council.name), "countyName": .text(council.countyName), "isFictional": .flag(council.isFictional),
            "code": .text(council.code), "termsVersion": .text(Application.Terms.current.rawValue),
            "orgNrField": fields.text("orgNr", "registration.orgNr"),
            "nameField": fields.text("name", "registration.name", autocomplete: "name"),
            "addressField": fields.text("address", "registration.address", .email, autocomplete: "email"),
            "functionField": fields.options("function", "registration.function", Function.allCases.map { .init($0.rawValue, $0.name[call.language]) }),
            "areaField": fields.text("area", "registration.area", isRequired: false),
            "languageField": fields.options("language", "registration.language", Language.self),
            "termsField": fields.box("termsAccepted", "registration.terms"),
        ], form: fields))
    }

    @Sendable private func register(_ call: Call) async throws -> Reply {
        try await call.submit(Application.init, showing: { form in
            guard let council = try await municipalities.read(code: form.value("municipalityCode")) else { return .seeOther("/registrera") }
            return self.form(for: council, form, call)
        }) { application in
            try await registrations.apply(application, from: call.source)
            return .seeOther("/registrera/skickat")
        }
    }

    // MARK: The link

    @Sendable private func verify(_ call: Call) async throws -> Reply {
        do {
            switch try await registrations.verify(try call.parameter("token")) {
            case .admitted(let session): return .seeOther("/kommun").cookie(session.cookie).flash("welcome")
            case .waiting: return .seeOther("/registrera/vantar")
            case .late(let council, let code):
                return .page(Page("registration/here", title: call.texts["registration.here.title"], [
                    "council": .text(council), "code": .text(code), "signInPath": .text(call.site.signInPath),
                ])).status(.conflict)
            }
        } catch let problem as Problem where problem == .linkVoid {
            return .voidLink(again: "/registrera", call)
        }
    }
}
