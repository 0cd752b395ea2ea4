import Database
import Rules

/// The council's posts and their holders; adding one, and changing or retiring it.
struct PostsPages: Sendable {
    let posts: Posts

    init(_ services: Services) { posts = Posts(services: services) }

    private static let path = "/kommun/poster"

    var routes: [Route] {
        let all = PostsPages.path, one = all + "/{postId}"
        return [
            Route(.get, all, operation: "showPosts", needs: .member(.readPosts)) { try await showAll(Form(["holderLanguage": "sv"]), $0) },
            Route(.post, all, operation: "submitPost", needs: .member(.managePosts), handler: create),
            Route(.get, one, operation: "showPost", needs: .member(.readPosts)) { try await showOne(nil, nil, $0) },
            Route(.post, one, operation: "submitPostChange", needs: .member(.managePosts), handler: change),
            Route(.post, one + "/avveckla", operation: "submitPostRetirement", needs: .member(.managePosts), handler: retire),
        ]
    }

    // MARK: All

    private func showAll(_ form: Form, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .readPosts), council = member.municipality, texts = call.texts
        let (me, view, found) = try await posts.services.database.send(
            as: member, .me(in: council), .council(council), .posts(of: council, limit: Paging.onPages, offset: 0))
        let fields = FormView(form, texts)
        let families = RoleFamily.allCases.map { family in (family, found.filter { $0.post.function.family == family }) }.filter { !$0.1.isEmpty }
        return .page(Page("council/posts", title: texts["posts.title"], [
            "lead": .text(texts("posts.lead", count: found.count)),
            "families": .groups(families) { family, posts in
                ["familyName": .text(family.name[texts.language]), "posts": .groups(posts) { $0.values }]
            },
            "functionField": fields.options("function", "posts.function", Function.allCases.map { .init($0.rawValue, $0.name[texts.language]) }),
            "titleField": fields.text("title", "posts.name", isRequired: false),
            "areaField": fields.area(called: view.areaWord),
        ] + fields.holder, form: fields, frame: .council(me, here: .posts, texts)))
    }

    @Sendable private func create(_ call: Call) async throws -> Reply {
        try await call.submit(Post.init, showing: { try await showAll($0, call) }, blaming: ["post-exists": "title"]) { post in
            _ = try await posts.create(post, as: call.member(for: .managePosts))
            return .seeOther(PostsPages.path).flash("postAdded")
        }
    }

    // MARK: One

    /// - Parameters:
    ///   - change: what was sent to change the post by, if that was refused.
    ///   - retirement: what was sent to retire it by.
    private func showOne(_ change: Form?, _ retirement: Form?, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .readPosts), council = member.municipality, texts = call.texts
        let (me, view, found) = try await posts.services.database.send(
            as: member, .me(in: council), .council(council), .post(call.id("postId"), of: council))
        guard let it = found else { throw Problem.notFound }
        let fields = FormView(change ?? it.form, texts), retirementFields = FormView(retirement ?? .empty, texts)
        return .page(Page("council/post", title: it.post.title, [
            "post": .text(it.post.title), "function": .text(it.post.function.name[texts.language]), "postPath": .text("\(PostsPages.path)/\(it.id)"),
            "titleField": fields.text("title", "posts.name"),
            "areaField": fields.area(called: view.areaWord),
            "understoodField": retirementFields.box("understood", "posts.retire.understood"),
        ] + fields.holder, form: retirement == nil ? fields : retirementFields, frame: .council(me, here: .posts, texts)))
    }

    @Sendable private func change(_ call: Call) async throws -> Reply {
        try await call.submit(PostChange.init(all:), showing: { try await showOne($0, nil, call) }, blaming: ["post-exists": "title"]) { change in
            _ = try await posts.change(call.id("postId"), change, as: call.member(for: .managePosts))
            return .seeOther(PostsPages.path).flash("postChanged")
        }
    }

    @Sendable private func retire(_ call: Call) async throws -> Reply {
        try await call.submit({ $0.confirm("understood") }, showing: { try await showOne(nil, $0, call) }) { _ in
            try await posts.retire(call.id("postId"), as: call.member(for: .managePosts))
            return .seeOther(PostsPages.path).flash("postRetired")
        }
    }
}

extension PostView {
    fileprivate var values: [String: PageValue] {
        [
            "postTitle": .text(post.title), "holderName": .text(post.holder.name), "holderAddress": .text(post.holder.address),
            "postPath": .text("/kommun/poster/\(id)"),
        ] + .optional("postArea", post.area.isEmpty ? nil : post.area)
    }

    fileprivate var form: Form {
        Form([
            "title": post.title, "area": post.area, "holderName": post.holder.name, "holderAddress": post.holder.address,
            "holderLanguage": post.holder.language.rawValue,
        ])
    }
}

extension FormView {
    fileprivate var holder: [String: PageValue] {
        [
            "holderNameField": text("holderName", "posts.holderName"),
            "holderAddressField": text("holderAddress", "posts.holderAddress", .email),
            "holderLanguageField": languages("holderLanguage", "posts.holderLanguage"),
        ]
    }

    /// Under the council's own word for it.
    fileprivate func area(called word: String) -> PageValue {
        guard case .group(var field) = text("area", "posts.area", isRequired: false) else { return .group([:]) }
        field["fieldLabel"] = .text(word.prefix(1).uppercased() + word.dropFirst())
        return .group(field)
    }
}
