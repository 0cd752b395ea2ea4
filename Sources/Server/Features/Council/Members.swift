import Database
import Rules

struct MemberView: Sendable {
    let id: MemberID
    let name, address: String
    let language: Language
    let roles: Set<Role>
    let invitedAt: Instant
    /// Nil until the first sign-in.
    let joinedAt: Instant?
}

/// A colleague who is to become a member.
struct NewMember: Sendable {
    let name, address: String
    let language: Language
    let roles: Set<Role>
}

extension NewMember {
    init(_ fields: Fields) {
        name = fields.text("name", 1...120)
        address = fields.address("address", isWork: true)
        language = fields.choice("language")
        roles = Set(fields.choices("roles", atLeast: 1))
    }
}

/// The council's members: who works with Nyttograd there, and as what.
struct Members: Sendable {
    let services: Services

    /// By name, those who have left not counted.
    func list(_ paging: Paging, as member: Member) async throws -> (members: [MemberView], total: Int) {
        let council = member.municipality
        return try await services.database.send(
            as: member, .members(of: council, limit: paging.limit, offset: paging.offset), .numberOfMembers(of: council))
    }

    func read(_ id: MemberID, as member: Member) async throws -> MemberView {
        guard let view = try await services.database.send(as: member, .member(id, of: member.municipality)) else { throw Problem.notFound }
        return view
    }

    func invite(_ new: NewMember, as inviter: Member) async throws -> MemberView {
        let invited = try await services.database.transaction(as: inviter) { try Members.invite(new, as: inviter, &$0) }
        services.bell.ring()
        return invited
    }

    /// Makes somebody a member, or one again, and orders the mail with a way in.
    static func invite(_ new: NewMember, as inviter: Member, _ tx: inout Tx<Member>) throws -> MemberView {
        let council = inviter.municipality, now = inviter.now
        try tx.run(.rolesOfMine(in: council)).mayChange(from: [], to: new.roles, administrators: 1)
        let id: MemberID
        if let former = try tx.run(.bringBack(new, at: now, to: council)) {
            id = former
            try tx.run(.endSessions(of: id, at: now))
        } else {
            id = .random()
            _ = try tx.run(.add(new, id: id, at: now, to: council))
        }
        _ = try tx.run(.grant(new.roles, to: id, of: council))
        try tx.run(.namePerson(new.address))
        try sendLink(to: new.address, as: inviter, &tx)
        return try tx.run(.memberAsIs(id, of: council))
    }

    /// Sends another invitation to somebody who has not come in yet, at most one an hour; the link of the one before is void.
    func inviteAgain(_ id: MemberID, as inviter: Member) async throws -> MemberView {
        let council = inviter.municipality, attempts = services.attempts
        let invited = try await services.database.transaction(as: inviter) { tx in
            guard let before = try tx.run(.member(id, of: council)) else { throw Problem.notFound }
            guard before.joinedAt == nil else { throw Problem.memberExists }
            try tx.run(.rolesOfMine(in: council)).mayChange(from: [], to: before.roles, administrators: 1)
            _ = try tx.run(.markInvited(id, at: inviter.now, to: council))
            try Members.sendLink(to: before.address, as: inviter, &tx)
            let invited = try tx.run(.memberAsIs(id, of: council))
            // At the end: what was not sent does not count.
            try attempts.sendAgain(to: [id.uuid], at: inviter.now)
            return invited
        }
        services.bell.ring()
        return invited
    }

    private static func sendLink(to address: String, as inviter: Member, _ tx: inout Tx<Member>) throws {
        let link = SignInLinkID.random()
        try tx.run(.makeLink(link, for: address, at: inviter.now, lifetime: Lifetime.memberInvitation))
        _ = try tx.run(.order(.mailMemberInvitation, link.uuid, for: inviter.municipality, at: inviter.now))
    }

    /// Replaces a member's roles; it acts on his next request.
    func setRoles(_ roles: Set<Role>, of id: MemberID, as administrator: Member) async throws -> MemberView {
        let council = administrator.municipality
        return try await services.database.transaction(as: administrator) { tx in
            _ = try Members.mayChange(id, to: roles, in: council, &tx)
            _ = try tx.run(.takeRoles(except: roles, from: id, of: council))
            _ = try tx.run(.grant(roles, to: id, of: council))
            return try tx.run(.memberAsIs(id, of: council))
        }
    }

    /// Shows a member out: no role, no session and no link of his holds any more.
    func remove(_ id: MemberID, as administrator: Member) async throws {
        let council = administrator.municipality
        try await services.database.transaction(as: administrator) { tx in
            let address = try Members.mayChange(id, to: [], in: council, &tx)
            try Members.end(id, address, as: administrator, &tx)
        }
    }

    /// Leaves the council by oneself, which takes nobody's leave; only the last administrator stays.
    func leave(as member: Member) async throws {
        let council = member.municipality
        try await services.database.transaction(as: member) { tx in
            try tx.run(.takeTurnWithRoles(in: council))
            let me = try tx.run(.me(in: council))
            guard let stake = try tx.run(.rolesAtStake(of: me.id, in: council)) else { throw Problem.notFound }
            try stake.roles.mayLeave(administrators: stake.administrators)
            try Members.end(me.id, me.address, as: member, &tx)
        }
    }

    private static func end(_ id: MemberID, _ address: String, as one: Member, _ tx: inout Tx<Member>) throws {
        _ = try tx.run(.takeRoles(except: [], from: id, of: one.municipality))
        _ = try tx.run(.leave(id, at: one.now, from: one.municipality))
        try tx.run(.endSessions(of: id, at: one.now))
        try tx.run(.forgetPerson(address))
    }

    /// Throws unless the rules let the one who acts change the member's roles. Changes of roles in a council take turns: of two
    /// administrators who step down at once, the second sees that he is the last. Returns the member's address.
    private static func mayChange(_ id: MemberID, to roles: Set<Role>, in council: MunicipalityID, _ tx: inout Tx<Member>) throws -> String {
        try tx.run(.takeTurnWithRoles(in: council))
        guard let stake = try tx.run(.rolesAtStake(of: id, in: council)) else { throw Problem.notFound }
        try stake.mine.mayChange(from: stake.roles, to: roles, administrators: stake.administrators)
        return stake.address
    }
}
