/// A day of the Gregorian calendar, 0001-01-01 to 9999-12-31, without a time or a zone.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01.
    public let number: Int

    public var year: Int { civil.year }

    /// Nil if the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Day.length(ofMonth: month, year: year) else { return nil }
        self.init(number: Day.number(year: year, month: month, day: day))
    }

    /// Reads `2026-11-23`; nothing shorter, longer or looser.
    public init?(iso: String) {
        var digits = Scanner(iso)
        guard let year = digits.number(4), digits.skip("-"), let month = digits.number(2), digits.skip("-"), let day = digits.number(2), digits.isAtEnd
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    init(number: Int) {
        self.number = number
    }

    /// 0 is Monday. 1970-01-01 was a Thursday.
    public var weekday: Int { ((number + 3) % 7 + 7) % 7 }

    public static func < (a: Day, b: Day) -> Bool { a.number < b.number }

    public var iso: String {
        let (year, month, day) = civil
        return "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))"
    }

    public var description: String { iso }

    public func adding(days: Int) -> Day {
        Day(number: number + days)
    }

    /// The same day of another month, or that month's last day where it is shorter: 31 August less six months is 28 or 29 February.
    public func adding(months: Int) -> Day {
        let (year, month, day) = civil
        let count = year * 12 + (month - 1) + months
        let (newYear, newMonth) = (count.flooredQuotient(12), count.flooredRemainder(12) + 1)
        return Day(number: Day.number(year: newYear, month: newMonth, day: min(day, Day.length(ofMonth: newMonth, year: newYear))))
    }
}

// MARK: - The calendar

extension Day {
    /// Year, month and day. Years are counted from 1 March, so that the leap day is the last of a year and needs no exception.
    var civil: (year: Int, month: Int, day: Int) {
        let sinceMarch0 = number + Day.epoch
        let era = sinceMarch0.flooredQuotient(Day.era)
        let dayOfEra = sinceMarch0.flooredRemainder(Day.era)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - Day.daysBefore(yearOfEra)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    static func number(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear.flooredQuotient(400)
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        return era * Day.era + daysBefore(marchYear.flooredRemainder(400)) + dayOfYear - epoch
    }

    static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days of 400 years: the calendar repeats.
    private static let era = 146_097
    /// Days from 0000-03-01 to 1970-01-01.
    private static let epoch = 719_468

    private static func daysBefore(_ yearOfEra: Int) -> Int {
        yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100
    }
}
