import Database
import Rules

/// A member's new address, asked for and not yet proved. It is named by the link that goes there.
enum AddressChange {}
typealias AddressChangeID = ID<AddressChange>

/// Changing one's own address: a link goes to the new one, and whoever follows it makes the change. Posts and seats keep the address that they have.
struct AddressChanges: Sendable {
    let services: Services

    /// Links that one member has sent in an hour.
    private static let atMost = 5, period = 3_600
    /// A change is forgotten so long after its link has ended, when no mail about it can be on its way any more.
    private static let remembered = 3 * 86_400

    /// Orders the mail to the new address; the link of an earlier one is void. The answer is the same whether the address is another member's already.
    /// - Parameter address: its key.
    func ask(for address: String, as member: Member) async throws {
        let council = member.municipality, now = member.now, id = AddressChangeID.random(), end = now.adding(seconds: Lifetime.addressLink)
        try await services.database.transaction(as: member) { tx in
            let me = try tx.run(.me(in: council))
            try tx.run(.takeTurn(with: me.address))
            guard try tx.run(.recentChanges(since: now.adding(seconds: -AddressChanges.period), in: council)) < AddressChanges.atMost else {
                throw Problem.tooManyRequests(retryAfter: AddressChanges.period)
            }
            _ = try tx.run(.endChanges(at: now, in: council))
            _ = try tx.run(.ask(id, from: me, to: address, at: now, until: end, in: council))
            _ = try tx.run(.order(.mailAddressLink, id.uuid, for: council, at: now))
            _ = try tx.run(.order(.forgetAddressChange, id.uuid, for: council, at: end.adding(seconds: AddressChanges.remembered)))
        }
        services.bell.ring()
    }

    /// Makes the change and ends the member's sessions. The address before it is told.
    func confirm(_ text: String) async throws {
        let now = services.clock.now()
        guard let link = services.links.read(text, as: .addressChange), let council = link.municipality else {
            try services.guesses.countForged(text, at: now)
            throw Problem.linkVoid
        }
        try services.attempts.links.count(link.id.uuid, at: now)
        let isChanged = try await services.database.transaction(as: SigningIn(municipality: council)) { tx in
            let isChanged = try tx.run(.change(link.id, person: .random(), at: now))
            if isChanged { _ = try tx.run(.order(.mailAddressChanged, link.id.uuid, for: council, at: now)) }
            return isChanged
        }
        guard isChanged else { throw Problem.linkVoid }
        services.bell.ring()
    }
}

// MARK: - SQL

extension Query where A == Member, R == Int {
    fileprivate static func recentChanges(since: Instant, in council: MunicipalityID) -> Query {
        .one("select count(*) from app.address_changes where municipality_id = \(council) and member_id = app.member() and created_at > \(since)") {
            try $0.next()
        }
    }

    fileprivate static func endChanges(at now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            update app.address_changes set ended_at = \(now)
            where municipality_id = \(council) and member_id = app.member() and ended_at is null
            """)
    }

    fileprivate static func ask(_ id: AddressChangeID, from me: Me, to address: String, at now: Instant, until end: Instant, in council: MunicipalityID) -> Query {
        .write("""
            insert into app.address_changes (municipality_id, id, member_id, former_address, address, created_at, expires_at)
            values (\(council), \(id), \(me.id), \(me.address), \(address), \(now), \(end))
            """)
    }
}

extension Query where A == SigningIn, R == Bool {
    fileprivate static func change(_ id: AddressChangeID, person: PersonID, at now: Instant) -> Query {
        .one("select app.change_address(\(id), \(person), \(now))", writes: true) { try $0.next() }
    }
}

// MARK: - Mail

private struct AddressLetter: Sendable {
    let name, former, address, council: String
    let language: Language
    let createdAt, expiresAt: Instant
    let endedAt: Instant?
}

extension Query where A == Worker, R == AddressLetter? {
    fileprivate static func addressLetter(_ id: AddressChangeID, of council: MunicipalityID) -> Query {
        .optional("""
            select m.name, a.former_address, a.address, c.name, m.language, a.created_at, a.expires_at, a.ended_at
            from app.address_changes a
            join app.members m on m.municipality_id = a.municipality_id and m.id = a.member_id
            join app.municipalities c on c.municipality_id = a.municipality_id
            where a.municipality_id = \(council) and a.id = \(id)
            """) { row in
            AddressLetter(
                name: try row.next(), former: try row.next(), address: try row.next(), council: try row.next(),
                language: try Language(stored: row.next()), createdAt: try row.next(), expiresAt: try row.next(), endedAt: try row.nextOrNull())
        }
    }
}

extension Query where A == Worker, R == Int {
    fileprivate static func forget(_ id: AddressChangeID, of council: MunicipalityID) -> Query {
        .write("delete from app.address_changes where municipality_id = \(council) and id = \(id)", repeatable: true)
    }
}

extension AddressChanges {
    /// The job `mailAddressLink`: the link that proves the new address. It names nobody, because the address may be a stranger's.
    func mailLink(_ job: Job) async throws -> JobOutcome {
        guard let council = job.municipality, let letter = try await letter(job), letter.endedAt == nil, letter.expiresAt > services.clock.now()
        else { return .done }
        let token = services.links.token(.addressChange, Link(municipality: council, id: AddressChangeID(job.subject), generation: 0))
        return JobOutcome(try await services.mail.send(
            .addressLink(council: letter.council, link: services.site.url("/b/\(token)"), until: letter.expiresAt),
            to: letter.address, in: letter.language, for: job, date: letter.createdAt))
    }

    /// The job `mailAddressChanged`: word to the address that was.
    func mailChanged(_ job: Job) async throws -> JobOutcome {
        guard let letter = try await letter(job), let changed = letter.endedAt else { return .done }
        return JobOutcome(try await services.mail.send(
            .addressChanged(council: letter.council, signInPage: services.site.url(services.site.signInPath)),
            to: letter.former, name: letter.name, in: letter.language, for: job, date: changed))
    }

    /// The job `forgetAddressChange`.
    func forget(_ job: Job) async throws -> JobOutcome {
        guard let council = job.municipality else { return .done }
        _ = try await services.database.send(as: Worker(municipality: council), .forget(AddressChangeID(job.subject), of: council))
        return .done
    }

    private func letter(_ job: Job) async throws -> AddressLetter? {
        guard let council = job.municipality else { return nil }
        return try await services.database.send(as: Worker(municipality: council), .addressLetter(AddressChangeID(job.subject), of: council))
    }
}
