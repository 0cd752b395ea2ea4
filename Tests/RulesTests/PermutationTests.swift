import FoundationEssentials
import Testing

@testable import Rules

/// disclosure.md §5: what is published does not change when answers change hands, and says nothing of fewer than k.
@Suite struct PermutationTests {
    let shape = Sample.shape(dimensions: 2)

    @Test func answersThatChangeHandsChangeNoByteOfThreeThousandRounds() {
        let shape = Sample.shape()
        var chance = Chance(seed: 21)
        var personsWouldShow = 0, splits = 0
        for round in 0..<3_000 {
            let people = Sample.round(people: chance.int(5...20), of: shape, dontKnow: chance.int(0...30), &chance)
            let sheets = [Branch: [Sheet]](people, dealtTo: Sample.branches(chance.int(1...5)), &chance)
            let shuffled = sheets.shuffledWithinParts(of: shape, &chance)
            let document = Sample.document(sheets, of: shape)
            #expect(document.canonicalBytes == Sample.document(shuffled, of: shape).canonicalBytes, "round \(round)")
            if meanOfPersonMeans(people) != meanOfPersonMeans(shuffled.values.flatMap(\.self)) { personsWouldShow += 1 }
            if document.findings?.split?.figures?.items.contains(where: { $0.result.figures != nil }) == true { splits += 1 }
        }
        #expect(splits > 500)
        // The test has teeth: a figure over persons, on their own bases, would have changed nearly every time.
        #expect(personsWouldShow > 2_500)
    }

    @Test func theOrderInWhichPeopleStandChangesNoByte() {
        var chance = Chance(seed: 22)
        for _ in 0..<200 {
            let sheets = Sample.round(people: chance.int(5...20), of: shape, dontKnow: 15, &chance)
            #expect(Sample.document(sheets, of: shape).canonicalBytes == Sample.document(sheets.shuffled(using: &chance), of: shape).canonicalBytes)
        }
    }

    @Test func everySumAndDifferenceOfPartsStandsForNobodyOrForK() {
        var chance = Chance(seed: 23)
        for _ in 0..<500 {
            let k = chance.int(5...7)
            let sheets = Sample.round(people: chance.int(k...15), of: shape, dontKnow: chance.int(0...60), &chance)
            for item in Analysis(of: sheets, shape: shape, k: k).dimensions.flatMap(\.items) {
                let cells = item.cells
                #expect(cells.pairs + cells.dontKnow + cells.notRelevant + cells.blank == cells.submitted)
                #expect((cells.histograms != nil) == (cells.pairs >= k) && (item.result.figures != nil) == (cells.histograms != nil))
                guard let histograms = cells.histograms else { continue }
                #expect(histograms.current.persons == cells.pairs && histograms.desired.persons == cells.pairs)
            }
        }
    }

    /// The parts of an item, any of them added up, and what is left of the total without them: nobody, or at least k.
    @Test func everySumAndDifferenceOfPartsOfASplitStandsForNobodyOrForK() throws {
        var chance = Chance(seed: 25)
        var shown = 0
        for _ in 0..<500 {
            let k = chance.int(5...7)
            let people = Sample.round(people: chance.int(2 * k...35), of: shape, dontKnow: chance.int(0...30), &chance)
            let sheets = [Branch: [Sheet]](people, dealtTo: Sample.branches(chance.int(2...6)), &chance)
            let findings = try #require(Sample.document(sheets, of: shape, k: k).findings)
            guard let split = findings.split?.figures else { continue }
            #expect(split.parts.allSatisfy { $0.submitted >= k } && split.parts.map(\.submitted).reduce(0, +) == people.count)
            for (item, whole) in zip(split.items, findings.analysis.dimensions.flatMap(\.items)) {
                guard let parts = item.result.figures else { continue }
                shown += 1
                for chosen in 0..<(1 << parts.count) {
                    let sum = parts.indices.filter { chosen & (1 << $0) != 0 }.map { parts[$0].pairs }.reduce(0, +), rest = whole.cells.pairs - sum
                    #expect((sum == 0 || sum >= k) && (rest == 0 || rest >= k))
                }
                let histograms = try #require(whole.cells.histograms)
                for level in histograms.current.counts.indices {
                    #expect(parts.map { $0.histograms.current.counts[level] }.reduce(0, +) == histograms.current.counts[level])
                    #expect(parts.map { $0.histograms.desired.counts[level] }.reduce(0, +) == histograms.desired.counts[level])
                }
                #expect(parts.allSatisfy { $0.histograms.current.persons == $0.pairs && $0.histograms.desired.persons == $0.pairs })
            }
        }
        #expect(shown > 500)
    }

