import Rules

/// The deputies of a post, over the API.
struct DeputiesAPI: Sendable {
    private let deputies: Deputies

    init(_ services: Services) { deputies = Deputies(services: services) }

    var routes: [Route] {
        let all = "/api/v1/posts/{postId}/deputies"
        return [
            Route(.get, all, operation: "listDeputies", needs: .member(.readPosts), handler: list),
            Route(.post, all, operation: "addDeputy", needs: .member(.managePosts), handler: add),
            Route(.delete, all + "/{deputyId}", operation: "removeDeputy", needs: .member(.managePosts), handler: remove),
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
}

extension DeputyView {
    fileprivate var json: JSON {
        [
            "id": .id(id), "name": .string(deputy.occupant.name), "address": .string(deputy.occupant.address), "language": .choice(deputy.occupant.language),
            "fromDay": .string(deputy.days.lowerBound.iso), "toDay": .string(deputy.days.upperBound.iso),
        ]
    }
}
