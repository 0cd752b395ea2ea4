import Database
import Rules

/// A function of the council, and who holds it.
struct Post: Sendable {
    let function: Function
    var title: String
    /// Which part of the council, in its own words; empty for none.
    var area: String
    var holder: Holder

    struct Holder: Sendable {
        var name, address: String
        var language: Language
    }
}

extension Post {
    /// Without a title it is called what its function is.
    init(_ fields: Fields) {
        let function: Function = fields.choice("function")
        let holder = Holder(fields), title = fields.given("title")?.text(1...120)
        self.init(
            function: function, title: title ?? function.name[holder.language], area: fields.given("area")?.text(0...120) ?? "", holder: holder)
        if let fault = function.fault(inArea: area) { fields.refuse([fault]) }
    }

}

extension Function {
    /// A post of a programme area says which.
    func fault(inArea area: String) -> FieldFault? {
        belongsToProgrammeArea && area.isEmpty ? FieldFault("/area", .required) : nil
    }
}

extension Post.Holder {
    init(_ fields: Fields) {
        self.init(name: fields.text("holderName", 1...120), address: fields.address("holderAddress"), language: fields.choice("holderLanguage"))
    }
}

/// What is to be another way with a post; nil stays as it is.
struct PostChange: Sendable {
    var title, area, holderName, holderAddress: String?
    var holderLanguage: Language?

    /// Some of the fields.
    init(some fields: Fields) {
        fields.refuseIfEmpty()
        title = fields.given("title")?.text(1...120)
        area = fields.given("area")?.text(0...120)
        holderName = fields.given("holderName")?.text(1...120)
        holderAddress = fields.given("holderAddress").map { _ in fields.address("holderAddress") }
        holderLanguage = fields.given("holderLanguage")?.choice()
    }

    /// All of the fields, as the form has them.
    init(all fields: Fields) {
        let holder = Post.Holder(fields)
        title = fields.text("title", 1...120)
        area = fields.given("area")?.text(0...120) ?? ""
        holderName = holder.name
        holderAddress = holder.address
        holderLanguage = holder.language
    }

    func applied(to post: Post) throws(FieldFault) -> Post {
        var changed = post
        changed.title = title ?? post.title
        changed.area = area ?? post.area
        changed.holder = Post.Holder(
            name: holderName ?? post.holder.name, address: holderAddress ?? post.holder.address, language: holderLanguage ?? post.holder.language)
        if let fault = changed.function.fault(inArea: changed.area) { throw fault }
        return changed
    }
}

struct PostView: Sendable {
    let id: PostID
    let post: Post
}

/// The posts that seats in rounds are given to.
struct Posts: Sendable {
    let services: Services

    /// By role family and title, retired ones not counted.
    func list(_ paging: Paging, as member: Member) async throws -> (posts: [PostView], total: Int) {
        let council = member.municipality
        return try await services.database.send(
            as: member, .posts(of: council, limit: paging.limit, offset: paging.offset), .numberOfPosts(of: council))
    }

    func read(_ id: PostID, as member: Member) async throws -> PostView {
        guard let view = try await services.database.send(as: member, .post(id, of: member.municipality)) else { throw Problem.notFound }
        return view
    }

    func create(_ post: Post, as member: Member) async throws -> PostView {
        let id = PostID.random()
        _ = try await services.database.send(as: member, .add(post, id: id, to: member.municipality))
        return PostView(id: id, post: post)
    }

    /// The function stays: another function is another post.
    func change(_ id: PostID, _ change: PostChange, as member: Member) async throws -> PostView {
        let council = member.municipality
        return try await services.database.transaction(as: member) { tx in
            guard let before = try tx.run(.postToChange(id, of: council)) else { throw Problem.notFound }
            let post = try change.applied(to: before.post)
            _ = try tx.run(.change(id, to: post, in: council))
            return PostView(id: id, post: post)
        }
    }

    /// It can be given no more seats; those that it has stay. Its title is free for another.
    func retire(_ id: PostID, as member: Member) async throws {
        let retired = try await services.database.send(as: member, .retire(id, at: member.now, in: member.municipality))
        guard retired == 1 else { throw Problem.notFound }
    }
}
