import Database
import Rules

/// What somebody says who wants to be let in among the members of a council that is here.
struct NewJoinRequest: Sendable {
    let municipalityCode, name, address: String
    let language: Language

    init(_ fields: Fields) {
        municipalityCode = fields.text("municipalityCode", 4...4)
        name = fields.text("name", 1...120)
        address = fields.address("address", isWork: true)
        language = fields.choice("language")
    }
}

/// A request whose address has been proved, and that waits for an administrator.
struct JoinRequest: Sendable {
    let id: ID<JoinRequest>
    let name, address: String
    let language: Language
    let verifiedAt, expiresAt: Instant
}

/// Asking to join a council: the one who asks proves an address at a mail domain that is known as the council's, and an administrator gives roles
/// or refuses. What is answered to the one who asks never tells who is a member, or what came of it.
struct JoinRequests: Sendable {
    let services: Services

    /// Requests in an hour from one address, and in all to one council. Those beyond are not sent, and nobody is
    /// told; but the first from a network are sent all the same, so that a stranger keeps nobody out.
    private static let atMost = 5, atMostInAll = 120, period = 3_600

    func ask(_ request: NewJoinRequest, from source: Source?) async throws {
        let council = try await services.database.send(as: Anonymous(), .municipality(code: request.municipalityCode))
        guard let council, council.hasJoined else { throw Problem.councilNotHere }
        let now = services.clock.now(), id = ID<JoinRequest>.random()
        let isAmongFirst = (try? services.attempts.joiningOf.count(council.id, from: source, at: now)) != nil
        _ = try await services.database.send(
            as: Anonymous(municipality: council.id),
            .takeTurn(with: "join \(council.id)"),
            .ask(request, id: id, of: council.id, at: now, since: now.adding(seconds: -JoinRequests.period),
                 atMost: JoinRequests.atMost, inAll: isAmongFirst ? nil : JoinRequests.atMostInAll))
        services.bell.ring()
    }

    /// Follows the link. The request waits from now on, and the administrators are told.
    func confirm(_ text: String) async throws {
        let now = services.clock.now(), end = now.adding(seconds: Lifetime.joinRequest)
        guard let link = services.links.read(text, as: .joining), let council = link.municipality else {
            try services.guesses.countForged(text, at: now)
            throw Problem.linkVoid
        }
        try services.attempts.links.count(link.id.uuid, at: now)
        let isProved = try await services.database.transaction(as: Registrar(municipality: council)) { tx in
            guard try tx.run(.prove(link.id, at: now, until: end, in: council)) == 1 else { return false }
            _ = try tx.run(.order(.mailJoinWaiting, link.id.uuid, for: council, at: now))
            _ = try tx.run(.order(.forgetJoinRequest, link.id.uuid, for: council, at: end))
            return true
        }
        guard isProved else { throw Problem.linkVoid }
        services.bell.ring()
    }

    /// Those that wait, the oldest first.
    func list(_ paging: Paging, as member: Member) async throws -> (requests: [JoinRequest], total: Int) {
        try await services.database.send(
            as: member, .joinRequests(of: member.municipality, at: member.now, limit: paging.limit, offset: paging.offset),
            .numberOfJoinRequests(of: member.municipality, at: member.now))
    }

    /// Makes the one who asks a member with these roles, who gets a link to sign in by.
    func approve(_ id: ID<JoinRequest>, with roles: Set<Role>, as administrator: Member) async throws -> MemberView {
        let made = try await services.database.transaction(as: administrator) { tx in
            let request = try JoinRequests.decide(id, "approved", as: administrator, &tx)
            return try Members.invite(
                NewMember(name: request.name, address: request.address, language: request.language, roles: roles), as: administrator, &tx)
        }
        services.bell.ring()
        return made
    }

    /// Whoever asked is not told: an answer would be one to whoever tries addresses.
    func refuse(_ id: ID<JoinRequest>, as administrator: Member) async throws {
        _ = try await services.database.transaction(as: administrator) { try JoinRequests.decide(id, "refused", as: administrator, &$0) }
    }

    /// Of two who decide at once the second finds nothing that waits.
    private static func decide(_ id: ID<JoinRequest>, _ state: String, as administrator: Member, _ tx: inout Tx<Member>) throws -> JoinRequest {
        guard let request = try tx.run(.decide(id, state, at: administrator.now, in: administrator.municipality)) else { throw Problem.notFound }
        return request
    }
}

extension Problem {
    /// Which councils take part is no secret.
    static let councilNotHere = Problem.invalidFields([
        FieldError("/municipalityCode", FieldMessage(sv: "Kommunen är inte med än.", en: "Is the code of no council that is here."))
    ])
}
