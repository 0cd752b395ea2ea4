import Database
import Rules

/// What the worker writes to somebody who has been invited.
struct MemberLetter: Sendable {
    let name, address, council, invitedBy: String
    let language: Language
    let roles: Set<Role>
    let invitedAt: Instant
}

extension Query where A == Worker, R == MemberLetter? {
    /// Nil once the link has been used or the member has left.
    static func memberLetter(with link: SignInLinkID, of council: MunicipalityID) -> Query {
        .optional("""
            select m.name, m.address, c.name, i.name, m.language, \(Set<Role>.of("m.id")), m.invited_at
            from app.members m
            join app.members i on i.municipality_id = m.municipality_id and i.id = m.invited_by
            join app.municipalities c on c.municipality_id = m.municipality_id
            where m.municipality_id = \(council) and m.address = app.link_address(\(link)) and m.left_at is null
            """) { row in
            MemberLetter(
                name: try row.next(), address: try row.next(), council: try row.next(), invitedBy: try row.next(),
                language: try Language(stored: row.next()), roles: try Set(stored: row.next()), invitedAt: try row.next())
        }
    }
}

extension Members {
    /// The job `mailMemberInvitation`: its subject is the sign-in link that was made with the invitation.
    func mailInvitation(_ job: Job) async throws -> JobOutcome {
        let link = SignInLinkID(job.subject)
        guard let council = job.municipality,
              let letter = try await services.database.send(as: Worker(municipality: council), .memberLetter(with: link, of: council))
        else { return .done }
        let token = services.links.token(.signIn, Link(municipality: council, id: link, generation: 0))
        return JobOutcome(try await services.mail.send(
            .memberInvitation(
                council: letter.council, invitedBy: letter.invitedBy,
                roles: Role.allCases.filter(letter.roles.contains).map { $0.name[letter.language].lowercased() },
                link: services.site.url("/s/\(token)"), until: letter.invitedAt.adding(seconds: Lifetime.memberInvitation)),
            to: letter.address, name: letter.name, in: letter.language, for: job, date: letter.invitedAt))
    }
}
