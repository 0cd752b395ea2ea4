import Database
import Rules

extension Query where A == SigningIn, R == Int {
    /// A link, and the order to mail it, for each council that has named the address; none if it is unknown or has been asked for too often since
    /// `since`, or more than once where so many have been made `inCouncil`. There is always one again after a quarter of an hour, so that whoever
    /// asks in another's name, and as often as he likes, does not keep him from having one that still works.
    static func makeLinks(for address: String, at now: Instant, since: Instant, atMost: Int, inCouncil: Int) -> Query {
        .write("""
            with wanted as (
              select gen_random_uuid() as id, council, p.id as person_id
              from app.people p cross join unnest(p.councils) council cross join lateral (
                select count(*) as number, coalesce(max(l.created_at), \(since)) as latest from app.sign_in_links l
                where l.person_id = p.id and l.municipality_id = council and l.created_at > \(since)) own
              where p.address = \(address)
                and (own.number < 2 or own.latest <= \(now.adding(seconds: -900))
                     or own.number < \(atMost) and (select count(*) from app.sign_in_links l
                                                  where l.municipality_id = council and l.created_at > \(since)) < \(inCouncil))),
            made as (
              insert into app.sign_in_links (id, municipality_id, person_id, created_at, expires_at)
              select id, council, person_id, \(now), \(now.adding(seconds: Lifetime.signInLink)) from wanted)
            insert into app.jobs (id, kind, municipality_id, subject, run_at)
            select gen_random_uuid(), 'mailSignIn', council, id, \(now) from wanted
            """)
    }

    /// The same for an operator.
    static func makeOperatorLink(for address: String, at now: Instant, since: Instant, atMost: Int) -> Query {
        .write("""
            with wanted as (
              select gen_random_uuid() as id, o.id as operator_id from app.operators o
              cross join lateral (
                select count(*) as number, coalesce(max(l.created_at), \(since)) as latest from app.sign_in_links l
                where l.operator_id = o.id and l.created_at > \(since)) own
              where o.address = \(address) and (own.number < \(atMost) or own.latest <= \(now.adding(seconds: -900)))),
            made as (
              insert into app.sign_in_links (id, operator_id, created_at, expires_at)
              select id, operator_id, \(now), \(now.adding(seconds: Lifetime.signInLink)) from wanted)
            insert into app.jobs (id, kind, subject, run_at) select gen_random_uuid(), 'mailSignIn', id, \(now) from wanted
            """)
    }

    /// Uses a link up and opens a session by it: one row, or none if the link is void or the membership has ended.
    static func open(_ session: NewSession, by link: SignInLinkID, at now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            with used as (
              update app.sign_in_links set used_at = \(now)
              where id = \(link) and municipality_id = \(council) and used_at is null and expires_at > \(now) returning person_id),
            arrived as (
              update app.members m set joined_at = coalesce(m.joined_at, \(now)) from used u join app.people p on p.id = u.person_id
              where m.municipality_id = \(council) and m.address = p.address and m.left_at is null returning m.id)
            insert into app.sessions (municipality_id, token_hash, member_id, created_at, touched_at, expires_at)
            select \(council), \(session.token.hash), id, \(now), \(now), \(session.expiresAt) from arrived
            """)
    }

    static func openForOperator(_ session: NewSession, by link: SignInLinkID, at now: Instant) -> Query {
        .write("""
            with used as (
              update app.sign_in_links set used_at = \(now)
              where id = \(link) and operator_id is not null and used_at is null and expires_at > \(now) returning operator_id)
            insert into app.operator_sessions (token_hash, operator_id, created_at, touched_at, expires_at)
            select \(session.token.hash), operator_id, \(now), \(now), \(session.expiresAt) from used
            """)
    }
}

extension Query where A == SigningIn, R == String? {
    /// Whom the link is for.
    static func address(of link: SignInLinkID) -> Query {
        .optional("""
            select coalesce(p.address, o.address) from app.sign_in_links l
            left join app.people p on p.id = l.person_id left join app.operators o on o.id = l.operator_id where l.id = \(link)
            """) { try $0.next() }
    }
}

extension Query where A == Anonymous, R == String? {
    static func councilName(_ council: MunicipalityID) -> Query {
        .optional("select name from app.municipalities where municipality_id = \(council)") { try $0.next() }
    }
}

/// Who is signed in, and where.
struct Me: Sendable {
    let id: MemberID
    let name, address: String
    let language: Language
    let roles: [Role]
    let councilCode, councilName: String
    let fictional: Bool
}

extension Query where A == Member, R == Me {
    static func me(in council: MunicipalityID) -> Query {
        .one("""
            select m.id, m.name, m.address, m.language, \(Set<Role>.of("m.id")), c.code, c.name, c.fictional
            from app.members m join app.municipalities c on c.municipality_id = m.municipality_id
            where m.municipality_id = \(council) and m.id = app.member()
            """) { row in
            Me(id: try row.next(), name: try row.next(), address: try row.next(), language: try Language(stored: row.next()),
               roles: Role.allCases.filter(try Set(stored: row.next()).contains),
               councilCode: try row.next(), councilName: try row.next(), fictional: try row.next())
        }
    }
}

extension Query where A == Member, R == Instant {
    /// When the session that the member acts by ends, as it stands.
    static func sessionEnd(of member: Member) -> Query {
        .one("select expires_at from app.sessions where municipality_id = \(member.municipality) and token_hash = \(member.session)") { try $0.next() }
    }
}

extension Query where A == Member, R == Int {
    /// Ends the session that the member acts by.
    static func endSession(of member: Member) -> Query {
        .write("""
            update app.sessions set revoked_at = \(member.now)
            where municipality_id = \(member.municipality) and token_hash = \(member.session) and revoked_at is null
            """)
    }
}

/// Whom to write to with a sign-in link that has not been used.
struct LinkLetter: Sendable {
    let address: String
    let language: Language
    let council: String
    /// When the link ends.
    let until: Instant
}

extension Query where A == Worker, R == LinkLetter? {
    /// Nil if the link has been used, or the member has left.
    static func linkLetter(_ link: SignInLinkID, of council: MunicipalityID) -> Query {
        .optional("""
            select m.address, m.language, c.name, app.link_end(\(link))
            from app.members m join app.municipalities c on c.municipality_id = m.municipality_id
            where m.municipality_id = \(council) and m.address = app.link_address(\(link)) and m.left_at is null
            """) { row in
            LinkLetter(address: try row.next(), language: try Language(stored: row.next()), council: try row.next(), until: try row.next())
        }
    }

    /// An operator has no language of his own, and no council.
    static func operatorLinkLetter(_ link: SignInLinkID, in language: Language) -> Query {
        .optional("select address, until from (select app.link_address(\(link)) as address, app.link_end(\(link)) as until) link where address is not null") {
            LinkLetter(address: try $0.next(), language: language, council: "", until: try $0.next())
        }
    }
}
