/// An integer of any size. A mean over many items has the product of many counts below its line, so no fixed width is wide enough in every round; here
/// nothing can overflow, and nothing is ever rounded on the way.
struct Integer: Hashable, Sendable {
    private(set) var isNegative: Bool
    /// Least significant first; no zero at the top, so that equal numbers have equal limbs and 0 has none.
    private var limbs: [UInt]

    init(_ value: Int) {
        self.init(limbs: value == 0 ? [] : [value.magnitude], negative: value < 0)
    }

    private init(limbs: [UInt], negative: Bool) {
        self.limbs = limbs
        while self.limbs.last == 0 { self.limbs.removeLast() }
        isNegative = negative && !self.limbs.isEmpty
    }

    static let zero = Integer(0)
    static let one = Integer(1)

    var isZero: Bool { limbs.isEmpty }
    var magnitude: Integer { Integer(limbs: limbs, negative: false) }

    /// The value as an `Int`, if it fits.
    var int: Int? {
        guard limbs.count <= 1 else { return nil }
        return isNegative ? Int(exactly: -Int128(limbs[0])) : Int(exactly: limbs.first ?? 0)
    }

    /// Ten to the power of `exponent`, 0–24.
    static func ten(_ exponent: Int) -> Integer { tens[exponent] }

    /// To the 24th, which is the highest that a root needs.
    private static let tens = (0...24).map { exponent in (0..<exponent).reduce(one) { power, _ in power * Integer(10) } }
}

// MARK: - Comparing, adding, multiplying

extension Integer: Comparable {
    static func < (a: Integer, b: Integer) -> Bool {
        if a.isNegative != b.isNegative { return a.isNegative }
        return a.isNegative ? isLess(b.limbs, a.limbs) : isLess(a.limbs, b.limbs)
    }

    static prefix func - (a: Integer) -> Integer {
        Integer(limbs: a.limbs, negative: !a.isNegative)
    }

    static func + (a: Integer, b: Integer) -> Integer {
        if a.isNegative == b.isNegative { return Integer(limbs: sum(a.limbs, b.limbs), negative: a.isNegative) }
        return isLess(a.limbs, b.limbs)
            ? Integer(limbs: difference(b.limbs, a.limbs), negative: b.isNegative)
            : Integer(limbs: difference(a.limbs, b.limbs), negative: a.isNegative)
    }

    static func - (a: Integer, b: Integer) -> Integer { a + -b }

    static func * (a: Integer, b: Integer) -> Integer {
        guard !a.isZero, !b.isZero else { return zero }
        var product = [UInt](repeating: 0, count: a.limbs.count + b.limbs.count)
        for (i, x) in a.limbs.enumerated() {
            var carry: UInt = 0
            for (j, y) in b.limbs.enumerated() {
                let (high, low) = x.multipliedFullWidth(by: y)
                let (first, over1) = product[i + j].addingReportingOverflow(low)
                let (second, over2) = first.addingReportingOverflow(carry)
                product[i + j] = second
                carry = high + (over1 ? 1 : 0) + (over2 ? 1 : 0)  // high is at most UInt.max - 1, and both cannot overflow then
            }
            product[i + b.limbs.count] = carry
        }
        return Integer(limbs: product, negative: a.isNegative != b.isNegative)
    }

    private static func isLess(_ a: [UInt], _ b: [UInt]) -> Bool {
        if a.count != b.count { return a.count < b.count }
        for (x, y) in zip(a.reversed(), b.reversed()) where x != y { return x < y }
        return false
    }

    private static func sum(_ a: [UInt], _ b: [UInt]) -> [UInt] {
        let (long, short) = a.count >= b.count ? (a, b) : (b, a)
        var result = long
        var carry = false
        for i in long.indices {
            let (first, over1) = long[i].addingReportingOverflow(i < short.count ? short[i] : 0)
            let (second, over2) = first.addingReportingOverflow(carry ? 1 : 0)
            result[i] = second
            carry = over1 || over2
        }
        return carry ? result + [1] : result
    }

