import Database
import Rules

/// The deputies of a post: naming and removing them.
struct DeputiesPages: Sendable {
    private let deputies: Deputies

    init(_ services: Services) { deputies = Deputies(services: services) }

    var routes: [Route] {
        let page = "/kommun/poster/{postId}/ersattare"
        return [
            Route(.get, page, operation: "showDeputies", needs: .member(.readPosts)) { try await show(Form(["language": "sv"]), $0) },
            Route(.post, page, operation: "submitNewDeputy", needs: .member(.managePosts), handler: submit),
            Route(.post, page + "/{deputyId}/ta-bort", operation: "submitDeputyRemoval", needs: .member(.managePosts), handler: submitRemoval),
        ]
    }

    private static func path(_ post: PostID) -> String { "/kommun/poster/\(post)/ersattare" }

    private func show(_ form: Form, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .readPosts), council = member.municipality, post: PostID = try call.id("postId"), texts = call.texts
        let (me, found, rows) = try await deputies.services.database.send(
            as: member, .me(in: council), .post(post, of: council), .deputies(of: post, in: council))
        guard let it = found else { throw Problem.notFound }
        let fields = FormView(form, texts)
        return .page(Page("council/deputies", title: texts["deputies.title"], [
            "post": .text(it.post.title), "postPath": .text("/kommun/poster/\(post)"), "isEmpty": .flag(rows.isEmpty), "hasDeputies": .flag(!rows.isEmpty),
            "deputies": .groups(rows) { row in
                [
                    "deputyName": .text(row.deputy.occupant.name), "deputyAddress": .text(row.deputy.occupant.address),
                    "deputyDays": .text(texts("deputies.days", ["from": texts.day(row.deputy.days.lowerBound), "to": texts.day(row.deputy.days.upperBound)])),
                    "removalPath": .text("\(Self.path(post))/\(row.id)/ta-bort"),
                ]
            },
            "nameField": fields.text("name", "seats.name"), "addressField": fields.text("address", "seats.address", .email),
            "languageField": fields.options("language", "seats.language", Language.self),
            "fromField": fields.text("fromDay", "deputies.from", .date), "toField": fields.text("toDay", "deputies.to", .date),
        ], form: fields, frame: .council(me, here: .posts, texts)))
    }

    @Sendable private func submit(_ call: Call) async throws -> Reply {
        try await call.submit(Deputy.init, showing: { try await show($0, call) }) { deputy in
            let post: PostID = try call.id("postId")
            _ = try await deputies.name(deputy, for: post, as: call.member(for: .managePosts))
            return .seeOther(Self.path(post)).flash("deputyAdded")
        }
    }

    @Sendable private func submitRemoval(_ call: Call) async throws -> Reply {
        try await call.submit({ _ in }, showing: { try await show($0, call) }) {
            let post: PostID = try call.id("postId")
            try await deputies.remove(call.id("deputyId"), of: post, as: call.member(for: .managePosts))
            return .seeOther(Self.path(post)).flash("deputyRemoved")
        }
    }
}
