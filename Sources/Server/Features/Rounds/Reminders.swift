import Database
import Rules

/// Reminding those who have not submitted, on chosen days and by hand. How many they were is told to nobody: less the persons with two seats, that number
/// could say who (disclosure.md R10).
struct Reminders: Sendable {
    let services: Services

    func view(of round: RoundID, as member: Member) async throws -> RemindersView {
        let (found, days) = try await services.database.send(
            as: member, .round(round, of: member.municipality), .reminders(of: round, in: member.municipality))
        guard let found else { throw Problem.notFound }
        return RemindersView(round: found, days: days)
    }

    /// Sets the days that are to come. One that has been stays, and so does one that is there already.
    func choose(_ days: [Day], for round: RoundID, as member: Member) async throws -> RemindersView {
        let council = member.municipality, today = SwedishTime.day(member.now)
        let view = try await services.database.transaction(as: member) { tx in
            let view = try tx.lockRound(round, of: council)
            try view.rules.mayChangeSeats()
            let before = Set(try tx.run(.reminders(of: round, in: council)).map(\.day)), closes = view.plan.closesAt
            let faults = days.enumerated().filter { !before.contains($0.element) && ($0.element <= today || Reminders.time(on: $0.element) >= closes) }
            guard faults.isEmpty else { throw Problem.invalidFields(faults.map { FieldError("/days/\($0.offset)", .notBeforeClosing) }) }
            _ = try tx.run(.forgetReminders(but: days, of: round, in: council))
            for day in Set(days).subtracting(before) {
                _ = try tx.run(.addReminder(on: day, to: round, in: council))
                _ = try tx.run(.order(.remind, round.uuid, for: council, generation: Int32(day.number), at: Reminders.time(on: day)))
            }
            return RemindersView(round: view, days: try tx.run(.reminders(of: round, in: council)))
        }
        services.bell.ring()
        return view
    }

    /// Reminds now, unless somebody has been reminded today.
    func remind(_ round: RoundID, as member: Member) async throws {
        let council = member.municipality, now = member.now, today = SwedishTime.day(now)
        try await services.database.transaction(as: member) { tx in
            let view = try tx.lockRound(round, of: council)
            try view.rules.mayRemind(now: now)
            let days = try tx.run(.reminders(of: round, in: council))
            guard !days.contains(where: { $0.day == today && $0.sentAt != nil }) else { throw Refusal.remindedToday }
            if !days.contains(where: { $0.day == today }) { _ = try tx.run(.addReminder(on: today, to: round, in: council)) }
            _ = try tx.run(.order(.remind, round.uuid, for: council, generation: Int32(today.number), at: now))
        }
        services.bell.ring()
    }

    /// At eight in the morning by the clock on Swedish walls, whatever the season.
    static func time(on day: Day) -> Instant {
        SwedishTime.instant("\(day.iso)T08:00") ?? Instant(day)
    }
}

struct RemindersView: Sendable {
    let round: RoundView
    let days: [ReminderDay]

    func refusal(at now: Instant) -> Refusal? {
        do throws(Refusal) { try round.rules.mayRemind(now: now) } catch { return error }
        let today = SwedishTime.day(now)
        return days.contains { $0.day == today && $0.sentAt != nil } ? .remindedToday : nil
    }
}

/// A day on which a round reminds.
struct ReminderDay: Sendable {
    let day: Day
    let sentAt: Instant?
}

extension FieldMessage {
    fileprivate static let notBeforeClosing = FieldMessage(
        sv: "Ska ligga efter i dag, och klockan åtta den dagen får omgången inte ha stängt.",
        en: "Must lie after today, and the round must not have closed by eight in the morning of that day.")
}

// MARK: - The worker

extension Reminders {
    /// Orders a mail to each person who has not submitted, once a day and round. A day that has passed is left out; a person with a seat in another round that
    /// has reminded today is, too.
    func carryOut(_ job: Job) async throws -> JobOutcome {
        let now = services.clock.now(), day = SwedishTime.day(now), round = RoundID(job.subject)
        guard let council = job.municipality, job.generation == day.number else { return .done }
        try await services.database.transaction(as: Worker(municipality: council)) { tx in
            // One round at a time, so that two of a council do not both find that the other has not reminded.
            try tx.run(.takeTurn(in: council))
            guard let it = try tx.run(.closing(round, of: council)), it.state == .open, it.closesAt > now,
                  try tx.run(.setReminded(round, on: day, at: now, in: council)) == 1 else { return }
            _ = try tx.run(.orderReminders(of: round, on: day, at: now, in: council))
        }
        services.bell.ring()
        return .done
    }

    /// Writes to one person, if he still has not submitted and the day is not over. That this mail comes back is not marked: who is reminded has not submitted.
    func mail(_ job: Job) async throws -> JobOutcome {
        let now = services.clock.now(), day = SwedishTime.day(now)
        guard let council = job.municipality, job.generation == day.number else { return .done }
        let letters = try await services.database.send(
            as: Worker(municipality: council), .reminderLetters(beside: SeatID(job.subject), on: day, at: now, in: council))
        guard let first = letters.first else { return .done }
        let reminder = Reminder(
            council: first.council, round: first.round, runBy: first.runner, closes: first.closesAt, text: first.text[first.occupant.language],
            seats: letters.map { letter in
                let token = services.links.token(.seat, Link(municipality: council, id: letter.seat, generation: Int(letter.generation)))
                return (QuestionnaireInvitation.Seat(post: letter.post, isDeputy: letter.isDeputy), services.site.url("/e/\(token)"))
            })
        let outcome = try await services.mail.send(
            .reminder(reminder), to: first.occupant.address, name: first.occupant.name, in: first.occupant.language, for: job, date: first.remindedAt)
        return JobOutcome(outcome)
    }
}
