/// A moment, to the microsecond, as PostgreSQL keeps it. No clock is read here: who needs the time is given it.
public struct Instant: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Since 1970-01-01T00:00:00Z, leap seconds not counted.
    public var microseconds: Int64

    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The start of a day in UTC.
    public init(_ day: Day) {
        self.init(microseconds: Int64(day.number) * Instant.day)
    }

    public static func < (a: Instant, b: Instant) -> Bool { a.microseconds < b.microseconds }

    public func adding(seconds: Int) -> Instant {
        Instant(microseconds: microseconds + Int64(seconds) * Instant.second)
    }

    public func adding(days: Int) -> Instant {
        adding(seconds: days * 86_400)
    }

    /// Whole seconds from `earlier` to this moment, rounded down.
    public func seconds(since earlier: Instant) -> Int {
        Int((microseconds - earlier.microseconds).flooredQuotient(Instant.second))
    }

    /// The day in UTC.
    public var utcDay: Day {
        Day(number: Int(microseconds.flooredQuotient(Instant.day)))
    }

    public var description: String { rfc3339 }

    private static let second: Int64 = 1_000_000
    private static let day: Int64 = 86_400 * second
}

// MARK: - RFC 3339

extension Instant {
    /// Reads an RFC 3339 date-time with any offset. A fraction has one to nine digits, and what is finer than a microsecond is cut. Refused, though the
    /// grammar has them: a leap second (no clock here can say it), and a moment outside the years 1–9999 in UTC.
    public init?(rfc3339 text: String) {
        var rest = Scanner(text)
        guard let year = rest.number(4), rest.skip("-"), let month = rest.number(2), rest.skip("-"), let dayOfMonth = rest.number(2),
            let day = Day(year: year, month: month, day: dayOfMonth),
            rest.skip("T") || rest.skip("t"),
            let hour = rest.number(2), hour < 24, rest.skip(":"), let minute = rest.number(2), minute < 60, rest.skip(":"),
            let second = rest.number(2), second < 60,
            let fraction = rest.fraction(), let offset = rest.offset(), rest.isAtEnd
        else { return nil }
        let seconds = Int64(hour * 3600 + minute * 60 + second - offset)
        self.init(microseconds: Int64(day.number) * Instant.day + seconds * Instant.second + Int64(fraction))
        guard (1...9999).contains(utcDay.civil.year) else { return nil }
    }

    /// `2026-11-23T19:54:13Z`; a fraction only when it is not 0, without trailing zeros.
    public var rfc3339: String {
        let inDay = microseconds.flooredRemainder(Instant.day)
        let seconds = Int(inDay / Instant.second)
        let clock = "\((seconds / 3600).padded(2)):\((seconds / 60 % 60).padded(2)):\((seconds % 60).padded(2))"
        return "\(utcDay.iso)T\(clock)\(Instant.fractionText(Int(inDay % Instant.second)))Z"
    }

    private static func fractionText(_ microseconds: Int) -> String {
        guard microseconds > 0 else { return "" }
        var digits = microseconds.padded(6)
        while digits.last == "0" { digits.removeLast() }
        return "." + digits
    }
}

extension Scanner {
    /// The fraction in microseconds, 0 if there is none; nil if it is malformed.
    fileprivate mutating func fraction() -> Int? {
        guard skip(".") else { return 0 }
        let digits = digits(upTo: 9)
        guard !digits.isEmpty else { return nil }
        let six = digits.prefix(6)
        return six.reduce(0) { $0 * 10 + $1 } * (six.count..<6).reduce(1) { power, _ in power * 10 }
    }

    /// The offset from UTC in seconds.
    fileprivate mutating func offset() -> Int? {
        if skip("Z") || skip("z") { return 0 }
        let sign = skip("+") ? 1 : skip("-") ? -1 : 0
        guard sign != 0, let hours = number(2), hours < 24, skip(":"), let minutes = number(2), minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
