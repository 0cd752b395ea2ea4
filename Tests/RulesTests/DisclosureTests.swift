import Testing

@testable import Rules

/// disclosure.md §1, §4 and §5, for what is pure code.
@Suite struct DisclosureTests {
    let shape = Sample.shape()

    // MARK: - The test vector

    @Test func theTestVectorComesOutToTheLastDecimal() throws {
        let dimension = Analysis(of: Sample.vector, shape: shape, k: 5).dimensions[0]
        #expect(dimension.items.map(\.cells.pairs) == [6, 6, 5, 3])
        #expect(dimension.items.map { $0.result.figures?.current.description } == ["2.3333", "1.8333", "2.2000", nil])
        #expect(dimension.items.map { $0.result.figures?.desired.description } == ["4.0000", "3.6667", "3.8000", nil])
        #expect(dimension.items.map { $0.result.figures?.spread.description } == ["1.0328", "0.7528", "1.0954", nil])
        #expect(dimension.items[3].result.reason == .tooFew)
        #expect(dimension.items[0].result.figures?.agreement.description == "0.6667")

        let figures = try #require(dimension.result.figures)
        #expect(figures.current.description == "2.1222")
        #expect(figures.level == 2)
        #expect(figures.desired.description == "3.8222")
        #expect(figures.gap.description == "1.7000")
        #expect(figures.spread.description == "0.9603")
        #expect(figures.priority.description == "0.5538")
        #expect(figures.shownItems == 3)
        #expect((dimension.dontKnow, dimension.answers) == (4, 24))
        #expect(dimension.dontKnowShare.description == "0.1667")
    }

    // MARK: - Each rule, and what happens without it

    /// One person gave only the current level: with a base for each histogram, what is in the one and not in the other is his answer.
    @Test func r2HalfAPairNeverShowsWhoseItIs() throws {
        let sheets = Sample.sheets(["1/3 . . .", "2/3 . . .", "2/4 . . .", "3/4 . . .", "1/3 . . .", "5/0 . . ."], of: shape)
        let bothHistogramsHaveOneBase = { (rules: Disclosure) -> Bool in
            let cells = Cells(item: 0, of: sheets, levels: 5, k: 5, rules: rules)
            return cells.histograms?.current.persons == cells.pairs && cells.histograms?.desired.persons == cells.pairs
        }
        #expect(bothHistogramsHaveOneBase(Disclosure()))
        #expect(!bothHistogramsHaveOneBase(Disclosure(oneBase: false)))
    }

    @Test func r3FourAnswersAreHidden() {
        let sheets = Sample.sheets(["1/3 . . .", "2/3 . . .", "2/4 . . .", "3/4 . . .", "– . . .", "– . . ."], of: shape)
        let everyHistogramStandsForK = { (rules: Disclosure) in
            Analysis(of: sheets, shape: shape, k: 5, rules: rules).dimensions[0].items.allSatisfy { ($0.cells.histograms?.current.persons ?? 5) >= 5 }
        }
        #expect(everyHistogramStandsForK(Disclosure()))
        #expect(!everyHistogramStandsForK(Disclosure(histogramsFromK: false)))
    }

    /// Two rounds that differ only inside a hidden cell are one document.
    @Test func r4AHiddenCellTakesNoPart() {
        let other = Sample.sheets(
            ["2/4 1/4 2/4 5/5", "3/4 2/4 2/3 –", "1/3 1/3 2/3 5/5", "4/5 3/4 4/5 5/5", "2/4 2/4 – –", "2/4 2/3 1/4 –"], of: shape)
        let areOneDocument = { (rules: Disclosure) in
            Sample.document(Sample.vector, of: shape, rules: rules).canonicalBytes == Sample.document(other, of: shape, rules: rules).canonicalBytes
        }
        #expect(areOneDocument(Disclosure()))
        #expect(!areOneDocument(Disclosure(onlyFromPrinted: false)))
    }

    @Test func r5FourPeopleAreTooFewWhateverIsAskedFor() {
        let sheets = Sample.sheets(Array(repeating: "2/4 1/4 2/4 2/3", count: 4), of: shape)
        let fourGetFigures = { (rules: Disclosure) in Sample.document(sheets, of: shape, k: 3, rules: rules).findings != nil }
        #expect(!fourGetFigures(Disclosure()))
        #expect(fourGetFigures(Disclosure(kAtLeastFive: false)))
    }

