import Rules

extension JoinRequests {
    /// The job `mailJoinLink`: the link that proves the address, if its domain is known as the council's; to a member the way to sign in.
    /// Only here, where nobody waits for an answer, does it matter which.
    func mailLink(_ job: Job) async throws -> JobOutcome {
        let id = ID<JoinRequest>(job.subject)
        guard let council = job.municipality,
              let letter = try await services.database.send(as: Worker(municipality: council), .joinLetter(id, of: council)),
              letter.expiresAt > services.clock.now(), letter.isMember || letter.isAtKnownDomain
        else { return .done }
        let mail: Letter = if letter.isMember {
            .councilIsHere(council: letter.council, signInPage: services.site.url(services.site.signInPath))
        } else {
            .joinLink(
                council: letter.council, link: services.site.url("/j/\(services.links.token(.joining, Link(municipality: council, id: id, generation: 0)))"),
                until: letter.expiresAt)
        }
        return JobOutcome(try await services.mail.send(mail, to: letter.address, in: letter.language, for: job, date: letter.createdAt))
    }

    /// The job `mailJoinWaiting`: orders a mail to each administrator.
    func mailAdministrators(_ job: Job) async throws -> JobOutcome {
        guard let council = job.municipality else { return .done }
        _ = try await services.database.send(
            as: Worker(municipality: council), .orderAdministratorMails(for: job, of: council, at: services.clock.now()))
        services.bell.ring()
        return .done
    }

    /// The job `mailAdministrator`. Nothing that a stranger has written stands in it.
    func mailAdministrator(_ job: Job) async throws -> JobOutcome {
        guard let council = job.municipality,
              let letter = try await services.database.send(
                as: Worker(municipality: council), .administratorLetter(to: MemberID(job.subject), of: council, at: services.clock.now()))
        else { return .done }
        return JobOutcome(try await services.mail.send(
            .joinWaits(council: letter.council, page: services.site.url(JoinRequestsPages.path)),
            to: letter.address, name: letter.name, in: letter.language, for: job, date: letter.since))
    }

    /// The job `forgetJoinRequest`: the request's time is out, unless its link has been followed in the meantime.
    func forget(_ job: Job) async throws -> JobOutcome {
        guard let council = job.municipality else { return .done }
        _ = try await services.database.send(
            as: Worker(municipality: council), .forget(ID(job.subject), at: services.clock.now(), of: council))
        return .done
    }
}
