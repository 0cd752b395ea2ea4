import Rules

/// Makes a letter into a mail from this service.
struct MailWriter: Sendable {
    let texts: MailTexts
    let from: Mailbox
    /// The host of the service's own address.
    let host: String

    /// The same arguments give the same mail, byte for byte. Throws if a value holds a line end or another control character.
    func write(_ letter: Letter, to: Mailbox, in language: Language, id: MailID, date: Instant) throws -> MailMessage {
        let (subject, body) = try texts.write(letter, in: language)
        let event: CalendarEvent? = if case .seminar(let it) = letter { it.event(summary: subject, from: from, to: to, host: host) } else { nil }
        return try MailMessage(id: id, from: from, to: to, subject: subject, body: body, event: event, language: language, date: date, host: host)
    }
}
