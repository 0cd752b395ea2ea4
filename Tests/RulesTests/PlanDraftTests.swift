import Testing

@testable import Rules

@Suite struct PlanDraftTests {
    static func catalogue(_ shape: Shape) -> ActionCatalogue {
        let action = { (key: String) in ActionCatalogue.Action(key: key, who: Text2(sv: "v", en: "w"), what: Text2(sv: key, en: key), when: Text2(sv: "n", en: "w")) }
        return ActionCatalogue(instrument: "nr-1", version: 1, dimensions: shape.dimensions.map { dimension in
            .init(
                key: dimension.key, dialogue: [action(dimension.key + "-talk")], visibility: [action(dimension.key + "-show")],
                steps: (1..<shape.levels).map { [action("\(dimension.key)-\($0)-\($0 + 1)")] })
        })
    }

    /// One row for all persons alike: `2/4 3/3 …`, one pair for each dimension, given to all of its items.
    private func draft(_ rows: [String], items: Int = 4, catalogue: Bool = true) throws -> PlanDraft {
        let dimensions = rows[0].split(separator: " ").count, shape = Sample.shape(dimensions: dimensions, items: items)
        let sheets = Sample.sheets(rows.map { $0.split(separator: " ").flatMap { Array(repeating: String($0), count: items) }.joined(separator: " ") }, of: shape)
        let analysis = try #require(Sample.document(sheets, of: shape).findings?.analysis)
        return PlanDraft(of: analysis, levels: 5, catalogue: catalogue ? Self.catalogue(shape) : nil)
    }

    private func alike(_ row: String) -> [String] { Array(repeating: row, count: 5) }

    @Test func theThreeHighestAreTakenInTheOrderOfTheDocument() throws {
        let draft = try draft(alike("3/4 2/4 1/4 4/5"))
        #expect(draft.proposals.map(\.dimension) == ["d3", "d2", "d1"] && draft.proposals.allSatisfy { $0.reason == .priority })
        #expect(draft.proposals.flatMap(\.actions).map(\.action.key) == ["d3-1-2", "d2-2-3", "d1-3-4"])
        #expect(draft.catalogue == 1)
    }

    /// The lowest has no gap, and so a low priority; it is taken all the same, as the fourth.
    @Test func theLowestIsAlwaysAmongThem() throws {
        let draft = try draft(alike("2/5 2/5 2/5 1/1"))
        #expect(draft.proposals.map(\.dimension) == ["d1", "d2", "d3", "d4"])
        #expect(draft.proposals[3].reason == .lowestCurrent && draft.proposals[3].noStep == .notWished && draft.proposals[3].actions.isEmpty)
    }

    @Test func equalsGoByTheInstrumentsOrder() throws {
        #expect(try draft(alike("2/4 2/4 2/4 2/4")).proposals.map(\.dimension) == ["d1", "d2", "d3"])
    }

    @Test func oneStepIsTakenAndNeverMore() throws {
        for level in 1...4 {
            #expect(try draft(alike("\(level)/5")).proposals[0].actions.map(\.action.key) == ["d1-\(level)-\(level + 1)"])
        }
        let top = try draft(alike("5/5"))
        #expect(top.proposals[0].noStep == .atHighestLevel && top.proposals[0].actions.isEmpty)
    }

    @Test func aCatalogueForAnotherLadderIsNone() throws {
        let shape = Sample.shape(dimensions: 1, items: 4), sheets = Sample.sheets(alike("4/5 4/5 4/5 4/5"), of: shape)
        let analysis = try #require(Sample.document(sheets, of: shape).findings?.analysis)
        let dimension = ActionCatalogue.Dimension(key: "d1", dialogue: [], visibility: [], steps: [[], []])
        let draft = PlanDraft(of: analysis, levels: 5, catalogue: ActionCatalogue(instrument: "nr-1", version: 1, dimensions: [dimension]))
        #expect(draft.proposals.map(\.noStep) == [.noCatalogue])
    }

    @Test func whereTheyDisagreeTheyTalkFirst() throws {
        let draft = try draft(["1/4", "1/4", "1/4", "4/5", "4/5", "4/5"])
        #expect(draft.proposals[0].actions.map(\.rule) == [.dialogueFirst, .nextLevel])
        #expect(draft.proposals[0].actions.map(\.action.key) == ["d1-talk", "d1-3-4"])
    }

    @Test func whereItIsNotSeenItIsMadeVisibleFirst() throws {
        #expect(try draft(alike("2/4") + ["–", "–", "–"]).proposals[0].actions.map(\.rule) == [.visibilityFirst, .nextLevel])
        #expect(try draft(["1/4", "1/4", "1/4", "4/5", "4/5", "4/5", "–", "–", "–"]).proposals[0].actions.map(\.rule) == [.visibilityFirst, .dialogueFirst, .nextLevel])
        // 2 of 7 is 29 %.
        #expect(try draft(alike("2/4") + ["–", "–"]).proposals[0].actions.map(\.rule) == [.nextLevel])
    }

