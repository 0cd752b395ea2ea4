import Testing

@testable import Rules

/// disclosure.md R6: one split, by one tree.
@Suite struct SplitTests {
    let shape = Sample.shape()

    // MARK: - The tree

    /// Sizes of the parts in the tree's order; none is no split.
    private func sizes(_ families: [[Int]], k: Int = 5, rules: Disclosure = Disclosure()) -> [Int] {
        let submitted = zip(RoleFamily.allCases, families).flatMap { family, leaves in
            leaves.enumerated().map { (Branch(family: family, leaf: "leaf \($0)"), $1) }
        }
        let parts = rules.parts(of: Dictionary(uniqueKeysWithValues: submitted), k: k)
        return parts.count > 1 ? parts.map(\.submitted) : []
    }

    @Test(arguments: [
        // The groups of disclosure.md §3.
        ([[5], [1], [1]], []), ([[5], [1], [2]], []), ([[5], [1], [4]], [5, 5]), ([[6], [2], [4]], [6, 6]), ([[8], [3], [5]], [8, 8]),
        ([[9, 6, 2, 1]], [9, 9]),
        // A family that is divided, beside one that is not; and one that another needs, which is not divided.
        ([[5, 6], [5]], [5, 6, 5]), ([[5, 6], [4]], []), ([[5, 6], [4], [5]], [5, 6, 9]), ([[3, 3, 3], [1, 4]], [9, 5]),
        ([[0], [5], [5]], [5, 5]), ([[4], [4]], []), ([[0, 0, 0]], []), ([], []),
    ] as [([[Int]], [Int])])
    func aGroupIsDividedAsTheTreeSays(families: [[Int]], expected: [Int]) {
        #expect(sizes(families) == expected)
        #expect(sizes(families).allSatisfy { $0 >= 5 })
    }

    @Test func aCouncilsOwnKCounts() {
        #expect(sizes([[6], [6]], k: 6) == [6, 6] && sizes([[6], [6]], k: 7) == [])
    }

    @Test func equalsAreMergedInTheTreesOrder() {
        #expect(sizes([[3, 3, 3, 5]]) == [6, 8])
        let parts = Disclosure().parts(of: Dictionary(uniqueKeysWithValues: Sample.branches(4).map { ($0, 3) }), k: 5)
        #expect(parts.map(\.families) == [[.directors, .strategists], [.programmeAreas, .others]])
    }

    /// Who did not answer is not to be read from what the parts are called.
    @Test func aFunctionThatNobodyAnsweredForIsInAPartAllTheSame() throws {
        var sheets = Self.tenInTwo
        sheets[Branch(family: .others, leaf: "other")] = []
        let split = try #require(Sample.document(sheets, of: shape).findings?.split?.figures)
        #expect(split.parts.flatMap(\.families).contains(.others) && split.parts.map(\.submitted) == [5, 5])
    }

    @Test func partsAreCalledWhatTheyAre() throws {
        let people = Sample.sheets(Array(repeating: "2/4 1/4 2/4 2/3", count: 5), of: shape)
        let directors = [Function.hrDirector, .itDirector].map { Branch(family: .directors, leaf: $0.rawValue) }
        let areas = ["Skola", "Vård"].map { Branch(family: .programmeAreas, leaf: $0) }
        let divided = try #require(Split(of: [directors[0]: people, directors[1]: people, areas[0]: people, areas[1]: [people[0]]], shape: shape, k: 5, rules: Disclosure()))
        #expect(divided.parts.map(\.key) == ["p1", "p2", "p3"])
        #expect(divided.parts.map(\.name.sv) == ["Direktörer och chefer: Personaldirektör", "Direktörer och chefer: It-chef", "Programområden"])
        #expect(divided.parts[2].leaves == [] && divided.parts[0].name.en == "Directors and managers: HR director")
        let merged = try #require(Split(of: [directors[0]: [people[0]], Sample.eStrategists: Array(people.prefix(4)), areas[0]: people], shape: shape, k: 5, rules: Disclosure()))
        #expect(merged.parts.map(\.name.en) == ["Directors and managers, Strategists", "Programme areas"])
    }

    // MARK: - Items and dimensions

    /// Five directors and five of the programme areas; in item 3 the first all chose one level, and in item 4 one of them gave no pair.
    static let tenInTwo: [Branch: [Sheet]] = [
        Branch(family: .directors, leaf: "it-director"): Sample.sheets(
            ["2/4 1/4 2/4 2/3", "3/4 2/4 2/3 –", "1/3 1/3 2/3 1/3", "4/5 3/4 2/5 3/4", "2/4 2/4 2/4 2/4"], of: Sample.shape()),
        Branch(family: .programmeAreas, leaf: "Skola"): Sample.sheets(
            ["1/4 1/4 1/4 2/3", "3/4 2/5 2/3 1/4", "1/3 1/3 2/3 1/3", "4/5 3/4 3/5 3/4", "2/5 2/4 2/4 2/4"], of: Sample.shape()),
    ]

