import Database
import Rules

struct CouncilView: Sendable {
    let code, name, organisationNumber, countyName: String
    let population: Int32
    let fictional: Bool
    let joinedAt: Instant?
    /// The council's own word for a part of it: förvaltning, nämnd, programområde …
    let areaWord: String
}

struct MemberView: Sendable {
    let id: MemberID
    let name, address: String
    let language: Language
    let roles: [Role]
    let invitedAt: Instant
    /// Nil until the first sign-in.
    let joinedAt: Instant?
}

struct AgreementView: Sendable {
    let id: ID<Agreement>
    let agreement: Agreement
    let recordedAt: Instant
    let recordedBy: String
}

/// The agreement by which a nämnd lets us process its data (personuppgiftsbiträdesavtal).
struct Agreement: Sendable {
    let controller, version: String
    let signedOn: Day
    let signatoryName, signatoryTitle, diaryNumber: String
}

struct PostView: Sendable {
    let id: PostID
    let post: Post
}

/// A function of the council, and who holds it.
struct Post: Sendable {
    let function: Function
    let title, area: String
    let holderName: String
    let holderAddress: String
    let holderLanguage: Language
}

extension Query where A == Member, R == CouncilView {
    static func council(_ council: MunicipalityID) -> Query {
        .one("""
            select c.code, c.name, c.org_nr, c.county_name, c.population, c.fictional, c.joined_at, coalesce(s.area_word, 'förvaltning')
            from app.municipalities c left join app.council_settings s on s.municipality_id = c.municipality_id
            where c.municipality_id = \(council)
            """) { row in
            CouncilView(code: try row.next(), name: try row.next(), organisationNumber: try row.next(), countyName: try row.next(),
                        population: try row.next(), fictional: try row.next(), joinedAt: try row.nextOrNull(), areaWord: try row.next())
        }
    }
}

extension MemberView {
    fileprivate init(_ row: inout Row) throws {
        self.init(id: try row.next(), name: try row.next(), address: try row.next(), language: try Language(stored: row.next()),
                  roles: try row.next([String].self).compactMap(Role.init(rawValue:)),
                  invitedAt: try row.next(), joinedAt: try row.nextOrNull())
    }

    fileprivate static let columns: SQL = """
        m.id, m.name, m.address, m.language,
        array(select r.role from app.member_roles r where r.municipality_id = m.municipality_id and r.member_id = m.id order by r.role),
        m.invited_at, m.joined_at
        """
}

extension Query where A == Member, R == [MemberView] {
    static func members(of council: MunicipalityID, limit: Int, offset: Int) -> Query {
        .rows("""
            select \(MemberView.columns) from app.members m where m.municipality_id = \(council) and m.left_at is null
            order by m.name, m.id limit \(limit) offset \(offset)
            """) { try MemberView(&$0) }
    }
}

extension Query where A == Member, R == MemberView? {
    static func member(_ id: MemberID, of council: MunicipalityID) -> Query {
        .optional("""
            select \(MemberView.columns) from app.members m
            where m.municipality_id = \(council) and m.id = \(id) and m.left_at is null
            """) { try MemberView(&$0) }
    }
}

extension Query where A == Member, R == Int {
    static func numberOfMembers(of council: MunicipalityID) -> Query {
        .one("select count(*) from app.members where municipality_id = \(council) and left_at is null") { try $0.next() }
    }

    /// How many administrators are left beside one member, all locked, so that two cannot step down at once.
    static func administrators(beside id: MemberID, of council: MunicipalityID) -> Query {
        .one("""
            with locked as (
              select r.member_id from app.member_roles r join app.members m on m.municipality_id = r.municipality_id and m.id = r.member_id
              where r.municipality_id = \(council) and r.role = 'administrator' and m.left_at is null for update of m)
            select count(*) from locked where member_id <> \(id)
            """, writes: true) { try $0.next() }
    }

    /// A member by an address that may have been here before: the same row comes back to life.
    static func invite(_ id: MemberID, name: String, address: String, language: Language, at now: Instant, to council: MunicipalityID) -> Query {
        .write("""
            insert into app.members (municipality_id, id, name, address, language, invited_at)
            values (\(council), \(id), \(name), \(address), \(language.rawValue), \(now))
            """)
    }

    static func grant(_ roles: [Role], to id: MemberID, of council: MunicipalityID) -> Query {
        .write("""
            insert into app.member_roles (municipality_id, member_id, role)
            select \(council), \(id), role from unnest(\(roles.map(\.rawValue))) role on conflict do nothing
            """)
    }