    /// `a - b`, where `a` is at least `b`.
    private static func difference(_ a: [UInt], _ b: [UInt]) -> [UInt] {
        var result = a
        var borrow = false
        for i in a.indices {
            let (first, under1) = a[i].subtractingReportingOverflow(i < b.count ? b[i] : 0)
            let (second, under2) = first.subtractingReportingOverflow(borrow ? 1 : 0)
            result[i] = second
            borrow = under1 || under2
        }
        return result
    }
}

// MARK: - Dividing

extension Integer {
    /// The quotient rounded towards minus infinity, for a positive divisor.
    func flooredQuotient(_ divisor: Integer) -> Integer {
        let (quotient, remainder) = magnitude.divided(by: divisor)
        guard isNegative else { return quotient }
        return remainder.isZero ? -quotient : -(quotient + .one)
    }

    /// The greatest number that divides both; not negative.
    static func greatestCommonDivisor(_ a: Integer, _ b: Integer) -> Integer {
        var (a, b) = (a.magnitude, b.magnitude)
        while a.limbs.count > 1 || b.limbs.count > 1 {
            if b.isZero { return a }
            (a, b) = (b, a.divided(by: b).remainder)
        }
        var (x, y) = (a.limbs.first ?? 0, b.limbs.first ?? 0)  // nearly always from the start, and much faster
        while y != 0 { (x, y) = (y, x % y) }
        return Integer(limbs: [x], negative: false)
    }

    /// The greatest integer whose square is not above this one, which is not negative. Newton's steps from above fall until they have arrived.
    var squareRoot: Integer {
        guard !isZero else { return .zero }
        var root = Integer.powerOfTwo((bitWidth + 1) / 2)
        while true {
            let next = (root + flooredQuotient(root)).flooredQuotient(Integer(2))
            guard next < root else { return root }
            root = next
        }
    }

    /// Both numbers not negative, the divisor not 0.
    private func divided(by divisor: Integer) -> (quotient: Integer, remainder: Integer) {
        precondition(!divisor.isZero && !divisor.isNegative && !isNegative, "division of what is not negative by what is positive")
        if self < divisor { return (.zero, self) }
        if divisor.limbs.count == 1 { return divided(byLimb: divisor.limbs[0]) }
        var quotient = [UInt](repeating: 0, count: limbs.count)
        var remainder = Integer.zero
        for bit in (0..<bitWidth).reversed() {
            remainder = remainder + remainder + (hasBit(bit) ? .one : .zero)
            guard remainder >= divisor else { continue }
            remainder = remainder - divisor
            quotient[bit / UInt.bitWidth] |= 1 << UInt(bit % UInt.bitWidth)
        }
        return (Integer(limbs: quotient, negative: false), remainder)
    }

    private func divided(byLimb divisor: UInt) -> (quotient: Integer, remainder: Integer) {
        var quotient = limbs
        var remainder: UInt = 0
        for i in limbs.indices.reversed() {
            (quotient[i], remainder) = divisor.dividingFullWidth((remainder, limbs[i]))
        }
        return (Integer(limbs: quotient, negative: false), Integer(limbs: [remainder], negative: false))
    }

    private var bitWidth: Int {
        guard let top = limbs.last else { return 0 }
        return limbs.count * UInt.bitWidth - top.leadingZeroBitCount
    }

    private func hasBit(_ bit: Int) -> Bool {
        limbs[bit / UInt.bitWidth] & (1 << UInt(bit % UInt.bitWidth)) != 0
    }

    private static func powerOfTwo(_ exponent: Int) -> Integer {
        var limbs = [UInt](repeating: 0, count: exponent / UInt.bitWidth + 1)
        limbs[exponent / UInt.bitWidth] = 1 << UInt(exponent % UInt.bitWidth)
        return Integer(limbs: limbs, negative: false)
    }
}
