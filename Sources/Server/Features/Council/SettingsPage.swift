import Database
import Rules

/// What is known of the council, and what it has settled itself.
struct SettingsPage: Sendable {
    let council: Council

    init(_ services: Services) { council = Council(services: services) }

    private static let path = "/kommun/installningar"

    var routes: [Route] {
        let path = SettingsPage.path
        return [
            Route(.get, path, operation: "showSettings", needs: .member(.changeSettings)) { try await show(nil, $0) },
            Route(.post, path, operation: "submitSettings", needs: .member(.changeSettings), handler: change),
        ]
    }

    private func show(_ form: Form?, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .changeSettings), texts = call.texts
        let (me, view) = try await council.services.database.send(as: member, .me(in: member.municipality), .council(member.municipality))
        let fields = FormView(form ?? Form(["areaWord": view.areaWord]), texts)
        return .page(Page("council/settings", title: texts["settings.title"], [
            "name": .text(view.name), "code": .text(view.code), "county": .text(view.countyName), "orgNr": .text(view.organisationNumber),
            "population": .text(texts.number(Int(view.population))), "joined": .text(texts.day(SwedishTime.day(view.joinedAt))),
            "areaWordField": fields.text("areaWord", "settings.areaWord"),
        ], form: fields, frame: .council(me, here: .settings, texts)))
    }

    @Sendable private func change(_ call: Call) async throws -> Reply {
        try await call.submit({ Council.areaWord($0["areaWord"]) }, showing: { try await show($0, call) }) { word in
            _ = try await council.setAreaWord(word, as: call.member(for: .changeSettings))
            return .seeOther(SettingsPage.path).flash("settingsSaved")
        }
    }
}
