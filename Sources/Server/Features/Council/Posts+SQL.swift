import Database
import Rules

extension PostView {
    fileprivate init(_ row: inout Row) throws {
        id = try row.next()
        post = Post(
            function: try Function(stored: row.next()), title: try row.next(), area: try row.next(),
            holder: Post.Holder(name: try row.next(), address: try row.next(), language: try Language(stored: row.next())))
    }

    /// `where` must name the municipality. In the order of the families, and within one as Swedish is sorted.
    fileprivate static func select(_ where: SQL) -> SQL {
        """
        select p.id, p.function, p.title, p.area, p.holder_name, p.holder_address, p.holder_language
        from app.posts p \(`where`) and p.retired_at is null
        order by array_position(\(RoleFamily.allCases.map(\.rawValue)), p.family), p.title collate "sv-x-icu", p.area collate "sv-x-icu", p.id
        """
    }
}

extension Query where A == Member, R == [PostView] {
    static func posts(of council: MunicipalityID, limit: Int, offset: Int) -> Query {
        .rows("\(PostView.select("where p.municipality_id = \(council)")) limit \(limit) offset \(offset)") { try PostView(&$0) }
    }
}

extension Query where A == Member, R == PostView? {
    static func post(_ id: PostID, of council: MunicipalityID) -> Query {
        .optional(PostView.select("where p.municipality_id = \(council) and p.id = \(id)")) { try PostView(&$0) }
    }

    /// The same under lock.
    static func postToChange(_ id: PostID, of council: MunicipalityID) -> Query {
        .optional("\(PostView.select("where p.municipality_id = \(council) and p.id = \(id)")) for update", writes: true) { try PostView(&$0) }
    }
}

extension Query where A == Member, R == Int {
    static func numberOfPosts(of council: MunicipalityID) -> Query {
        .one("select count(*) from app.posts where municipality_id = \(council) and retired_at is null") { try $0.next() }
    }

    static func add(_ post: Post, id: PostID, to council: MunicipalityID) -> Query {
        .write("""
            insert into app.posts (municipality_id, id, function, family, title, area, holder_name, holder_address, holder_language)
            values (\(council), \(id), \(post.function.rawValue), \(post.function.family.rawValue), \(post.title), \(post.area),
              \(post.holder.name), \(post.holder.address), \(post.holder.language.rawValue))
            """)
    }

    static func change(_ id: PostID, to post: Post, in council: MunicipalityID) -> Query {
        .write("""
            update app.posts set title = \(post.title), area = \(post.area), holder_name = \(post.holder.name),
              holder_address = \(post.holder.address), holder_language = \(post.holder.language.rawValue)
            where municipality_id = \(council) and id = \(id) and retired_at is null
            """)
    }

    static func retire(_ id: PostID, at now: Instant, in council: MunicipalityID) -> Query {
        .write("update app.posts set retired_at = \(now) where municipality_id = \(council) and id = \(id) and retired_at is null")
    }
}
