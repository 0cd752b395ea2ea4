import Foundation
import Rules

/// The clock on Swedish walls, which people write times by.
enum SwedishTime {
    private static let zone = TimeZone(identifier: "Europe/Stockholm")

    /// Seconds ahead of UTC. A machine without time zones is refused at start (`isKnown`).
    static func offset(at instant: Instant) -> Int {
        zone?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.microseconds) / 1_000_000)) ?? 3600
    }

    static var isKnown: Bool { zone != nil }

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
