import Database
import Rules

/// What the council writes to those it asks, and how it will look.
struct RoundTexts: Sendable {
    let services: Services

    func view(of round: RoundID, as member: Member) async throws -> RoundTextsView { try await viewAndReader(of: round, as: member).view }

    /// With who asks: for a page.
    func viewAndReader(of round: RoundID, as member: Member) async throws -> (view: RoundTextsView, me: Me) {
        let council = member.municipality
        let (me, found, texts, letter) = try await services.database.send(
            as: member, .me(in: council), .round(round, of: council), .texts(of: round, in: council), .sampleLetter(of: round, in: council))
        guard let found, let letter else { throw Problem.notFound }
        return (RoundTextsView(round: found, texts: texts, letter: letter), me)
    }

    /// Sets those that are given.
    func set(_ given: [RoundText.Kind: RoundText], for round: RoundID, as member: Member) async throws -> RoundTextsView {
        let council = member.municipality
        return try await services.database.transaction(as: member) { tx in
            let found = try tx.lockRound(round, of: council), before = try tx.run(.texts(of: round, in: council))
            try found.rules.mayChangeSeats()
            for (kind, text) in given {
                guard before[kind]?.frozenAt == nil else { throw Problem(.textFrozen).with([FieldError("/\(kind.rawValue)", .frozen)]) }
                _ = try tx.run(.set(text, as: kind, for: round, in: council))
            }
            guard let letter = try tx.run(.sampleLetter(of: round, in: council)) else { throw Problem.notFound }
            return RoundTextsView(round: found, texts: try tx.run(.texts(of: round, in: council)), letter: letter)
        }
    }

    /// The mail as it will be, but for the link and the seat.
    func preview(_ kind: RoundText.Kind, in view: RoundTextsView, _ language: Language) throws -> (subject: String, body: String)? {
        guard let letter = view.letter(kind, in: language, link: services.site.url("/e/…")) else { return nil }
        return try services.mail.writer.texts.write(letter, in: language)
    }
}

/// A text as it is kept.
struct KeptText: Sendable {
    let text: RoundText
    /// nil as long as it can be changed.
    let frozenAt: Instant?
}

struct RoundTextsView: Sendable {
    let round: RoundView
    let texts: [RoundText.Kind: KeptText]
    let letter: SampleLetter

    func text(_ kind: RoundText.Kind) -> RoundText { texts[kind]?.text ?? .blank }

    func canChange(_ kind: RoundText.Kind) -> Bool {
        texts[kind]?.frozenAt == nil && (try? round.rules.mayChangeSeats()) != nil
    }

    /// nil for what is no mail, and for an invitation without a contract to promise.
    fileprivate func letter(_ kind: RoundText.Kind, in language: Language, link: String) -> Letter? {
        let plan = round.plan, own = text(kind)[language], seat = QuestionnaireInvitation.Seat(post: "…", isDeputy: false)
        let runner = "\(plan.runnerName), \(plan.runnerTitle)"
        switch kind {
        case .introduction: return nil
        case .reminder:
            return .reminder(Reminder(council: letter.council, round: plan.title, runBy: runner, closes: plan.closesAt, text: own, seats: [(seat, link)]))
        case .invitation:
            return letter.promise.map {
                .questionnaire(QuestionnaireInvitation(
                    council: letter.council, round: plan.title, seat: seat, closes: plan.closesAt, orderedBy: "\(plan.ordererName), \(plan.ordererTitle)",
                    runBy: runner, text: own, promise: $0, link: link))
            }
        }
    }
}

/// What a mail of the round has beside what the round itself has.
struct SampleLetter: Sendable {
    let council: String
    let promise: QuestionnaireInvitation.Promise?
}

extension Tx {
    /// A text that nobody has written is frozen too: then the service's own words stand.
    mutating func freeze(_ kind: RoundText.Kind, of round: RoundID, at now: Instant, in council: MunicipalityID) throws {
        _ = try run(.freeze(kind, of: round, at: now, in: council))
        _ = try run(.freezeNone(kind, of: round, at: now, in: council))
    }
}

extension FieldMessage {
    fileprivate static let frozen = FieldMessage(sv: "Går inte att ändra längre.", en: "Can no longer be changed.")
    fileprivate static let holdsLink = FieldMessage(
        sv: "Ser ut att innehålla en länk eller en nyckel. Sådana står bara i tjänstens egna rader. Skriv mellanslag efter punkt.",
        en: "Looks as if it held a link or a token. Those stand in the service's own lines only. Put a space after each full stop.")
}

extension RoundText {
    /// Both languages; blank ones are the service's words.
    init(_ fields: Fields) {
        self.init(sv: RoundText.read(fields, "sv"), en: RoundText.read(fields, "en"))
    }

    private static func read(_ fields: Fields, _ name: String) -> String {
        let text = fields.text(name, 0...limit, lines: .many)
        if holdsLink(text) { fields.refuse(name, .holdsLink) }
        return text
    }
}
