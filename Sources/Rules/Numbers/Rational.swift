/// An exact fraction. Every figure is one until it is printed.
public struct Rational: Hashable, Sendable {
    /// In lowest terms; the denominator is positive.
    let numerator: Integer
    let denominator: Integer

    public init(_ value: Int) {
        (numerator, denominator) = (Integer(value), .one)
    }

    /// `numerator` divided by `denominator`, which is not 0.
    public init(_ numerator: Int, over denominator: Int) {
        self.init(Integer(numerator), over: Integer(denominator))
    }

    init(_ numerator: Integer, over denominator: Integer) {
        precondition(!denominator.isZero, "a fraction over 0")
        let divisor = Integer.greatestCommonDivisor(numerator, denominator)
        let positive = denominator.isNegative ? -numerator : numerator
        self.numerator = divisor == .one ? positive : positive.flooredQuotient(divisor)  // nothing is left, so nothing is floored
        self.denominator = divisor == .one ? denominator.magnitude : denominator.magnitude.flooredQuotient(divisor)
    }

    /// The arithmetic mean; nil of nothing.
    public static func mean(_ values: [Rational]) -> Rational? {
        values.isEmpty ? nil : values.reduce(0, +) / Rational(values.count)
    }

    /// The greatest integer not above the number times ten to `places`: the number cut, not rounded.
    func floored(places: Int = 0) -> Integer {
        (numerator * .ten(places)).flooredQuotient(denominator)
    }

    /// Half up (towards plus infinity), in units of ten to minus `places`: 2.12225 to four places is 21223, -2.12225 is -21222.
    func rounded(places: Int) -> Integer {
        (self + Rational(.one, over: Integer(2) * .ten(places))).floored(places: places)
    }

    /// The square root of what is not negative: exact if it is a fraction, otherwise cut after twelve decimals. Cutting never changes how the root itself
    /// rounds half up to fewer decimals, because the halves lie on the grid that it is cut to.
    var squareRoot: Rational {
        let (above, below) = (numerator.squareRoot, denominator.squareRoot)
        if above * above == numerator, below * below == denominator { return Rational(above, over: below) }
        return Rational((numerator * .ten(24)).flooredQuotient(denominator).squareRoot, over: .ten(12))
    }
}

extension Rational: Comparable, ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int) { self.init(value) }

    public static func < (a: Rational, b: Rational) -> Bool { a.numerator * b.denominator < b.numerator * a.denominator }
    public static func + (a: Rational, b: Rational) -> Rational {
        Rational(a.numerator * b.denominator + b.numerator * a.denominator, over: a.denominator * b.denominator)
    }
    public static func - (a: Rational, b: Rational) -> Rational { a + -b }
    public static func * (a: Rational, b: Rational) -> Rational { Rational(a.numerator * b.numerator, over: a.denominator * b.denominator) }
    public static func / (a: Rational, b: Rational) -> Rational { Rational(a.numerator * b.denominator, over: a.denominator * b.numerator) }
    public static prefix func - (a: Rational) -> Rational { Rational(-a.numerator, over: a.denominator) }
}
