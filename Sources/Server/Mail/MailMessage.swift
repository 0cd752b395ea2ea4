import Foundation
import Rules

/// Which mail it is: a job sends at most one kind of mail, and each generation of its subject is a mail of its own.
struct MailID: Hashable, Sendable, CustomStringConvertible {
    let job: JobID
    let generation: Int

    var description: String { "\(job).\(generation)" }
}

/// One mail to one person: plain text, and for its calendar an event.
struct MailMessage: Discreet, Sendable {
    enum Refusal: Error, Equatable { case controlCharacter(in: String), host }

    let id: MailID
    let from: Mailbox
    let to: Mailbox
    let subject: String
    /// Lines ended by any line end, of any length.
    let body: String
    let event: CalendarEvent?
    let language: Language
    /// When the job was written, not when it is sent: a retry is the same mail.
    let date: Instant
    /// The host of the service's address: the right side of the Message-ID.
    let host: String

    /// Refuses what could smuggle in a header (a line end in the subject) or hide in the text (other control characters; tabs and line ends are text).
    init(id: MailID, from: Mailbox, to: Mailbox, subject: String, body: String, event: CalendarEvent? = nil, language: Language, date: Instant, host: String)
    throws(Refusal) {
        guard !subject.unicodeScalars.contains(where: \.isControl) else { throw .controlCharacter(in: "subject") }
        guard !body.unicodeScalars.contains(where: { $0.isControl && !"\t\r\n".unicodeScalars.contains($0) }) else { throw .controlCharacter(in: "body") }
        guard (try? Mailbox("x@\(host)")) != nil else { throw .host }
        (self.id, self.from, self.to, self.subject, self.body) = (id, from, to, subject, body)
        (self.event, self.language, self.date, self.host) = (event, language, date, host)
    }

    /// The same for the same job and generation, so that who gets a mail twice can see that it is one.
    var messageID: String { "<\(id)@\(host)>" }

    /// The whole mail as bytes of ASCII (RFC 5322), lines ended by CRLF.
    var bytes: [UInt8] {
        let headers = [
            ("Date", Self.date(date)),
            ("From", Self.mailbox(from, after: "From")),
            ("To", Self.mailbox(to, after: "To")),
            ("Subject", Self.text(subject, after: "Subject")),
            ("Message-ID", messageID),
            // Nobody reads the answers of absent people here (RFC 3834; the second is what Exchange heeds).
            ("Auto-Submitted", "auto-generated"),
            ("X-Auto-Response-Suppress", "All"),
            ("Content-Language", language.rawValue),
            ("MIME-Version", "1.0"),
        ]
        let words = Self.part("text/plain; charset=utf-8", body)
        guard let event else { return Array((Self.lines(headers) + words).utf8) }
        // Quoted-printable text never holds "=_", so that the boundary stands in no part.
        let boundary = "=_\(id)"
        let parts = [words, Self.part("text/calendar; charset=utf-8; method=\(event.method)", event.text)].map { "--\(boundary)\r\n\($0)" }.joined()
        return Array((Self.lines(headers + [("Content-Type", "multipart/alternative; boundary=\"\(boundary)\"")]) + "\r\n\(parts)--\(boundary)--\r\n").utf8)
    }

    private static func part(_ type: String, _ text: String) -> String {
        lines([("Content-Type", type), ("Content-Transfer-Encoding", "quoted-printable")]) + "\r\n" + QuotedPrintable.body(text)
    }

    private static func lines(_ headers: [(String, String)]) -> String { headers.map { "\($0): \($1)\r\n" }.joined() }

    /// As it is where that fits on the line and cannot be taken for an encoded word; encoded otherwise.
    private static func text(_ text: String, after header: String) -> String {
        let used = header.count + 2
        let plain = text.utf8.allSatisfy { (0x20...0x7e).contains($0) } && text.utf8.count + used <= 76 && !text.contains("=?")
            && text.first != " " && text.last != " "
        return plain ? text : QuotedPrintable.header(text, used: used)
    }

    /// `Eva Ek <eva@example>`; the address on a line of its own where the name is long or encoded.
    private static func mailbox(_ address: Mailbox, after header: String) -> String {
        guard let name = address.name, !name.isEmpty else { return address.address }
        let atoms = name.split(separator: " ", omittingEmptySubsequences: false)
        let isPhrase = atoms.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") } }
        let line = "\(name) <\(address.address)>"
        if isPhrase, header.count + 2 + line.count <= 76 { return line }
        return QuotedPrintable.header(name, used: header.count + 2) + "\r\n <\(address.address)>"
    }

    /// `Mon, 23 Nov 2026 19:54:13 +0000` (RFC 5322 §3.3).
    private static func date(_ instant: Instant) -> String {
        let day = instant.utcDay, parts = day.iso.split(separator: "-").compactMap { Int($0) }
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = instant.rfc3339.dropFirst("2026-11-23T".count).prefix("19:54:13".count)
        return "\(days[day.weekday]), \(parts[2]) \(months[parts[1] - 1]) \(parts[0]) \(clock) +0000"
    }
}
