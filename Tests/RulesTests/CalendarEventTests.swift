import Testing

@testable import Rules

@Suite struct CalendarEventTests {
    static func event(summary: String = "Seminarium", location: String = "Rosen", details: String = "", cancelled: Bool = false) -> CalendarEvent {
        CalendarEvent(
            uid: "a@nyttograd.example", sequence: 2, stamp: Instant(rfc3339: "2026-11-23T08:00:00Z")!, starts: Instant(rfc3339: "2026-12-01T09:00:00+01:00")!,
            ends: Instant(rfc3339: "2026-12-01T10:30:00+01:00")!, summary: summary, location: location, details: details, url: "https://mote.example/1",
            organizer: .init(name: "Alva Ek", address: "no-reply@nyttograd.example"), attendee: .init(name: "Dag \"D\" Holm;x:\n", address: "dag@demo14.example"),
            isCancelled: cancelled)
    }

    @Test func anInvitationIsWrittenAsTheStandardSays() {
        let lines = Self.event().text.replacing("\r\n ", with: "").split(separator: "\r\n").map(String.init)
        #expect(lines.first == "BEGIN:VCALENDAR" && lines.last == "END:VCALENDAR")
        for line in ["METHOD:REQUEST", "UID:a@nyttograd.example", "SEQUENCE:2", "DTSTAMP:20261123T080000Z", "DTSTART:20261201T080000Z", "DTEND:20261201T093000Z",
                     "STATUS:CONFIRMED", "URL:https://mote.example/1"] {
            #expect(lines.contains(line), "\(line)")
        }
        #expect(lines.contains { $0.hasPrefix("ATTENDEE;CN=\"Dag 'D' Holm;x:\";") && $0.hasSuffix(":mailto:dag@demo14.example") })
        let cancelled = Self.event(cancelled: true).text
        #expect(cancelled.contains("METHOD:CANCEL\r\n") && cancelled.contains("STATUS:CANCELLED\r\n"))
    }

    @Test(arguments: [("a;b,c\\d", "a\\;b\\,c\\\\d"), ("rad 1\nrad 2\r\nrad 3\rrad 4", "rad 1\\nrad 2\\nrad 3\\nrad 4"), ("a\u{0}\u{7}b", "ab"), ("9.00\tKaffe", "9.00\tKaffe"), ("x\r\nBEGIN:VALARM", "x\\nBEGIN:VALARM")])
    func textIsEscaped(text: String, expected: String) {
        #expect(CalendarEvent.escaped(text) == expected)
    }

    /// An address may hold signs by which a link would go to others too.
    @Test(arguments: [("dag.holm+x@demo14.example", "dag.holm+x@demo14.example"), ("a?cc=eve&b%2Cd/e@demo14.example", "a%3Fcc%3Deve%26b%252Cd%2Fe@demo14.example")])
    func anAddressIsTheOnlyReaderOfItsLink(address: String, expected: String) {
        #expect(CalendarEvent.mailto(address) == "mailto:" + expected)
    }

    @Test(arguments: [0, 1, 2, 3]) func longLinesAreFoldedBetweenCharacters(shift: Int) {
        let text = String(repeating: "x", count: shift) + String(repeating: "åäö🌿", count: 40)
        let event = Self.event(details: text).text
        #expect(event.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 })
        #expect(event.replacing("\r\n ", with: "").contains("DESCRIPTION:\(text)\r\n"))
    }
}

@Suite struct SeminarTests {
    @Test(arguments: ["https://mote.example/a?b=c#d", "https://www.mote.example:8443/x"]) func aLinkToAPlaceOnTheWebIsTaken(link: String) {
        #expect(Seminar.isSafe(link: link))
    }

    @Test(arguments: ["http://mote.example", "https://mote", "https://", "javascript:alert(1)", "https://a@mote.example", "https://mote.example/ x", "https://m\u{F6}te.example",
                      "https://mote.example/\"onclick", "ftp://mote.example", "https://.example", "https://mote.example:x/"])
    func anyOtherLinkIsRefused(link: String) {
        #expect(!Seminar.isSafe(link: link))
    }

    @Test func whatIsWrongIsToldAtOnce() {
        let now = RoundTests.now, good = Seminar(starts: now.adding(days: 1), ends: now.adding(days: 2), place: "Rosen", link: "", agenda: "", materials: [])
        #expect(good.faults(now: now) == [])
        var bad = good
        (bad.starts, bad.ends, bad.place, bad.materials) = (now, now, "", [.init(title: "a", link: "http://x.example")])
        #expect(bad.faults(now: now).map(\.pointer) == ["/startsAt", "/endsAt", "/place", "/materials/0/link"])
    }
}