    static func takeRoles(except kept: [Role], from id: MemberID, of council: MunicipalityID) -> Query {
        .write("""
            delete from app.member_roles
            where municipality_id = \(council) and member_id = \(id) and role <> all (\(kept.map(\.rawValue)))
            """)
    }

    static func remove(_ id: MemberID, at now: Instant, from council: MunicipalityID) -> Query {
        .write("""
            with taken as (delete from app.member_roles where municipality_id = \(council) and member_id = \(id))
            update app.members set left_at = \(now) where municipality_id = \(council) and id = \(id) and left_at is null
            """)
    }

    static func setAreaWord(_ word: String, of council: MunicipalityID) -> Query {
        .write("update app.council_settings set area_word = \(word) where municipality_id = \(council)")
    }

    static func record(_ agreement: Agreement, id: ID<Agreement>, at now: Instant, for council: MunicipalityID) -> Query {
        .write("""
            insert into app.agreements (municipality_id, id, controller, version, signed_on, signatory_name, signatory_title,
              diary_number, recorded_by, recorded_at)
            values (\(council), \(id), \(agreement.controller), \(agreement.version), \(agreement.signedOn), \(agreement.signatoryName),
              \(agreement.signatoryTitle), \(agreement.diaryNumber), app.member(), \(now))
            """)
    }

    static func add(_ post: Post, id: PostID, to council: MunicipalityID) -> Query {
        .write("""
            insert into app.posts (municipality_id, id, function, family, title, area, holder_name, holder_address, holder_language)
            values (\(council), \(id), \(post.function.rawValue), \(post.function.family.rawValue), \(post.title), \(post.area),
              \(post.holderName), \(post.holderAddress), \(post.holderLanguage.rawValue))
            """)
    }

    static func change(_ id: PostID, to post: Post, in council: MunicipalityID) -> Query {
        .write("""
            update app.posts set function = \(post.function.rawValue), family = \(post.function.family.rawValue), title = \(post.title),
              area = \(post.area), holder_name = \(post.holderName), holder_address = \(post.holderAddress),
              holder_language = \(post.holderLanguage.rawValue)
            where municipality_id = \(council) and id = \(id) and retired_at is null
            """)
    }

    static func retire(_ id: PostID, at now: Instant, in council: MunicipalityID) -> Query {
        .write("update app.posts set retired_at = \(now) where municipality_id = \(council) and id = \(id) and retired_at is null")
    }
}

extension Query where A == Member, R == Void {
    /// Ends every session that the member has in the council.
    static func endSessions(of id: MemberID, at now: Instant) -> Query {
        .none("select app.revoke_sessions(\(id), \(now))", writes: true)
    }

    static func forgetPerson(_ address: String) -> Query {
        .none("select app.forget_person(\(address))", writes: true)
    }
}

extension Query where A == Member, R == [AgreementView] {
    /// Newest first: the first one is in force.
    static func agreements(of council: MunicipalityID) -> Query {
        .rows("""
            select a.id, a.controller, a.version, a.signed_on, a.signatory_name, a.signatory_title, a.diary_number, a.recorded_at, m.name
            from app.agreements a join app.members m on m.municipality_id = a.municipality_id and m.id = a.recorded_by
            where a.municipality_id = \(council) order by a.recorded_at desc, a.id
            """) { row in
            let id: ID<Agreement> = try row.next()
            let agreement = Agreement(
                controller: try row.next(), version: try row.next(), signedOn: try row.next(),
                signatoryName: try row.next(), signatoryTitle: try row.next(), diaryNumber: try row.next())
            return AgreementView(id: id, agreement: agreement, recordedAt: try row.next(), recordedBy: try row.next())
        }
    }
}

extension PostView {
    fileprivate init(_ row: inout Row) throws {
        self.init(id: try row.next(), post: Post(
            function: Function(rawValue: try row.next()) ?? .other, title: try row.next(), area: try row.next(),
            holderName: try row.next(), holderAddress: try row.next(), holderLanguage: try Language(stored: row.next())))
    }

    fileprivate static let columns: SQL = "id, function, title, area, holder_name, holder_address, holder_language"
}

extension Query where A == Member, R == [PostView] {
    static func posts(of council: MunicipalityID) -> Query {
        .rows("""
            select \(PostView.columns) from app.posts where municipality_id = \(council) and retired_at is null order by title, area, id
            """) { try PostView(&$0) }
    }
}

extension Query where A == Member, R == PostView? {
    static func post(_ id: PostID, of council: MunicipalityID) -> Query {
        .optional("select \(PostView.columns) from app.posts where municipality_id = \(council) and id = \(id) and retired_at is null") {
            try PostView(&$0)
        }
    }
}