    @Test func anItemIsShownForAllPartsOrForNone() throws {
        let split = try #require(Sample.document(Self.tenInTwo, of: shape).findings?.split?.figures)
        #expect(split.items.map { $0.result.figures?.count } == [2, 2, nil, nil])
        #expect(split.items[2].result.reason == .tooFew && split.items[3].result.reason == .tooFew)
        let first = try #require(split.items[0].result.figures)
        #expect(first.map(\.part) == ["p1", "p2"] && first.map(\.pairs) == [5, 5])
        #expect(first[0].histograms.current.counts == [1, 2, 1, 1, 0] && first[1].histograms.desired.counts == [0, 0, 1, 2, 2])
        #expect(first.map(\.figures.current.description) == ["2.4000", "2.2000"])
        // Two of four items are too few for a dimension.
        #expect(split.dimensions[0].result.reason == .tooFew)
    }

    @Test func aDimensionIsTheMeanOfThePartsItemsThatAreShownInTheSplit() throws {
        let three = Self.tenInTwo.mapValues { $0.map { sheet in
            let answers = sheet.answers.map { ($0.current, $0.desired) }
            return Sheet(current: answers.prefix(3).map(\.0) + [8], desired: answers.prefix(3).map(\.1) + [8], of: shape)!
        } }
        let varied = three.mapValues { $0.enumerated().map { place, sheet in
            var current = sheet.answers.map(\.current)
            current[2] = Int16(1 + place % 2)
            return Sheet(current: current, desired: sheet.answers.map(\.desired), of: shape)!
        } }
        let split = try #require(Sample.document(varied, of: shape).findings?.split?.figures)
        let parts = try #require(split.dimensions[0].result.figures)
        #expect(parts.map(\.figures.shownItems) == [3, 3])
        // Item means 2.4, 1.8, 1.4 and 2.2, 1.8, 1.4.
        #expect(parts.map(\.figures.current.description) == ["1.8667", "1.8000"])
    }

    // MARK: - Each rule, and what happens without it

    @Test func r6NoPartIsOfFewerThanK() {
        let everyPartHasK = { (rules: Disclosure) in self.sizes([[5], [1], [2]], rules: rules).allSatisfy { $0 >= 5 } }
        #expect(everyPartHasK(Disclosure()))
        #expect(!everyPartHasK(Disclosure(everyPartHasK: false)))
    }

    /// Five and six: the sixth, of whom four gave a pair, are not what the total less the five gives away.
    @Test func r6ADifferenceNeverStandsForFewerThanK() {
        var sheets = Self.tenInTwo
        sheets[Branch(family: .directors, leaf: "it-director")]?[4] = Sample.sheet("– 2/4 2/4 2/4", of: shape)
        let noDifferenceIsSmall = { (rules: Disclosure) -> Bool in
            guard let findings = Sample.document(sheets, of: shape, rules: rules).findings, let split = findings.split?.figures else { return false }
            return zip(split.items, findings.analysis.dimensions.flatMap(\.items)).allSatisfy { item, whole in
                let rest = whole.cells.pairs - (item.result.figures ?? []).map(\.pairs).reduce(0, +)
                return rest == 0 || rest >= 5
            }
        }
        #expect(noDifferenceIsSmall(Disclosure()))
        #expect(!noDifferenceIsSmall(Disclosure(splitForAllPartsOrNone: false)))
    }

    @Test func r6APartThatAnsweredAlikeIsNotShown() {
        let everyPartDiffers = { (rules: Disclosure) -> Bool in
            let items = Sample.document(Self.tenInTwo, of: shape, rules: rules).findings?.split?.figures?.items ?? []
            return items.compactMap(\.result.figures).joined().allSatisfy { part in
                [part.histograms.current, part.histograms.desired].allSatisfy { $0.counts.count { $0 > 0 } > 1 }
            }
        }
        #expect(everyPartDiffers(Disclosure()))
        #expect(!everyPartDiffers(Disclosure(partsNeedTwoLevels: false)))
    }

    @Test func r3AHistogramOfAPartStandsForK() {
        let everyHistogramStandsForK = { (rules: Disclosure) -> Bool in
            let items = Sample.document(Self.tenInTwo, of: shape, rules: rules).findings?.split?.figures?.items ?? []
            return items.compactMap(\.result.figures).joined().allSatisfy { $0.histograms.current.persons >= 5 }
        }
        #expect(everyHistogramStandsForK(Disclosure()))
        #expect(!everyHistogramStandsForK(Disclosure(histogramsFromK: false)))
    }

    @Test func r4AnItemThatIsHiddenInTheSplitTakesNoPartInIt() {
        let dimensionIsShown = { (rules: Disclosure) in
            Sample.document(Self.tenInTwo, of: shape, rules: rules).findings?.split?.figures?.dimensions[0].result.figures != nil
        }
        #expect(!dimensionIsShown(Disclosure()))
        #expect(dimensionIsShown(Disclosure(onlyFromPrinted: false)))
    }

    @Test func r7ASplitHasOneReason() {
        let reasons = { (rules: Disclosure) -> Set<Hidden> in
            let split = Sample.document(Self.tenInTwo, of: shape, rules: rules).findings?.split?.figures
            return Set((split?.items.compactMap(\.result.reason) ?? []) + (split?.dimensions.compactMap(\.result.reason) ?? []))
        }
        #expect(reasons(Disclosure()) == [.tooFew])
        #expect(reasons(Disclosure(oneReason: false)).count > 1)
        #expect(Sample.document(Sample.vector, of: shape).findings?.split?.reason == .tooFew)
    }
}