    @Test func everyProposalShowsItsFigures() throws {
        let draft = try draft(alike("2/4") + ["–", "–", "–"])
        #expect(
            draft.json.canonicalText == """
                {"catalogue":1,"proposals":[{"actions":[{"key":"d1-show","rule":"visibility-first","what":{"en":"d1-show","sv":"d1-show"},\
                "when":{"en":"w","sv":"n"},"who":{"en":"w","sv":"v"}},{"key":"d1-2-3","rule":"next-level","what":{"en":"d1-2-3","sv":"d1-2-3"},\
                "when":{"en":"w","sv":"n"},"who":{"en":"w","sv":"v"}}],"answers":32,"dimension":"d1","dontKnow":12,"dontKnowShare":"0.3750",\
                "figures":{"current":"2.0000","desired":"4.0000","gap":"2.0000","level":2,"priority":"0.5000","shownItems":4,"spread":"0.0000"},\
                "noStep":null,"reason":"priority"}]}
                """)
    }

    @Test func withoutACatalogueThereAreFiguresAndNoActions() throws {
        let draft = try draft(alike("2/4"), catalogue: false)
        #expect(draft.catalogue == nil && draft.proposals[0].noStep == .noCatalogue && draft.proposals[0].actions.isEmpty)
    }

    @Test func withoutACatalogueTalkingAndMakingVisibleAreProposedAllTheSame() throws {
        let unseen = try draft(alike("2/4") + ["–", "–", "–"], catalogue: false).proposals[0]
        #expect(unseen.noStep == .noCatalogue && unseen.actions.map(\.rule) == [.visibilityFirst])
        let disputed = try draft(["1/4", "1/4", "1/4", "4/5", "4/5", "4/5"], catalogue: false).proposals[0]
        #expect(disputed.noStep == .noCatalogue && disputed.actions.map(\.rule) == [.dialogueFirst])
    }

    @Test func whatIsHiddenIsNeverProposed() throws {
        var chance = Chance(seed: 42)
        for _ in 0..<300 {
            let shape = Sample.shape(dimensions: chance.int(1...12), items: chance.int(1...6))
            let analysis = try #require(
                Sample.document(Sample.round(people: chance.int(5...12), of: shape, dontKnow: chance.int(0...60), &chance), of: shape).findings?.analysis)
            let shown = analysis.dimensions.filter { $0.result.figures != nil }, draft = PlanDraft(of: analysis, levels: 5, catalogue: Self.catalogue(shape))
            let taken = draft.proposals.map(\.dimension)
            #expect(Set(taken).isSubset(of: Set(shown.map(\.key))) && Set(taken).count == taken.count)
            #expect(taken.prefix(3) == analysis.order.prefix(3) && taken.count >= min(3, shown.count) && taken.count <= 4)
            let least = shown.compactMap { $0.result.figures?.current }.min()
            #expect(shown.isEmpty || draft.proposals.contains { $0.figures.current == least })
            for proposal in draft.proposals {
                #expect(proposal.actions.allSatisfy { $0.rule != .nextLevel || $0.action.key == "\(proposal.dimension)-\(proposal.figures.level)-\(proposal.figures.level + 1)" })
            }
        }
    }
}

@Suite struct ActionCatalogueTests {
    static let good = """
        instrument: nr-1
        version: 1
        dimensions:
          - key: d1
            dialogue:
              - {key: d1-talk, who: {sv: a, en: a}, what: {sv: b, en: b}, when: {sv: c, en: c}}
            visibility:
              - {key: d1-show, who: {sv: a, en: a}, what: {sv: b, en: b}, when: {sv: c, en: c}}
            steps:
              - - {key: d1-1, who: {sv: a, en: a}, what: {sv: b, en: b}, when: {sv: c, en: c}}
              - - {key: d1-2, who: {sv: a, en: a}, what: {sv: b, en: b}, when: {sv: c, en: c}}

        """
    let instrument = Sample.instrument(Sample.shape(levels: 3))

    @Test func aWholeCatalogueIsRead() throws {
        let catalogue = try ActionCatalogue.read(Self.good, for: instrument)
        #expect(catalogue["d1"]?.steps.map { $0.map(\.key) } == [["d1-1"], ["d1-2"]] && catalogue["d1"]?.dialogue[0].who.sv == "a")
    }

    @Test(arguments: [
        ("instrument: nr-1", "instrument: nr-2", 1, "instrument", "expected nr-1, found nr-2"),
        ("key: d1\n", "key: d2\n", 4, "dimensions[0].key", "expected d1, found d2"),
        ("version: 1", "version: 0", 2, "version", "0 is not in 1 to 9999"),
        ("key: d1-2,", "key: d1-1,", 11, "dimensions[0].steps[1][0].key", "\"d1-1\" is used above already"),
        ("who: {sv: a, en: a}, what: {sv: b, en: b}, when: {sv: c, en: c}}\n    visibility", "who: {sv: a}, what: {sv: b, en: b}, when: {sv: c, en: c}}\n    visibility", 6, "dimensions[0].dialogue[0].who.en", "missing"),
    ])
    func aFaultIsNamedWithItsLine(part: String, wrong: String, line: Int, path: String, message: String) throws {
        let yaml = Self.good.replacing(part, with: wrong, maxReplacements: 1)
        #expect(yaml != Self.good)
        let faults = try #require(throws: InstrumentFaults.self) { try ActionCatalogue.read(yaml, for: instrument) }
        #expect(faults.faults.map { "\($0.line) \($0.path) \($0.text.en)" } == ["\(line) \(path) \(message)"])
    }

    @Test func everyFaultIsToldAtOnce() throws {
        let yaml = Self.good.replacing("version: 1", with: "version: x").replacing("visibility", with: "visible")
        let faults = try #require(throws: InstrumentFaults.self) { try ActionCatalogue.read(yaml, for: instrument) }
        #expect(faults.faults.count == 3)
    }

    @Test func eachStepOfTheLadderHasAnAction() throws {
        let faults = try #require(throws: InstrumentFaults.self) { try ActionCatalogue.read(Self.good, for: Sample.instrument(Sample.shape())) }
        #expect(faults.faults.map(\.text.en) == ["expected 4 elements, found 2"])
    }
}
