/// A Swedish organisation number (domain.md §3), normalised to `NNNNNN-NNNN`.
public struct OrganisationNumber: Hashable, Sendable, CustomStringConvertible {
    public let text: String
    public var description: String { text }

    /// Ten digits, with or without the hyphen, or twelve with 16 in front. The third digit is 2 or more, which tells it from a personal identity number (those
    /// we neither want nor keep), and the last is Luhn's check digit.
    public init(_ written: String, at pointer: String = "/organisationNumber") throws(FieldFault) {
        let trimmed = written.trimmingSpaces
        guard !trimmed.isEmpty else { throw FieldFault(pointer, .required) }
        var rest = Scanner(trimmed)
        var digits = rest.digits(upTo: 12)
        if rest.skip("-") {
            let last = rest.digits(upTo: 4)
            guard (digits.count == 6 || digits.count == 8), last.count == 4 else { throw FieldFault(pointer, .malformed) }
            digits += last
        }
        if digits.count == 12, digits.starts(with: [1, 6]) { digits.removeFirst(2) }
        guard rest.isAtEnd, digits.count == 10, digits[2] >= 2 else { throw FieldFault(pointer, .malformed) }
        guard OrganisationNumber.luhnSum(digits).isMultiple(of: 10) else { throw FieldFault(pointer, .checkDigit) }
        let plain = digits.map(String.init).joined()
        text = "\(plain.prefix(6))-\(plain.suffix(4))"
    }

    private static func luhnSum(_ digits: [Int]) -> Int {
        digits.reversed().enumerated().reduce(0) { sum, next in
            let value = next.offset.isMultiple(of: 2) ? next.element : next.element * 2
            return sum + (value > 9 ? value - 9 : value)
        }
    }
}
