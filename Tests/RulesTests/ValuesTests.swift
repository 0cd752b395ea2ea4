import Rules
import Testing

@Suite struct InstantTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0),
        ("2026-11-23T19:54:13Z", 1_795_463_653_000_000),
        ("2026-11-23T20:54:13+01:00", 1_795_463_653_000_000),
        ("2026-11-23T14:24:13-05:30", 1_795_463_653_000_000),
        ("2026-11-23t19:54:13z", 1_795_463_653_000_000),
        ("2026-11-23T19:54:13-00:00", 1_795_463_653_000_000),
        ("2026-11-23T19:54:13.5Z", 1_795_463_653_500_000),
        ("2026-11-23T19:54:13.000001Z", 1_795_463_653_000_001),
        ("2026-11-23T19:54:13.123456789Z", 1_795_463_653_123_456),
        ("1969-12-31T23:59:59.999999Z", -1),
        ("2000-02-29T00:00:00Z", 951_782_400_000_000),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
        ("9999-12-31T23:59:59Z", 253_402_300_799_000_000),
    ] as [(String, Int64)])
    func aDateTimeWithAnyOffsetIsRead(text: String, microseconds: Int64) {
        #expect(Instant(rfc3339: text)?.microseconds == microseconds)
    }

    @Test(arguments: [
        "", "2026-11-23", "2026-11-23T19:54Z", "2026-11-23T19:54:13", "2026-11-23 19:54:13Z", "2026-11-23T19:54:13.Z", "2026-11-23T19:54:13,5Z",
        "2026-11-23T24:00:00Z", "2026-11-23T19:60:00Z", "2026-11-23T23:59:60Z", "2026-11-23T19:54:13+0100", "2026-11-23T19:54:13+01",
        "2026-11-23T19:54:13+24:00", "2026-11-23T19:54:13+01:60", "2026-11-23T19:54:13Z ", " 2026-11-23T19:54:13Z", "2026-11-23T19:54:13ZZ",
        "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-04-31T00:00:00Z",
        "2026-01-00T00:00:00Z", "26-11-23T19:54:13Z", "+2026-11-23T19:54:13Z", "2026-11-23T19:54:13.1234567890Z", "٢٠٢٦-11-23T19:54:13Z",
        "2026-1-23T19:54:13Z", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "2026-11-23T19:54:13\u{2212}01:00",
        "1795463653", "now",
    ])
    func whatIsNoDateTimeIsRefused(text: String) {
        #expect(Instant(rfc3339: text) == nil)
    }

    @Test func everyMomentReadsBackAsItWasWritten() {
        var chance = Chance(seed: 1)
        for _ in 0..<20_000 {
            let microseconds = Int64.random(in: -62_135_596_800_000_000...253_402_300_799_999_999, using: &chance)
            let instant = Instant(microseconds: chance.happens(50) ? microseconds : microseconds / 1_000_000 * 1_000_000)
            #expect(Instant(rfc3339: instant.rfc3339) == instant)
        }
    }

    @Test func textsInUTCSortAsTheirMoments() {
        var chance = Chance(seed: 2)
        let instants = (0..<2_000).map { _ in Instant(microseconds: Int64(chance.int(-60_000_000_000...250_000_000_000)) * 1_000_000) }
        #expect(instants.sorted().map(\.rfc3339) == instants.map(\.rfc3339).sorted())
    }

    @Test func brokenTextsAreRefusedOrReadAsWritten() {
        var chance = Chance(seed: 3)
        let signs = Array("0123456789-:TZ+.tz ")
        for _ in 0..<20_000 {
            var text = Array("2024-02-29T23:59:59.123456+14:00")
            for _ in 0...chance.int(0...2) { text[chance.int(0...text.count - 1)] = signs[chance.int(0...signs.count - 1)] }
            guard let instant = Instant(rfc3339: String(text)) else { continue }
            #expect(Instant(rfc3339: instant.rfc3339) == instant, "\(String(text))")
        }
    }

    @Test func theFractionIsWrittenOnlyWhenThereIsOne() {
        #expect(Instant(microseconds: 0).rfc3339 == "1970-01-01T00:00:00Z")
        #expect(Instant(microseconds: 1_500_000).rfc3339 == "1970-01-01T00:00:01.5Z")
        #expect(Instant(microseconds: -1).rfc3339 == "1969-12-31T23:59:59.999999Z")
    }

    @Test func timePassesInWholeSeconds() throws {
        let noon = try #require(Instant(rfc3339: "2026-03-01T12:00:00Z"))
        #expect(noon.adding(days: -1).rfc3339 == "2026-02-28T12:00:00Z")
        #expect(noon.adding(seconds: 90).seconds(since: noon) == 90)
        #expect(noon.seconds(since: Instant(microseconds: noon.microseconds + 1)) == -1)
        #expect(noon.utcDay.iso == "2026-03-01")
    }
}

