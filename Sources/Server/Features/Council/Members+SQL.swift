import Database
import Rules

/// What a change of a member's roles is judged by.
struct RolesAtStake: Sendable {
    let address: String
    /// The member's, and those of the one who acts.
    let roles, mine: Set<Role>
    /// How many the council has.
    let administrators: Int
}

extension MemberView {
    fileprivate init(_ row: inout Row) throws {
        self.init(
            id: try row.next(), name: try row.next(), address: try row.next(), language: try Language(stored: row.next()),
            roles: try Set(stored: row.next()), invitedAt: try row.next(), joinedAt: try row.nextOrNull())
    }

    /// `where` must name the municipality. Sorted as Swedish is, where å, ä and ö come last.
    fileprivate static func select(_ where: SQL) -> SQL {
        """
        select m.id, m.name, m.address, m.language, \(Set<Role>.of("m.id")), m.invited_at, m.joined_at
        from app.members m \(`where`) and m.left_at is null
        order by m.name collate "sv-x-icu", m.id
        """
    }
}

extension Set<Role> {
    init(stored words: [String]) throws {
        self = Set(try words.map { try Role(stored: $0) })
    }

    /// A column with the roles of the member whose id the expression gives.
    static func of(_ member: SQL) -> SQL {
        "array(select r.role from app.member_roles r where r.municipality_id = m.municipality_id and r.member_id = \(member))"
    }
}

extension Query where A == Member, R == [MemberView] {
    static func members(of council: MunicipalityID, limit: Int, offset: Int) -> Query {
        .rows("\(MemberView.select("where m.municipality_id = \(council)")) limit \(limit) offset \(offset)") { try MemberView(&$0) }
    }
}

extension Query where A == Member, R == MemberView? {
    static func member(_ id: MemberID, of council: MunicipalityID) -> Query {
        .optional(MemberView.select("where m.municipality_id = \(council) and m.id = \(id)")) { try MemberView(&$0) }
    }
}

extension Query where A == Member, R == MemberView {
    /// One that is known to be there.
    static func memberAsIs(_ id: MemberID, of council: MunicipalityID) -> Query {
        .one(MemberView.select("where m.municipality_id = \(council) and m.id = \(id)")) { try MemberView(&$0) }
    }
}

extension Query where A == Member, R == RolesAtStake? {
    static func rolesAtStake(of id: MemberID, in council: MunicipalityID) -> Query {
        .optional("""
            select m.address, \(Set<Role>.of("m.id")), \(Set<Role>.of("app.member()")),
                   (select count(*) from app.member_roles r where r.municipality_id = \(council) and r.role = 'administrator')
            from app.members m where m.municipality_id = \(council) and m.id = \(id) and m.left_at is null
            """) { row in
            RolesAtStake(
                address: try row.next(), roles: try Set(stored: row.next()), mine: try Set(stored: row.next()),
                administrators: try row.next())
        }
    }
}

extension Query where A == Member, R == Set<Role> {
    static func rolesOfMine(in council: MunicipalityID) -> Query {
        .one("select \(Set<Role>.of("m.id")) from app.members m where m.municipality_id = \(council) and m.id = app.member()") {
            try Set(stored: $0.next())
        }
    }
}

extension Query where A == Member, R == MemberID? {
    /// The one who had the address before, if somebody has left with it: the same member again.
    static func bringBack(_ new: NewMember, at now: Instant, to council: MunicipalityID) -> Query {
        .optional("""
            update app.members
            set name = \(new.name), language = \(new.language.rawValue), left_at = null, invited_by = app.member(), invited_at = \(now)
            where municipality_id = \(council) and address = \(new.address) and left_at is not null returning id
            """, writes: true) { try $0.next() }
    }
}

extension Query where A == Member, R == Int {
    static func numberOfMembers(of council: MunicipalityID) -> Query {
        .one("select count(*) from app.members where municipality_id = \(council) and left_at is null") { try $0.next() }
    }

    static func add(_ new: NewMember, id: MemberID, at now: Instant, to council: MunicipalityID) -> Query {
        .write("""
            insert into app.members (municipality_id, id, name, address, language, invited_by, invited_at)
            values (\(council), \(id), \(new.name), \(new.address), \(new.language.rawValue), app.member(), \(now))
            """)
    }

    /// By the one who acts, of somebody who has not come in yet.
    static func markInvited(_ id: MemberID, at now: Instant, to council: MunicipalityID) -> Query {
        .write("""
            update app.members set invited_by = app.member(), invited_at = \(now)
            where municipality_id = \(council) and id = \(id) and joined_at is null and left_at is null
            """)
    }

    static func grant(_ roles: Set<Role>, to id: MemberID, of council: MunicipalityID) -> Query {
        .write("""
            insert into app.member_roles (municipality_id, member_id, role)
            select \(council), \(id), role from unnest(\(roles.map(\.rawValue).sorted())) role on conflict do nothing
            """)
    }

    static func takeRoles(except kept: Set<Role>, from id: MemberID, of council: MunicipalityID) -> Query {
        .write("""
            delete from app.member_roles
            where municipality_id = \(council) and member_id = \(id) and role <> all (\(kept.map(\.rawValue).sorted()))
            """)
    }

    static func leave(_ id: MemberID, at now: Instant, from council: MunicipalityID) -> Query {
        .write("update app.members set left_at = \(now) where municipality_id = \(council) and id = \(id) and left_at is null")
    }
}

extension Query where A == Member, R == Void {
    /// Waits until nobody else in the council changes roles. A statement of its own, so that what is read after it is as they left it.
    static func takeTurnWithRoles(in council: MunicipalityID) -> Query {
        .none("select from app.council_settings where municipality_id = \(council) for update", writes: true)
    }

    /// Ends every session that the member has in the council.
    static func endSessions(of id: MemberID, at now: Instant) -> Query {
        .none("select app.revoke_sessions(\(id), \(now))", writes: true)
    }

    /// The address may sign in to the council no more, and links to it are void.
    static func forgetPerson(_ address: String) -> Query {
        .none("select app.forget_person(\(address))", writes: true)
    }
}