    @Test func r5ACouncilMayRaiseK() {
        #expect(Sample.document(Sample.vector, of: shape, k: 6).findings?.analysis.dimensions[0].items.map { $0.result.figures == nil }
            == [false, false, true, true])
        #expect(Sample.document(Sample.vector, of: shape, k: 7).findings == nil)
    }

    @Test func r7ThereIsOneReason() {
        let sheets = Sample.sheets(Array(repeating: "2/4 1/4 – –", count: 5), of: shape)
        let reasons = { (rules: Disclosure) -> Set<Hidden> in
            let analysis = Analysis(of: sheets, shape: shape, k: 5, rules: rules)
            let ofItems = analysis.dimensions[0].items.compactMap(\.result.reason)
            return Set(ofItems + [analysis.dimensions[0].result.reason, analysis.overall.reason].compactMap(\.self) + analysis.questions.compactMap(\.result.reason))
        }
        #expect(reasons(Disclosure()) == [.tooFew])
        #expect(reasons(Disclosure(oneReason: false)).count > 1)
    }

    // MARK: - What is shown of dimensions, questions and the whole

    @Test(arguments: [
        ("2/4 1/4 2/4 –", true), ("2/4 1/4 – –", false), ("2/4 1/4 x –", false), ("2/4 1/4 2/4 x", true), ("2/4 1/4 2/0 .", false),
    ])
    func aDimensionIsShownIfThreeOfItsFourItemsAre(row: String, isShown: Bool) {
        let analysis = Analysis(of: Sample.sheets(Array(repeating: row, count: 5), of: shape), shape: shape, k: 5)
        #expect((analysis.dimensions[0].result.figures != nil) == isShown)
        #expect((analysis.overall.figures != nil) == isShown)
        #expect(analysis.order == (isShown ? ["d1"] : []))
    }

    @Test func whatNobodyFindsRelevantSaysSoOnlyForTheWholeItemOrDimension() {
        let all = Analysis(of: Sample.sheets(Array(repeating: "x x x x", count: 5), of: shape), shape: shape, k: 5).dimensions[0]
        #expect(all.items.allSatisfy { $0.result.reason == .notRelevant } && all.result.reason == .notRelevant)
        let most = Analysis(of: Sample.sheets(Array(repeating: "x x x x", count: 4) + ["– x 2/3 x"], of: shape), shape: shape, k: 5).dimensions[0]
        #expect(most.items.map(\.result.reason) == [.tooFew, .notRelevant, .tooFew, .notRelevant] && most.result.reason == .tooFew)
    }

    @Test func theWholeIsShownOnlyWithEveryDimensionAndBesideTheWeakest() throws {
        let two = Sample.shape(dimensions: 2)
        let full = Analysis(of: Sample.sheets(Array(repeating: "3/4 3/4 3/4 3/4 2/5 2/5 2/5 2/5", count: 5), of: two), shape: two, k: 5)
        let overall = try #require(full.overall.figures)
        #expect((overall.current.description, overall.desired.description, overall.gap.description) == ("2.5000", "4.5000", "2.0000"))
        #expect(overall.weakest == "d2" && overall.level == 3)
        #expect(full.order == ["d2", "d1"])
        let part = Analysis(of: Sample.sheets(Array(repeating: "3/4 3/4 3/4 3/4 2/5 – – 2/5", count: 5), of: two), shape: two, k: 5)
        #expect(part.overall.reason == .tooFew && part.order == ["d1"])
    }

    @Test func equalsStandInTheInstrumentsOrder() {
        let three = Sample.shape(dimensions: 3)
        let row = Array(repeating: "2/4", count: 12).joined(separator: " ")
        let analysis = Analysis(of: Sample.sheets(Array(repeating: row, count: 5), of: three), shape: three, k: 5)
        #expect(analysis.order == ["d1", "d2", "d3"] && analysis.overall.figures?.weakest == "d1")
    }

    @Test func aQuestionIsTheMeanOfItsShownItems() throws {
        let two = Sample.shape(dimensions: 2)
        let analysis = Analysis(of: Sample.sheets(Array(repeating: "1/2 3/4 3/4 3/4 4/5 2/5 – 2/5", count: 5), of: two), shape: two, k: 5)
        #expect(analysis.questions.map(\.number) == [1, 2, 3, 4, 7])
        let first = try #require(analysis.questions[0].result.figures)
        #expect((first.current.description, first.desired.description, first.gap.description, first.level) == ("2.5000", "3.5000", "1.0000", 3))
        #expect(analysis.questions[2].result.reason == .tooFew && analysis.questions[2].shownItems == 1 && analysis.questions[2].items == 2)
    }

    @Test(arguments: [(1, 1, 1), (149, 100, 1), (15, 10, 2), (25, 10, 3), (449, 100, 4), (9, 2, 5), (5, 1, 5)])
    func aMeanStandsForTheNearestLevel(numerator: Int, denominator: Int, expected: Int) {
        #expect(level(of: Rational(numerator, over: denominator), levels: 5) == expected)
    }

    @Test(arguments: [
        ([0, 0, 7, 0, 0], "1.0000"), ([3, 0, 0, 0, 3], "0.0000"), ([1, 1, 1, 1, 1], "0.4000"), ([0, 3, 3, 0, 0], "0.7500"), ([1, 0, 0, 0, 5], "0.6667"),
    ])
    func agreementRunsFromHalvesAtTheEndsToOneLevel(counts: [Int], text: String) throws {
        #expect(Figure(try #require(Histogram(counts: counts)).agreement).description == text)
    }
}