@Suite struct DayTests {
    @Test func everyDayOfFourHundredYearsFollowsTheOneBefore() throws {
        var day = try #require(Day(iso: "1800-01-01"))
        for _ in 0..<146_097 {
            let next = day.adding(days: 1)
            #expect(Day(iso: next.iso) == next && next.iso > day.iso)
            day = next
        }
        #expect(day.iso == "2200-01-01")
    }

    @Test(arguments: ["2026-02-29", "2026-11-31", "2026-00-10", "2026-10-00", "0000-01-01", "2026-1-1", "20261123", "2026-11-23T", "2026-11-2३", ""])
    func whatIsNoDayIsRefused(text: String) {
        #expect(Day(iso: text) == nil)
    }

    @Test(arguments: [
        ("2026-11-23", -36, "2023-11-23"), ("2024-02-29", -12, "2023-02-28"), ("2026-08-31", -6, "2026-02-28"), ("2026-01-31", 1, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"), ("2025-12-15", 1, "2026-01-15"), ("2027-02-28", -36, "2024-02-28"),
    ])
    func monthsEndWithTheShorterMonth(from: String, months: Int, to: String) throws {
        #expect(try #require(Day(iso: from)).adding(months: months).iso == to)
    }
}

@Suite struct IDTests {
    @Test func anIDIsReadInEitherCaseAndWrittenInLower() throws {
        let id = try #require(RoundID("6BA7B810-9DAD-41D1-80B4-00C04FD430C8"))
        #expect(id.description == "6ba7b810-9dad-41d1-80b4-00c04fd430c8")
        #expect(RoundID(id.description) == id)
    }

    @Test(arguments: [
        "", "6ba7b8109dad41d180b400c04fd430c8", "{6ba7b810-9dad-41d1-80b4-00c04fd430c8}", "6ba7b810-9dad-41d1-80b4-00c04fd430c",
        "6ba7b810-9dad-41d1-80b4-00c04fd430cg", "6ba7b810-9dad-41d1-80b4 00c04fd430c8", "6ba7b8109-dad-41d1-80b4-00c04fd430c8",
        " 6ba7b810-9dad-41d1-80b4-00c04fd430c8", "6ba7b810-9dad-41d1-80b4-00c04fd430c８",
    ])
    func whatIsNotTheCanonicalFormIsNoID(text: String) {
        #expect(RoundID(text) == nil)
    }

    @Test func aNewIDTellsNoTime() {
        let ids = (0..<100).map { _ in SeatID.random().description }
        #expect(Set(ids).count == 100)
        #expect(ids.allSatisfy { Array($0)[14] == "4" })
    }
}

@Suite struct TextTests {
    @Test func aTextIsThereInBothLanguages() {
        let text = Text2(sv: "nuläge", en: "current state")
        #expect(Language.allCases.map { text[$0] } == ["nuläge", "current state"])
    }
}
