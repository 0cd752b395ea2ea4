import Database
import HTTPTypes
import Rules

/// The deputies of a post, over the API and by page.
struct DeputiesAPI: Sendable {
    private let deputies: Deputies

    init(_ services: Services) { deputies = Deputies(services: services) }

    var routes: [Route] {
        let all = "/api/v1/posts/{postId}/deputies", page = "/kommun/poster/{postId}/ersattare"
        return [
            Route(.get, all, operation: "listDeputies", needs: .member(.readPosts), handler: list),
            Route(.post, all, operation: "addDeputy", needs: .member(.managePosts), handler: add),
            Route(.delete, all + "/{deputyId}", operation: "removeDeputy", needs: .member(.managePosts), handler: remove),
            Route(.get, page, operation: "showDeputies", needs: .member(.readPosts)) { try await show(Form(["language": "sv"]), $0) },
            Route(.post, page, operation: "submitNewDeputy", needs: .member(.managePosts), handler: submit),
            Route(.post, page + "/{deputyId}/ta-bort", operation: "submitDeputyRemoval", needs: .member(.managePosts), handler: submitRemoval),
        ]
    }

    @Sendable private func list(_ call: Call) async throws -> Reply {
        let post: PostID = try call.id("postId")
        let found = try await deputies.list(of: post, as: call.member(for: .readPosts))
        return .json(["deputies": .list(found) { $0.json }, "_links": ["self": call.link(call.path)]])
    }

    @Sendable private func add(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .managePosts), post: PostID = try call.id("postId")
        let added = try await deputies.name(try call.body(Deputy.init), for: post, as: member)
        return .created("/api/v1/posts/\(post)/deputies", added.json)
    }

    @Sendable private func remove(_ call: Call) async throws -> Reply {
        try await deputies.remove(call.id("deputyId"), of: call.id("postId"), as: call.member(for: .managePosts))
        return .noContent
    }

    // MARK: The page

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

extension DeputyView {
    fileprivate var json: JSON {
        [
            "id": .id(id), "name": .string(deputy.occupant.name), "address": .string(deputy.occupant.address), "language": .choice(deputy.occupant.language),
            "fromDay": .string(deputy.days.lowerBound.iso), "toDay": .string(deputy.days.upperBound.iso),
        ]
    }
}
