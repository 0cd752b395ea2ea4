import Rules

struct PostsAPI: Sendable {
    let posts: Posts

    init(_ services: Services) { posts = Posts(services: services) }

    var routes: [Route] {
        let list = "/api/v1/posts", one = "/api/v1/posts/{postId}"
        return [
            Route(.get, list, operation: "listPosts", needs: .member(.readPosts), paged: true, handler: listPosts),
            Route(.post, list, operation: "createPost", needs: .member(.managePosts), handler: createPost),
            Route(.get, one, operation: "getPost", needs: .member(.readPosts), handler: getPost),
            Route(.patch, one, operation: "changePost", needs: .member(.managePosts), handler: changePost),
            Route(.delete, one, operation: "retirePost", needs: .member(.managePosts), handler: retirePost),
        ]
    }

    @Sendable private func listPosts(_ call: Call) async throws -> Reply {
        let (found, total) = try await posts.list(call.paging, as: call.member(for: .readPosts))
        return try call.list(found.map { $0.json(call) }, of: total)
    }

    @Sendable private func createPost(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .managePosts)
        let created = try await posts.create(call.body(Post.init), as: member)
        return .created(PostView.path(created.id), created.json(call))
    }

    @Sendable private func getPost(_ call: Call) async throws -> Reply {
        .json(try await posts.read(call.id("postId"), as: call.member(for: .readPosts)).json(call))
    }

    @Sendable private func changePost(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .managePosts), change = try call.body(PostChange.init(some:))
        return .json(try await posts.change(call.id("postId"), change, as: member).json(call))
    }

    @Sendable private func retirePost(_ call: Call) async throws -> Reply {
        try await posts.retire(call.id("postId"), as: call.member(for: .managePosts))
        return .noContent
    }
}

extension PostView {
    static func path(_ id: PostID) -> String { "/api/v1/posts/\(id)" }

    fileprivate func json(_ call: Call) -> JSON {
        [
            "id": .id(id), "function": .choice(post.function), "family": .choice(post.function.family),
            "title": .string(post.title), "area": .string(post.area),
            "holderName": .string(post.holder.name), "holderAddress": .string(post.holder.address), "holderLanguage": .choice(post.holder.language),
            "_links": ["self": call.link(PostView.path(id))],
        ]
    }
}
