import Database
import Rules

/// The seminar before a round: planned, invited to, moved and called off; and who comes.
struct Seminars: Sendable {
    let services: Services

    func view(of round: RoundID, as member: Member) async throws -> SeminarView {
        guard let view = try await services.database.send(as: member, .seminar(of: round, in: member.municipality)) else { throw Problem.notFound }
        return view
    }

    /// Sets the whole of it. Those who have been invited are told what changed, and asked again if it is the time.
    func set(_ seminar: Seminar, for round: RoundID, as member: Member) async throws -> SeminarView {
        let council = member.municipality, now = member.now
        let faults = seminar.faults(now: now)
        guard faults.isEmpty else { throw Problem.invalidFields(faults.map(FieldError.init)) }
        let view = try await services.database.transaction(as: member) { tx in
            let found = try tx.lockRound(round, of: council)
            try found.rules.mayPlanSeminar()
            let before = try tx.run(.seminar(of: round, in: council)), sequence = (before?.sequence ?? -1) + 1
            if let before, before.cancelledAt == nil, before.seminar == seminar { return before }
            let stays = before.map { $0.cancelledAt == nil && ($0.seminar.starts, $0.seminar.ends) == (seminar.starts, seminar.ends) } ?? false
            let timeSequence = stays ? before?.timeSequence ?? sequence : sequence
            _ = try tx.run(.set(seminar, sequence: sequence, timeSequence: timeSequence, at: now, for: round, in: council))
            if found.state == .seminar { _ = try tx.run(.tellOfSeminar(sequence: sequence, of: round, at: now, in: council)) }
            return SeminarView(seminar: seminar, sequence: sequence, timeSequence: timeSequence, changedAt: now, cancelledAt: nil)
        }
        services.bell.ring()
        return view
    }

    /// Calls it off: with a mail to those who were invited, or by forgetting it if nobody was.
    func cancel(_ round: RoundID, as member: Member) async throws {
        let council = member.municipality, now = member.now
        try await services.database.transaction(as: member) { tx in
            let found = try tx.lockRound(round, of: council)
            try found.rules.mayPlanSeminar()
            guard let view = try tx.run(.seminar(of: round, in: council)), view.cancelledAt == nil else { throw Problem.notFound }
            guard found.state == .seminar else {
                _ = try tx.run(.forgetSeminar(of: round, in: council))
                return
            }
            try tx.callOffSeminar(of: round, at: now, in: council)
        }
        services.bell.ring()
    }

    /// Invites everybody who has a seat: from now on the round is at its seminar.
    func hold(_ round: RoundID, as member: Member) async throws -> RoundView {
        try await Rounds(services: services).holdSeminar(round, as: member)
    }

    func attendances(of round: RoundID, as member: Member) async throws -> [AttendanceRow] {
        let (found, rows) = try await services.database.send(
            as: member, .round(round, of: member.municipality), .attendances(of: round, in: member.municipality))
        guard found != nil else { throw Problem.notFound }
        return rows
    }

    // MARK: The participant

    func view(for participant: Participant) async throws -> ParticipantSeminar {
        guard let view = try await services.database.send(as: participant, .seminar(for: participant)) else { throw Problem.notFound }
        return view
    }

    /// - Parameter seen: the sequence of the seminar that is answered for; nil if that is not known.
    func answer(_ attendance: Attendance, seen: Int?, as participant: Participant, at now: Instant) async throws -> ParticipantSeminar {
        let (changed, view) = try await services.database.send(
            as: participant, .set(attendance, seen: seen, at: now, for: participant), .seminar(for: participant))
        guard let view else { throw Problem.notFound }
        guard changed == 1 else { throw view.takesAnswers(at: now) ? Refusal.seminarHasMoved : .seminarIsPast }
        return view
    }
}

/// A seminar as it is kept.
struct SeminarView: Sendable {
    let seminar: Seminar
    /// Counts what calendars have been told; and what it was when its present time was told.
    let sequence, timeSequence: Int
    let changedAt: Instant
    let cancelledAt: Instant?
}

/// Whether somebody comes, and what he says to who runs the round.
struct Attendance: Sendable {
    let attends: Bool
    let note: String

    static let longestNote = 500
}

/// What somebody has said of the seminar. What was said before it was moved does not stand.
enum AttendanceAnswer: Sendable {
    case none, ofEarlierTime
    case given(Attendance)

    var attendance: Attendance? { if case .given(let attendance) = self { attendance } else { nil } }
    var isOfEarlierTime: Bool { if case .ofEarlierTime = self { true } else { false } }
}

/// A seat, and what its holder has answered about the seminar.
struct AttendanceRow: Sendable {
    let seat: SeatID
    let name, post: String
    let answer: AttendanceAnswer
    var attendance: Attendance? { answer.attendance }
}

/// The seminar as a participant meets it, with his own answer.
struct ParticipantSeminar: Sendable {
    let view: SeminarView
    let answer: AttendanceAnswer
    var own: Attendance? { answer.attendance }

    /// It can be answered until it begins.
    func takesAnswers(at now: Instant) -> Bool { view.cancelledAt == nil && view.seminar.starts > now }
}

extension Tx where A == Member {
    /// Of one that lies ahead; nothing if there is none.
    mutating func callOffSeminar(of round: RoundID, at now: Instant, in council: MunicipalityID) throws {
        guard let sequence = try run(.cancelSeminar(of: round, at: now, in: council)) else { return }
        _ = try run(.tellOfSeminar(sequence: Int(sequence), of: round, at: now, in: council))
    }
}

extension Seminar {
    init(_ fields: Fields) {
        self.init(
            starts: fields.instant("startsAt"), ends: fields.instant("endsAt"), place: fields.given("place")?.text(0...200) ?? "",
            link: fields.given("link")?.text(0...500) ?? "", agenda: fields.given("agenda")?.text(0...4000, lines: .many) ?? "",
            materials: fields.given("materials")?.list(0...Seminar.mostMaterials) { $0.isAbsent ? nil : $0.object(Material.init) }.compactMap { $0 } ?? [])
        if RoundText.holdsLink(agenda) { fields.refuse("agenda", .linkElsewhere) }
        if RoundText.holdsLink(place) { fields.refuse("place", .linkElsewhere) }
    }
}

extension Seminar.Material {
    init(_ fields: Fields) {
        self.init(title: fields.text("title", 1...120), link: fields.text("link", 1...500))
    }
}

extension Attendance {
    init(_ fields: Fields) {
        self.init(attends: fields.flag("attends"), note: fields.given("note")?.text(0...Attendance.longestNote, lines: .many) ?? "")
    }
}

extension FieldMessage {
    fileprivate static let linkElsewhere = FieldMessage(
        sv: "Skriv länkar i fälten för länkar, inte här.", en: "Write links in the fields for links, not here.")
}
