import Testing

@testable import Rules

/// What is said of a figure computes to the figure.
@Suite struct ExplanationTests {
    @Test func everyExplanationComputesToItsFigure() throws {
        var chance = Chance(seed: 51), explained = 0, hidden = 0
        for people in 5...24 {
            let shape = Sample.shape(dimensions: chance.int(2...4), items: chance.int(1...5), levels: chance.int(3...7))
            let analysis = try #require(Sample.document(Sample.round(people: people, of: shape, dontKnow: 20, &chance), of: shape).findings).analysis
            let all = Explanation.all(of: analysis, shape: shape)
            #expect(all.count == 3 + 5 * shape.dimensions.count + 5 * shape.items.count + 3 * analysis.questions.count)
            for explanation in all {
                #expect(FigureAddress("\(explanation.address)") == explanation.address)
                #expect(explanation.formula.map { Figure($0.value) } == explanation.result.figures, "\(explanation.address)")
                if explanation.formula == nil { hidden += 1 } else { explained += 1 }
                // Nothing of it is said of an item that is hidden.
                #expect(explanation.cells.allSatisfy { $0.pairs >= 5 && $0.current.reduce(0, +) == $0.pairs && $0.desired.reduce(0, +) == $0.pairs })
            }
        }
        #expect(explained > 500 && hidden > 50)
    }

    @Test func theTestVectorIsExplained() throws {
        let shape = Sample.shape(), analysis = try #require(Sample.document(Sample.vector, of: shape).findings).analysis
        let text = { (address: String) in FigureAddress(address).flatMap { Explanation($0, in: analysis, shape: shape) }?.formula?.text }
        #expect(text("item.d1.1.current") == "(1 × 1 + 3 × 2 + 1 × 3 + 1 × 4) / 6")
        #expect(text("item.d1.1.gap") == "24/6 \u{2212} 14/6")
        #expect(text("item.d1.1.spread") == "s(1, 3, 1, 1, 0)")
        #expect(text("item.d1.4.current") == nil && text("item.d1.4.dont-know") == "3/6")
        #expect(text("dimension.d1.current") == "(14/6 + 11/6 + 11/5) / 3")
        #expect(text("dimension.d1.dont-know") == "4/24")
        #expect(text("question.3.desired") == "(2 × 3 + 2 × 4 + 1 × 5) / 5")
        #expect(text("overall.current") == "(14/6 + 11/6 + 11/5) / 3")
    }

    @Test(arguments: ["", "item", "item.current", "item..current", "dimension.d9.current", "item.d1.9.current", "question.03.current", "question.8.gap",
        "question.3.spread", "overall.spread", "overall.x.gap", "item.d1.1.level", "overall", "dimension.d1.", ".d1.current"])
    func whatIsNoFigureHasNoExplanation(address: String) throws {
        let shape = Sample.shape(), analysis = try #require(Sample.document(Sample.vector, of: shape).findings).analysis
        #expect(FigureAddress(address).flatMap { Explanation($0, in: analysis, shape: shape) } == nil)
    }

    @Test func everyRuleIsSaidInBothLanguages() throws {
        let shape = Sample.shape(), analysis = try #require(Sample.document(Sample.vector, of: shape).findings).analysis
        for explanation in Explanation.all(of: analysis, shape: shape) {
            #expect(!explanation.rule.sv.isEmpty && !explanation.rule.en.isEmpty && explanation.rule.sv != explanation.rule.en)
        }
    }
}
