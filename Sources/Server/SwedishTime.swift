import Foundation
import Rules

/// The clock on Swedish walls, which people read and write times by.
enum SwedishTime {
    struct NoZone: Error, CustomStringConvertible {
        var description: String { "this system does not know the time zone Europe/Stockholm (Debian: apt install tzdata)" }
    }

    private static let zone = TimeZone(identifier: "Europe/Stockholm")

    /// For the start: a machine without time zones is refused.
    static func requireZone() throws(NoZone) {
        if zone == nil { throw NoZone() }
    }

    /// Seconds ahead of UTC.
    static func offset(at instant: Instant) -> Int {
        zone?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.microseconds) / 1_000_000)) ?? 3600
    }

    /// Reads `2026-12-01T16:00`, with or without seconds. Of the hour that comes twice in autumn the first is meant; a time that is skipped in
    /// spring is moved on by the hour that is skipped.
    static func instant(_ local: String) -> Instant? {
        let text = local.utf8.count == 16 ? local + ":00" : local
        guard let asUTC = Instant(rfc3339: text + "Z") else { return nil }
        // Before a change of offset the earlier one holds: asking a day before finds it.
        let before = offset(at: asUTC.adding(days: -1)), after = offset(at: asUTC.adding(days: 1))
        let candidates = [before, after].map { asUTC.adding(seconds: -$0) }
        return candidates.first { offset(at: $0) == asUTC.seconds(since: $0) } ?? candidates[0]
    }

    /// `2026-12-01T16:00`, as a `datetime-local` field holds it.
    static func local(_ instant: Instant) -> String {
        let shifted = instant.adding(seconds: offset(at: instant))
        return String(Instant(microseconds: shifted.microseconds - shifted.microseconds % 60_000_000).rfc3339.prefix(16))
    }

    /// The day on Swedish walls.
    static func day(_ instant: Instant) -> Day { instant.adding(seconds: offset(at: instant)).utcDay }
}

// MARK: - In words

extension SwedishTime {
    /// `23 november 2026 kl. 20.54`, `23 November 2026 at 20:54`.
    static func text(_ instant: Instant, in language: Language) -> String {
        "\(text(day(instant), in: language)) \(language == .sv ? "kl." : "at") \(clock(instant, in: language))"
    }

    /// `8 december 2026 kl. 10.00–11.30`; on different days, both with their dates.
    static func text(from start: Instant, to end: Instant, in language: Language) -> String {
        let isOneDay = day(start) == day(end)
        return text(start, in: language) + (isOneDay ? "–" + clock(end, in: language) : " – " + text(end, in: language))
    }

    private static func clock(_ instant: Instant, in language: Language) -> String {
        let clock = String(local(instant).suffix(5))
        return language == .sv ? clock.replacing(":", with: ".") : clock
    }

    /// `måndag 30 november 2026 kl. 16.00`, `Monday 30 November 2026 at 16:00 (Swedish time)`.
    static func longText(_ instant: Instant, in language: Language) -> String {
        "\(names(language).days[day(instant).weekday]) \(text(instant, in: language))" + (language == .en ? " (Swedish time)" : "")
    }

    /// `23 november 2026`.
    static func text(_ day: Day, in language: Language) -> String {
        let parts = day.iso.split(separator: "-").compactMap { Int($0) }
        return "\(parts[2]) \(names(language).months[parts[1] - 1]) \(parts[0])"
    }

    private static func names(_ language: Language) -> (days: [String], months: [String]) {
        switch language {
        case .sv: (
            ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
            ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"])
        case .en: (
            ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
            ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"])
        }
    }
}
