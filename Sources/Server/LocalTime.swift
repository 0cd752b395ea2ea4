import Foundation
import Rules

/// A moment on the calendar and the clock.
struct CalendarTime: Equatable, Sendable {
    let year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int
    /// 0 is Monday.
    let weekday: Int

    /// In UTC.
    init(_ instant: Instant) {
        let second: Int64 = 1_000_000, day = 86_400
        let number = instant.utcDay.number
        let inDay = Int(instant.microseconds / second - Int64(number * day))
        let parts = instant.utcDay.iso.split(separator: "-").compactMap { Int($0) }
        (year, month, self.day) = parts.count == 3 ? (parts[0], parts[1], parts[2]) : (0, 1, 1)
        (hour, minute, self.second) = (inDay / 3600, inDay / 60 % 60, inDay % 60)
        weekday = ((number + 3) % 7 + 7) % 7   // 1970-01-01 was a Thursday
    }
}

/// Times as people in Sweden read them.
struct LocalTime: Sendable {
    struct NoZone: Error, CustomStringConvertible {
        var description: String { "this system does not know the time zone Europe/Stockholm (Debian: apt install tzdata)" }
    }

    private let zone: TimeZone

    init() throws(NoZone) {
        guard let zone = TimeZone(identifier: "Europe/Stockholm") else { throw NoZone() }
        self.zone = zone
    }

    /// `måndag 30 november 2026 kl. 16.00`, `Monday 30 November 2026 at 16:00 (Swedish time)`.
    func text(_ instant: Instant, in language: Language) -> String {
        let time = CalendarTime(instant.adding(seconds: offset(at: instant)))
        let names = Self.names(language)
        let day = "\(names.days[time.weekday]) \(time.day) \(names.months[time.month - 1]) \(time.year)"
        let minutes = time.minute < 10 ? "0\(time.minute)" : "\(time.minute)", hours = time.hour < 10 ? "0\(time.hour)" : "\(time.hour)"
        return switch language {
        case .sv: "\(day) kl. \(hours).\(minutes)"
        case .en: "\(day) at \(hours):\(minutes) (Swedish time)"
        }
    }

    /// Seconds ahead of UTC.
    func offset(at instant: Instant) -> Int {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.microseconds) / 1_000_000))
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
