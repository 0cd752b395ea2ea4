import Testing

@testable import Rules

@Suite struct IntegerTests {
    /// Numbers of one to three limbs, where `Int128` can check what it can hold.
    @Test func smallOnesCountAsTheMachineDoes() {
        var chance = Chance(seed: 11)
        for _ in 0..<5_000 {
            let (a, b) = (number(&chance), number(&chance))
            #expect((Integer(a) + Integer(b)).description == String(Int128(a) + Int128(b)))
            #expect((Integer(a) - Integer(b)).description == String(Int128(a) - Int128(b)))
            #expect((Integer(a) * Integer(b)).description == String(Int128(a) * Int128(b)))
            #expect((Integer(a) < Integer(b)) == (a < b))
            if b != 0 { #expect(Integer(a).flooredQuotient(Integer(b).magnitude).description == String(floored(Int128(a), Int128(b.magnitude)))) }
            #expect(Integer(a).int == a)
        }
    }

    @Test func largeOnesDivideBackIntoTheirFactors() {
        var chance = Chance(seed: 12)
        for _ in 0..<500 {
            let a = product(&chance), b = product(&chance), rest = Integer(chance.int(0...1_000))
            #expect((a * b + rest).flooredQuotient(b) == a, "rest below every b")
            #expect(Integer.greatestCommonDivisor(a * b, b) == b)
            #expect((a * a + rest).squareRoot == a, "rest below 2a + 1")
            #expect(a * b - a * (b - .one) == a)
        }
    }

    @Test func whatDoesNotFitIsNoInt() {
        #expect(Integer(.min).int == .min && Integer(.max).int == .max)
        #expect((Integer(.max) + .one).int == nil && (Integer(.min) - .one).int == nil)
        #expect(Integer.zero.squareRoot == .zero && Integer(3).squareRoot == .one && Integer(4).squareRoot == Integer(2))
    }

    private func number(_ chance: inout Chance) -> Int {
        Int(truncatingIfNeeded: chance.next()) >> chance.int(0...63)
    }

    /// 1,001 at least, of up to six limbs.
    private func product(_ chance: inout Chance) -> Integer {
        (0...chance.int(0...5)).reduce(Integer(1_001)) { value, _ in value * Integer(chance.int(1...Int.max)) }
    }

    private func floored(_ a: Int128, _ b: Int128) -> Int128 {
        let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

extension Integer {
    /// In decimal, by taking digits away: slow, and by another way than the code under test.
    fileprivate var description: String {
        var digits = "", rest = magnitude
        repeat {
            let next = rest.flooredQuotient(Integer(10))
            digits = String((rest - next * Integer(10)).int ?? -1) + digits
            rest = next
        } while !rest.isZero
        return (isNegative ? "-" : "") + digits
    }
}

@Suite struct RationalTests {
    @Test(arguments: [
        (14, 6, "2.3333"), (11, 6, "1.8333"), (191, 90, "2.1222"), (344, 90, "3.8222"), (1, 32, "0.0313"), (-1, 32, "-0.0312"), (1, -32, "-0.0312"),
        (5, 1, "5.0000"), (0, 7, "0.0000"), (-1, 3, "-0.3333"), (-2, 3, "-0.6667"), (1, 20_000, "0.0001"), (-1, 20_000, "0.0000"),
        (-3, 20_000, "-0.0001"), (99_999, 20_000, "5.0000"),
    ])
    func aFigureIsRoundedHalfUpToFourDecimals(numerator: Int, denominator: Int, text: String) {
        #expect(Figure(Rational(numerator, over: denominator)).description == text)
    }

    @Test func fractionsAreExact() {
        #expect(Rational(1, over: 3) + Rational(1, over: 6) == Rational(1, over: 2))
        #expect(Rational(2, over: -4) == Rational(-1, over: 2))
        #expect(Rational(1, over: 3) * 3 == 1 && Rational(1, over: 3) / Rational(1, over: 6) == 2)
        #expect(Rational(1, over: 3) < Rational(34, over: 100) && Rational(-1, over: 2) < Rational(-1, over: 3))
        #expect(Rational.mean([]) == nil && Rational.mean([1, 2]) == Rational(3, over: 2))
    }

    /// 40 items, each answered by another number of people near 10,000: the common denominator has 160 digits.
    @Test func aMeanOverTheLargestRoundsIsExact() throws {
        let means = (0..<40).map { Rational(7 * (10_000 - $0) - 1, over: 10_000 - $0) }
        let mean = try #require(Rational.mean(means))
        let sumOfParts = means.reduce(Rational(0)) { $0 + $1 / 40 }
        #expect(mean == sumOfParts && mean < 7 && Figure(mean).description == "6.9999")
    }

    @Test(arguments: [
        (16, 15, "1.0328"), (17, 30, "0.7528"), (6, 5, "1.0954"), (0, 1, "0.0000"), (4, 9, "0.6667"), (1, 4, "0.5000"), (2, 1, "1.4142"), (9, 1, "3.0000"),
        // (1.00005)² exactly, and one unit of the square less
        (10_001_000_025, 10_000_000_000, "1.0001"), (10_001_000_024, 10_000_000_000, "1.0000"),
    ])
    func aRootIsRoundedAsItselfAndNotAsItsApproximation(numerator: Int, denominator: Int, text: String) {
        #expect(Figure(Rational(numerator, over: denominator).squareRoot).description == text)
    }

    @Test func everyRootRoundsAsItsSquareSays() {
        var chance = Chance(seed: 13)
        for _ in 0..<1_000 {
            let square = Rational(chance.int(0...1_000_000), over: chance.int(1...1_000_000))
            let printed = Figure(square.squareRoot).exact, half = Rational(1, over: 20_000)
            let low = printed - half, high = printed + half
            #expect((low < 0 || low * low <= square) && square < high * high)
        }
    }
}

@Suite struct FigureTests {
    @Test(arguments: ["2.1222", "0.0000", "-0.0001", "-12.5000", "10.0000"])
    func aFigureReadsBack(text: String) {
        #expect(Figure(text)?.description == text)
    }

    @Test(arguments: ["", "2", "2.1", "2.12345", "02.1222", "-0.0000", "+1.0000", ".5000", "2,1222", "1e4.0000", " 2.1222"])
    func anotherSpellingIsNoFigure(text: String) {
        #expect(Figure(text) == nil)
    }

    @Test(arguments: [("2.1222", 1, "2.1"), ("2.2500", 1, "2.3"), ("-2.2500", 1, "-2.2"), ("-0.0400", 1, "0.0"), ("0.9603", 2, "0.96"), ("2.5000", 0, "3")])
    func peopleReadFewerDecimals(figure: String, decimals: Int, text: String) throws {
        #expect(try #require(Figure(figure)).text(decimals: decimals) == text)
    }
}
