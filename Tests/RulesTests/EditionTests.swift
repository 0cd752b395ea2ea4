import Testing

@testable import Rules

/// disclosure.md §6.
@Suite struct EditionTests {
    static let instrument = ResultDocument.InstrumentVersion(key: "nr-1", version: 1)
    static let councils = (0..<40).map { _ in MunicipalityID.random() }
    static let day = Day(iso: "2026-12-01")!

    static func result(_ council: Int, _ figure: Int, fixed: String = "2026-11-01T00:00:00Z", world: World = .real, version: Int = 1) -> SharedResult {
        SharedResult(
            municipality: councils[council], world: world, instrument: .init(key: "nr-1", version: version), fixedAt: Instant(rfc3339: fixed)!,
            figures: ["d1.current": Figure(tenThousandths: figure)])
    }

    static func edition(_ number: Int, _ results: [SharedResult], after last: Edition? = nil, world: World = .real) -> Edition {
        Edition(number: number, on: day.adding(days: 30 * (number - 1)), world: world, instrument: instrument, results: results, after: last?.cells ?? [])
    }

    /// Councils 0, 1, 2 … at 1.00, 1.05, 1.10 …
    static func ladder(_ count: Int) -> [SharedResult] { (0..<count).map { result($0, 10_000 + 500 * $0) } }

    @Test(arguments: [
        (2, nil, nil, 0), (4, nil, nil, 0), (5, "1.1", nil, 0), (11, "1.3", nil, 0), (12, "1.3", "1.1", 0), (29, "1.7", "1.4", 0), (30, "1.7", "1.4", 9),
    ] as [(Int, String?, String?, Int)])
    func aCellHoldsWhatItsNumberOfCouncilsAllows(count: Int, median: String?, lowerQuartile: String?, deciles: Int) {
        let cell = Self.edition(1, Self.ladder(count)).cells.first?.published
        #expect((cell != nil) == (count >= 3))
        #expect(cell?.median?.text(decimals: 1) == median && cell?.lowerQuartile?.text(decimals: 1) == lowerQuartile)
        #expect((cell?.upperQuartile == nil) == (lowerQuartile == nil) && (cell?.deciles.count ?? 0) == deciles)
    }

    @Test(arguments: [(0, 1, "1.0000"), (1, 4, "1.7500"), (1, 2, "2.5000"), (3, 4, "3.2500"), (1, 1, "4.0000"), (1, 10, "1.3000")])
    func aQuantileLiesBetweenTheTwoNearestRanks(numerator: Int, denominator: Int, value: String) {
        #expect(Figure(quantile(Rational(numerator, over: denominator), of: [1, 2, 3, 4])).description == value)
        #expect(quantile(Rational(numerator, over: denominator), of: [7]) == 7)
    }

    @Test(arguments: [(5, true, PublishedCell.View.tooFew(others: 4)), (4, false, .tooFew(others: 4)), (0, false, .tooFew(others: 0))])
    func fewerThanFiveOthersShowNothing(count: Int, isIn: Bool, view: PublishedCell.View) {
        let cell = PublishedCell(of: Self.ladder(count).compactMap { $0.figures["d1.current"] }, edition: 1, on: Self.day)
        #expect(cell.view(forCouncilInIt: isIn) == view)
    }

    @Test(arguments: [(6, true), (5, false), (12, true)])
    func fiveOthersAreEnough(count: Int, isIn: Bool) throws {
        let cell = try #require(Self.edition(1, Self.ladder(count)).cells.first?.published)
        #expect(cell.view(forCouncilInIt: isIn) == .shown(cell))
    }

    @Test func whatOneOrTwoCouncilsDoMovesNoFigure() throws {
        let first = Self.edition(1, Self.ladder(12))
        let entered = Self.edition(2, Self.ladder(14), after: first)
        #expect(entered.cells == first.cells && entered.cells[0].published.day == Self.day)
        let left = Self.edition(2, Array(Self.ladder(12).dropFirst(2)), after: first)
        #expect(left.cells == first.cells)
        let swapped = Self.edition(2, Array(Self.ladder(13).dropFirst()), after: first)
        #expect(swapped.cells == first.cells)
        // Three, over two editions: compared is with what the standing figure was computed from.
        let third = Self.edition(3, Self.ladder(15), after: entered)
        #expect(third.cells[0].published.edition == 3 && third.cells[0].published.count == 15 && third.cells[0].published.day == Self.day.adding(days: 60))
    }

