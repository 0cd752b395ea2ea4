import Database
import Rules

extension Seminars {
    /// The job `mailSeminar`: tells one participant of the seminar as it now is, and his calendar with it.
    func mail(_ job: Job) async throws -> JobOutcome {
        let seat = SeatID(job.subject)
        guard let council = job.municipality else { return .done }
        let worker = Worker(municipality: council)
        guard let letter = try await services.database.send(as: worker, .seminarLetter(to: seat, sequence: job.generation, of: council)) else { return .done }
        let token = services.links.token(.seat, Link(municipality: council, id: seat, generation: Int(letter.generation)))
        let outcome = try await services.mail.send(
            .seminar(SeminarInvitation(letter, link: services.site.url("/e/\(token)"))), to: letter.occupant.address, name: letter.occupant.name,
            in: letter.occupant.language, for: job, date: letter.view.changedAt)
        if outcome.isLoss(of: job) {
            _ = try await services.database.send(as: worker, .markBounced(seat, generation: letter.generation, of: council))
        }
        return JobOutcome(outcome)
    }
}

extension Seminars {
    /// The job `mailSeminarDeparture`: tells somebody who had a seat that the seminar is no longer his, and then forgets him.
    func mailDeparture(_ job: Job) async throws -> JobOutcome {
        let id = ID<SeminarDeparture>(job.subject)
        guard let council = job.municipality else { return .done }
        let worker = Worker(municipality: council)
        guard let letter = try await services.database.send(as: worker, .departureLetter(id, of: council)) else { return .done }
        var outcome = JobOutcome.done
        if letter.view.seminar.ends > services.clock.now() {
            outcome = JobOutcome(try await services.mail.send(
                .seminar(SeminarInvitation(letter)), to: letter.address, name: letter.name, in: letter.language, for: job, date: letter.leftAt))
        }
        if case .again = outcome, job.waitBeforeNext != nil { return .again }
        _ = try await services.database.send(as: worker, .forget(id, of: council))
        return .done
    }
}

extension SeminarInvitation {
    fileprivate init(_ letter: SeminarDepartureLetter) {
        self.init(
            id: letter.roundID.description, council: letter.council, round: letter.round, runBy: letter.runner, seminar: letter.view.seminar,
            sequence: Int(letter.sequence), changed: letter.leftAt, news: .departed, link: "")
    }

    fileprivate init(_ letter: SeminarLetter, link: String) {
        self.init(
            id: letter.roundID.description, council: letter.council, round: letter.round, runBy: letter.runner, seminar: letter.view.seminar,
            sequence: letter.view.sequence, changed: letter.view.changedAt,
            news: letter.view.cancelledAt != nil ? .calledOff : letter.isAskedAgain ? .moved : letter.isInvitation ? .new : .changed, link: link)
    }
}
