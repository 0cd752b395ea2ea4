/// Reads fixed ASCII forms from the left, byte by byte: a digit of another script is no digit here.
struct Scanner {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = text[...].utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// True, and past it, if the next byte is `character`.
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    /// A number of exactly `count` digits.
    mutating func number(_ count: Int) -> Int? {
        let digits = digits(upTo: count)
        return digits.count == count ? digits.reduce(0) { $0 * 10 + $1 } : nil
    }

    /// The digits that follow, at most `limit` of them.
    mutating func digits(upTo limit: Int) -> [Int] {
        var digits: [Int] = []
        while digits.count < limit, let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            digits.append(Int(byte - UInt8(ascii: "0")))
            rest.removeFirst()
        }
        return digits
    }
}

extension BinaryInteger {
    /// The quotient rounded towards minus infinity, for a positive divisor.
    func flooredQuotient(_ divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// What is left of `flooredQuotient`: 0 or more, below the divisor.
    func flooredRemainder(_ divisor: Self) -> Self {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }

    /// In decimal, with zeros in front up to `width`.
    func padded(_ width: Int) -> String {
        let text = String(self)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
