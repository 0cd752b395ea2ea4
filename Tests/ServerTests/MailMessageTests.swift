import Foundation
import Rules
import Testing

@testable import Server

@Suite struct MailMessageTests {
    @Test func aPlainMailIsWrittenAsTheStandardsSay() throws {
        let mail = try message(subject: "Hello", body: "Hi\n", to: Mailbox("eva@lillby.example", name: "Eva Ek"))
        #expect(text(of: mail) == """
            Date: Mon, 23 Nov 2026 19:54:13 +0000
            From: Nyttograd <no-reply@nyttograd.example>
            To: Eva Ek <eva@lillby.example>
            Subject: Hello
            Message-ID: <0a0b0c0d-0000-4000-8000-000000000001.3@nyttograd.example>
            Auto-Submitted: auto-generated
            X-Auto-Response-Suppress: All
            Content-Language: sv
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Hi

            """.replacing("\n", with: "\r\n"))
    }

    @Test(arguments: [
        ("2026-03-01T00:00:00Z", "Sun, 1 Mar 2026 00:00:00 +0000"), ("2024-02-29T23:59:59.999999Z", "Thu, 29 Feb 2024 23:59:59 +0000"),
        ("1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 +0000"),
    ])
    func aDateIsOfTheFormThatMailHas(_ time: String, _ expected: String) throws {
        #expect(text(of: try message(date: time)).hasPrefix("Date: \(expected)\r\n"))
    }

    @Test func aSubjectOfAnyScriptIsFoldedIntoEncodedWords() throws {
        let subject = "Nulägesbild av nyttorealisering i Örebros förvaltningar – åtta röster, en bild 🌿 och några ord till på slutet"
        let lines = header("Subject", of: try message(subject: subject))
        #expect(lines.count > 1)
        #expect(lines.allSatisfy { $0.utf8.count <= 76 && $0.utf8.allSatisfy { (0x20...0x7e).contains($0) } })
        let words = lines.joined().split(separator: " ").dropFirst()
        #expect(words.allSatisfy { $0.hasPrefix("=?utf-8?Q?") && $0.hasSuffix("?=") && $0.utf8.count <= 75 })
        #expect(words.map { decoded(String($0.dropFirst(10).dropLast(2)).replacing("_", with: " ")) }.allSatisfy { $0 != nil }, "a character is split between two words")
        #expect(words.compactMap { decoded(String($0.dropFirst(10).dropLast(2)).replacing("_", with: " ")) }.joined() == subject)
    }

    /// Too long for a line; like an encoded word; blanks that a reader would lose.
    @Test(arguments: [String(repeating: "long ", count: 20) + "end", "=?utf-8?Q?no?=", " begins", "ends "])
    func aSubjectThatCannotStandAsItIsIsEncoded(_ subject: String) throws {
        let lines = header("Subject", of: try message(subject: subject))
        #expect(lines.allSatisfy { $0.hasPrefix("Subject: =?utf-8?Q?") || $0.hasPrefix(" =?utf-8?Q?") })
    }

    @Test func aNameOfAnyScriptIsEncodedBesideItsAddress() throws {
        let mail = try message(to: Mailbox("eva@lillby.example", name: "Åsa \"Boss\" <x@evil.example>, Ek"))
        let lines = header("To", of: mail)
        #expect(lines.first == "To: =?utf-8?Q?=C3=85sa_=22Boss=22_=3Cx=40evil=2Eexample=3E=2C_Ek?=")
        #expect(lines.last == " <eva@lillby.example>")
    }

    @Test(arguments: ["a\r\nBcc: x@evil.example", "a\nb", "a\rb", "a\0b", "a\u{85}b", "a\u{2028}b", "a\u{7f}"])
    func aLineEndOrControlCharacterNeverEntersAHeader(_ text: String) throws {
        #expect(throws: MailMessage.Refusal.controlCharacter(in: "subject")) { try message(subject: text) }
        #expect(throws: Mailbox.Refusal.controlCharacter) { try Mailbox("eva@lillby.example", name: text) }
        #expect(throws: Mailbox.Refusal.self) { try Mailbox("eva\(text)@lillby.example") }
        #expect(throws: MailMessage.Refusal.host) { try message(host: "nyttograd.example\(text)") }
    }

    @Test func aBodyTakesLineEndsAndNoOtherControlCharacter() {
        #expect(throws: MailMessage.Refusal.controlCharacter(in: "body")) { try message(body: "a\u{1b}[2Jb") }
    }

    @Test(arguments: ["eva@lillby.example", "e.v-a+b_c@a.b", "x@localhost", "E'k@xn--rebro-9wa.se"])
    func aPlainAddressIsTaken(_ address: String) throws {
        #expect(try Mailbox(address).address == address)
    }

    @Test(arguments: [
        "", "@", "eva", "eva@", "@lillby.example", "eva@@lillby.example", "e@va@lillby.example", ".eva@a.b", "eva.@a.b", "e..v@a.b", "eva @a.b",
        "eva@a b", "<eva@a.b>", "eva@a.b,bo@a.b", "eva@-a.b", "eva@a-.b", "eva@a..b", "eva@a.b.", "eva@[127.0.0.1]", "\"e v\"@a.b",
        String(repeating: "e", count: 65) + "@a.b", "e@" + String(repeating: "a", count: 64),
        "e@" + String(repeating: "a.", count: 126) + "se",
    ])
    func anOddAddressIsRefused(_ address: String) {
        #expect(throws: Mailbox.Refusal.form) { try Mailbox(address) }
    }

    @Test func anAddressInAnotherScriptIsRefusedAsSuch() {
        #expect(throws: Mailbox.Refusal.notASCII) { try Mailbox("eva@örebro.se") }
        #expect(throws: Mailbox.Refusal.notASCII) { try Mailbox("åsa@orebro.se") }
    }
}

@Suite struct QuotedPrintableTests {
    @Test(arguments: [
        ("", "\r\n"), ("a", "a\r\n"), ("a\n", "a\r\n"), ("a\r\nb\rc\n\n", "a\r\nb\r\nc\r\n\r\n"), ("blå=röd", "bl=C3=A5=3Dr=C3=B6d\r\n"),
        (".\n..x\na.", "=2E\r\n=2E.x\r\na.\r\n"), ("ends \nin\t", "ends=20\r\nin=09\r\n"), ("🌿", "=F0=9F=8C=BF\r\n"),
    ])
    func itIsTheStandards(_ text: String, _ expected: String) {
        #expect(QuotedPrintable.body(text) == expected)
    }

    @Test func longLinesAreBrokenSoftly() {
        for (text, count) in [("x", 400), ("å", 400), ("Årsmötet äger rum. ", 60), (" ", 200)] {
            let text = String(repeating: text, count: count)
            let lines = QuotedPrintable.body(text).split(separator: "\r\n")
            #expect(lines.allSatisfy { $0.utf8.count <= 76 && $0.last != " " })
            #expect(lines.dropLast().allSatisfy { $0.last == "=" })
            #expect(decoded(lines.map { $0.last == "=" ? String($0.dropLast()) : String($0) }.joined()) == text)
        }
    }

    /// 76 characters need no break; 77 do.
    @Test func aLineIsBrokenNoEarlierThanNeeded() {
        #expect(QuotedPrintable.body(String(repeating: "x", count: 76)) == String(repeating: "x", count: 76) + "\r\n")
        #expect(QuotedPrintable.body(String(repeating: "x", count: 77)) == String(repeating: "x", count: 75) + "=\r\nxx\r\n")
    }
}

// MARK: - Helpers

func message(
    subject: String = "Hej", body: String = "Hej!", to: Mailbox? = nil, date: String = "2026-11-23T19:54:13Z", host: String = "nyttograd.example", job: JobID? = nil
) throws -> MailMessage {
    try MailMessage(
        id: MailID(job: job ?? #require(JobID("0a0b0c0d-0000-4000-8000-000000000001")), generation: 3),
        from: Mailbox("no-reply@nyttograd.example", name: "Nyttograd"), to: to ?? Mailbox("eva@lillby.example"),
        subject: subject, body: body, language: .sv, date: #require(Instant(rfc3339: date)), host: host)
}

private func text(of mail: MailMessage) -> String { String(decoding: mail.bytes, as: UTF8.self) }

/// The lines of one header.
private func header(_ name: String, of mail: MailMessage) -> [Substring] {
    let lines = text(of: mail).split(separator: "\r\n", omittingEmptySubsequences: false)
    guard let first = lines.firstIndex(where: { $0.hasPrefix(name + ":") }) else { return [] }
    return [lines[first]] + lines[(first + 1)...].prefix { $0.hasPrefix(" ") }
}

/// Undoes `=C3`; nil if what comes out is no UTF-8.
private func decoded(_ text: String) -> String? {
    var bytes: [UInt8] = [], rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "=") else { bytes.append(byte); continue }
        guard let value = Hex.decode(String(decoding: rest.prefix(2), as: UTF8.self)) else { return nil }
        bytes += value
        rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
}