    /// R4 by another road: a reader with the document alone, counting in doubles, finds every figure that stands in it.
    @Test func everyFigureFollowsFromThePrintedCells() throws {
        var chance = Chance(seed: 24)
        for _ in 0..<300 {
            let sheets = Sample.round(people: chance.int(5...20), of: shape, dontKnow: chance.int(0...40), &chance)
            let bytes = Sample.document(sheets, of: shape).canonicalBytes
            let document = try JSONDecoder().decode(ResultDocument.self, from: Data(bytes))
            let analysis = try #require(document.findings).analysis
            for dimension in analysis.dimensions { check(dimension) }
            if let overall = analysis.overall.figures {
                let all = analysis.dimensions.compactMap(\.result.figures)
                #expect(all.count == 2 && near(overall.current, mean(all.map(\.current.double))))
            }
        }
    }

    private func check(_ dimension: Analysis.Dimension) {
        let shown = dimension.items.compactMap(\.cells.histograms)
        for item in dimension.items {
            guard let figures = item.result.figures, let histograms = item.cells.histograms else { continue }
            #expect(near(figures.current, mean(values(histograms.current))) && near(figures.desired, mean(values(histograms.desired))))
            #expect(near(figures.spread, deviation(values(histograms.current))) && near(figures.desiredSpread, deviation(values(histograms.desired))))
            #expect(near(figures.agreement, 1 - meanDistanceFromMedian(values(histograms.current)) / 2))
        }
        guard let figures = dimension.result.figures else {
            #expect(shown.count < 3)
            return
        }
        let current = mean(shown.map { mean(values($0.current)) }), desired = mean(shown.map { mean(values($0.desired)) })
        let spread = mean(shown.map { deviation(values($0.current)) })
        #expect(near(figures.current, current) && near(figures.desired, desired) && near(figures.gap, desired - current) && near(figures.spread, spread))
        #expect(near(figures.priority, 0.4 * (5 - current) / 4 + 0.4 * max(desired - current, 0) / 4 + 0.2 * min(spread / 2, 1)))
        #expect(figures.level == Int((current + 0.5 + 1e-9).rounded(.down)))
    }

    private func near(_ figure: Figure, _ value: Double) -> Bool { abs(figure.double - value) < 0.000_051 + 0.000_05 }
    private func values(_ histogram: Histogram) -> [Double] {
        histogram.counts.enumerated().flatMap { Array(repeating: Double($0.offset + 1), count: $0.element) }
    }
    private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    private func deviation(_ values: [Double]) -> Double {
        let middle = mean(values)
        return (values.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / Double(values.count - 1)).squareRoot()
    }
    private func meanDistanceFromMedian(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return mean(sorted.map { abs($0 - sorted[sorted.count / 2]) })
    }

    /// The figure that disclosure.md §2 gave up: it depends on who gave which answer.
    private func meanOfPersonMeans(_ sheets: [Sheet]) -> Rational? {
        Rational.mean(
            sheets.compactMap { sheet in
                Rational.mean(sheet.answers.compactMap { if case .pair(let current, _) = $0.meaning { Rational(current) } else { nil } })
            })
    }
}

extension Figure {
    fileprivate var double: Double { Double(tenThousandths) / 10_000 }
}
