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
        if case .refusedForGood = outcome, !outcome.isOfOurAccount {
            _ = try await services.database.send(as: worker, .markBounced(seat, generation: letter.generation, of: council))
        }
        return JobOutcome(outcome)
    }
}

extension SeminarInvitation {
    fileprivate init(_ letter: SeminarLetter, link: String) {
        self.init(
            id: letter.roundID.description, council: letter.council, round: letter.round, runBy: letter.runner, seminar: letter.view.seminar,
            sequence: letter.view.sequence, changed: letter.view.changedAt, isCancelled: letter.view.cancelledAt != nil, link: link)
    }
}
