import Database
import Rules

// What the worker does about rounds. Each job is read anew, and does nothing when it no longer matters.

extension Rounds {
    /// Opens a round on time, or when the service is back; a time that has been moved has a job of its own. A round that cannot be opened then stays as
    /// it is: its page says why, and its strategists are written to, once.
    func openOnTime(_ job: Job) async throws -> JobOutcome {
        guard let council = job.municipality else { return .done }
        let round = RoundID(job.subject), now = services.clock.now()
        try await services.database.transaction(as: Worker(municipality: council)) { tx in
            guard let before = try tx.run(.opening(round, of: council)), Round.isToOpen(before.state, opensAt: before.opensAt, now: now) else { return }
            guard before.lacks(now: now).isEmpty else {
                if try tx.run(.missOpening(round, now: now)) { _ = try tx.run(.orderMailOfMissedOpening(of: round, in: council, at: now)) }
                return
            }
            guard let state = try tx.run(.openAtItsTime(round, now: now)) else { return }
            // Now it is locked; what it depends on may have changed until then.
            guard let it = try tx.run(.opening(round, of: council)), let contract = it.contract else { throw Refusal.contractMissing }
            let turn = try it.rules(in: state).after(.open(closes: it.closesAt), now: now)
            if !it.contractIsFrozen {
                _ = try tx.run(.freeze(contract, of: round, at: now, in: council))
                try tx.freeze(.invitation, of: round, at: now, in: council)
            }
            try tx.freeze(.introduction, of: round, at: now, in: council)
            if turn.effects.contains(.makeResponses) { try tx.run(.handOut(round)) }
            if turn.effects.contains(.inviteToAnswer) { _ = try tx.run(.inviteEverybody(at: now, in: round, of: council)) }
            try tx.run(.setOpen(round, true))
            _ = try tx.run(.order(.closeRound, round.uuid, for: council, at: it.closesAt))
        }
        services.bell.ring()
        return .done
    }

    /// The job `mailOpeningMissed`: to one strategist, what the round lacks as the mail is written. Nothing is written once it has been opened, or given
    /// another time.
    func mailOpeningMissed(_ job: Job) async throws -> JobOutcome {
        let round = RoundID(job.subject), now = services.clock.now()
        guard let council = job.municipality else { return .done }
        let (found, opening) = try await services.database.send(
            as: Worker(municipality: council), .missedLetter(for: job, in: council), .opening(round, of: council))
        guard let letter = found, let opening else { return .done }
        let lacks = opening.lacks(now: now).map { Problem($0).detail[letter.language] }
        guard !lacks.isEmpty else { return .done }
        return JobOutcome(try await services.mail.send(
            .openingMissed(council: letter.council, round: letter.round, opens: letter.opens, lacks: lacks, page: services.site.url(RoundPages.path(round))),
            to: letter.address, name: letter.name, in: letter.language, for: job, date: letter.missedAt))
    }

    /// Closes a round on time, also when it comes late; a closing time that has been moved has a job of its own.
    func closeOnTime(_ job: Job) async throws -> JobOutcome {
        guard let council = job.municipality else { return .done }
        let round = RoundID(job.subject), now = services.clock.now()
        try await services.database.transaction(as: Worker(municipality: council)) { tx in
            guard let closing = try tx.run(.closing(round, of: council)), closing.state == .open, closing.closesAt <= now else { return }
            // No answer has been taken since its time, so that is when it closed.
            _ = try tx.run(.close(round, at: closing.closesAt, of: council))
            try tx.run(.setOpen(round, false))
        }
        return .done
    }
}

extension Seats {
    /// Sends a personal link, which is made here and kept nowhere.
    func mailInvitation(_ job: Job) async throws -> JobOutcome {
        guard let council = job.municipality else { return .done }
        let seat = SeatID(job.subject), worker = Worker(municipality: council)
        guard let letter = try await services.database.send(as: worker, .letter(to: seat, generation: job.generation, of: council)) else { return .done }
        let token = services.links.token(.seat, Link(municipality: council, id: seat, generation: Int(job.generation)))
        let outcome = try await services.mail.send(
            .questionnaire(QuestionnaireInvitation(letter, link: services.site.url("/e/\(token)"))),
            to: letter.occupant.address, name: letter.occupant.name, in: letter.occupant.language, for: job, date: letter.invitedAt)
        if outcome.isLoss(of: job) {
            _ = try await services.database.send(as: worker, .markBounced(seat, generation: job.generation, of: council))
        }
        return JobOutcome(outcome)
    }
}

extension QuestionnaireInvitation {
    fileprivate init(_ letter: SeatLetter, link: String) {
        self.init(
            council: letter.council, round: letter.round, seat: Seat(post: letter.post, isDeputy: letter.isDeputy), closes: letter.closesAt,
            orderedBy: letter.orderer, runBy: letter.runner, text: letter.text[letter.occupant.language],
            promise: letter.promise, link: link)
    }
}