    @Test func anotherPrintedFigureIsAChangeAndTheSameFigureIsNone() {
        let first = Self.edition(1, Self.ladder(12))
        let again = (0..<3).map { Self.result($0, 10_000 + 500 * $0, fixed: "2026-12-15T00:00:00Z") } + Self.ladder(12).dropFirst(3)
        #expect(Self.edition(2, again, after: first).cells == first.cells)
        let other = (0..<3).map { Self.result($0, 10_001 + 500 * $0, fixed: "2026-12-15T00:00:00Z") } + Self.ladder(12).dropFirst(3)
        #expect(Self.edition(2, other, after: first).cells[0].published.edition == 2)
    }

    @Test func theLatestSharedResultWithinThirtySixMonthsCounts() {
        let counted = { (results: [SharedResult]) in
            Edition.counted(results, on: Self.day, world: .real, instrument: Self.instrument).compactMap { $0.figures["d1.current"]?.tenThousandths }.sorted()
        }
        #expect(counted([Self.result(0, 1, fixed: "2023-12-01T00:00:00Z"), Self.result(1, 2, fixed: "2023-11-30T23:59:59Z")]) == [1])
        #expect(counted([Self.result(0, 1, fixed: "2026-01-01T00:00:00Z"), Self.result(0, 2, fixed: "2026-06-01T00:00:00Z")]) == [2])
        #expect(counted([Self.result(0, 2, fixed: "2026-06-01T00:00:00Z"), Self.result(0, 1, fixed: "2026-01-01T00:00:00Z")]) == [2])
        #expect(counted([Self.result(0, 1, fixed: "2026-12-02T00:00:00Z")]) == [])
        #expect(counted([Self.result(0, 1, world: .fictional), Self.result(1, 2, version: 2), Self.result(2, 3)]) == [3])
    }

    @Test func theSameResultsGiveTheSameBytesInAnyOrder() {
        var chance = Chance(seed: 41)
        let bytes = Self.edition(1, Self.ladder(30)).canonicalBytes
        for _ in 0..<5 { #expect(Self.edition(1, Self.ladder(30).shuffled(using: &chance)).canonicalBytes == bytes) }
        #expect(
            Self.edition(1, Self.ladder(12), world: .real).json.canonicalText == """
                {"cells":[{"count":12,"day":"2026-12-01","edition":1,"figure":"d1.current","group":"all","lowerQuartile":"1.1","median":"1.3",\
                "upperQuartile":"1.4"}],"day":"2026-12-01","instrument":{"key":"nr-1","version":1},"number":1,"schema":"nyttograd/edition/1","world":"real"}
                """)
    }

    @Test(arguments: [
        (9_000, "below-lower-quartile"), (20_499, "at-lower-quartile"), (21_000, "between-lower-quartile-and-median"), (24_999, "at-median"),
        (25_500, "between-median-and-upper-quartile"), (29_600, "at-upper-quartile"), (50_000, "above-upper-quartile"),
    ])
    func aPositionIsReadOffThePublishedQuantiles(own: Int, code: String) {
        let cell = PublishedCell(
            count: 12, median: Figure("2.5000"), lowerQuartile: Figure("2.0000"), upperQuartile: Figure("3.0000"), deciles: [], edition: 1, day: Self.day)
        #expect(Position(of: Figure(tenThousandths: own), in: cell)?.rawValue == code)
    }

    @Test(arguments: [(24_000, "below-median"), (25_000, "at-median"), (26_000, "above-median")])
    func withoutQuartilesAPositionIsByTheMedian(own: Int, code: String) {
        let cell = PublishedCell(count: 6, median: Figure("2.5000"), lowerQuartile: nil, upperQuartile: nil, deciles: [], edition: 1, day: Self.day)
        #expect(Position(of: Figure(tenThousandths: own), in: cell)?.rawValue == code)
        let none = PublishedCell(count: 4, median: nil, lowerQuartile: nil, upperQuartile: nil, deciles: [], edition: 1, day: Self.day)
        #expect(Position(of: Figure(tenThousandths: own), in: none) == nil)
    }

    @Test func onlyShownFiguresAreCompared() {
        let shape = Sample.shape(dimensions: 2)
        let document = Sample.document(Sample.sheets(Array(repeating: "3/4 3/4 3/4 3/4 2/5 – – 2/5", count: 5), of: shape), of: shape)
        #expect(document.publishedFigures.mapValues(\.description) == ["d1.current": "3.0000", "d1.desired": "4.0000"])
        #expect(Sample.document(Array(Sample.vector.prefix(4)), of: Sample.shape()).publishedFigures.isEmpty)
    }
}
