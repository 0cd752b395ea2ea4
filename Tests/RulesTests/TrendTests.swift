import Testing

@testable import Rules

/// What has changed between two results.
@Suite struct TrendTests {
    private let shape = Sample.shape(dimensions: 2)

    /// Six sheets with these levels for the first dimension, all alike but for what is given; the second dimension is always 2/3.
    private func document(_ items: [String], version: Int = 1, levels: Int = 5, key: String = "nr-1") -> ResultDocument {
        let shape = Sample.shape(dimensions: 2, levels: levels)
        var heading = Sample.heading()
        heading.instrument = .init(key: key, version: version)
        let rows = (0..<6).map { person in
            items.map { $0.split(separator: ",").map(String.init) }.map { $0[person % $0.count] }.joined(separator: " ") + " 2/3 2/3 2/3 2/3"
        }
        return .make(heading, group: Sample.group, shape: shape, sheets: [Sample.eStrategists: Sample.sheets(rows, of: shape)], mayBeSplit: true)
    }

    private func step(_ link: ItemLink, _ was: String? = nil) -> Crosswalk.Step { .init(link: link, was: was) }

    @Test func changesAreDifferencesOfPrintedFiguresWithBothN() throws {
        let old = document(["2/4", "2/4", "2/4", "1/4,2/4"]), new = document(["3/4", "3/5", "3/4", "2/4,2/4,–"])
        let trend = try #require(Trend(from: old, to: new, crosswalks: []))
        let first = trend.dimensions[0], item = try #require(first.items[0].result.figures)
        #expect(first.link == .same && first.items.map(\.pairsBefore) == [6, 6, 6, 6] && first.items.map(\.pairsNow) == [6, 6, 6, 4])
        #expect(item.current == Figure("1.0000") && item.desired == Figure("0.0000"))
        let before = try #require(old.findings?.analysis.dimensions[0].result.figures), now = try #require(new.findings?.analysis.dimensions[0].result.figures)
        let change = try #require(first.result.figures)
        #expect(change.current.tenThousandths == now.current.tenThousandths - before.current.tenThousandths)
        #expect(change.desired.tenThousandths == now.desired.tenThousandths - before.desired.tenThousandths)
        #expect(trend.dimensions[1].result.figures?.current == Figure("0.0000"))
    }

    @Test func whatIsHiddenOnEitherSideGivesNoChange() throws {
        let shown = document(["2/4", "2/4", "2/4", "2/4"]), hidden = document(["2/4", "–,2/4", "x", "–,2/4"])
        for (old, new) in [(shown, hidden), (hidden, shown)] {
            let trend = try #require(Trend(from: old, to: new, crosswalks: []))
            #expect(trend.dimensions[0].result == .hidden(.tooFew))
            #expect(trend.dimensions[0].items.map(\.result.reason) == [nil, .tooFew, .tooFew, .tooFew])
        }
    }

    @Test func nothingIsComparedAcrossInstrumentsOrVersionsWithoutACrosswalk() {
        let old = document(["2/4", "2/4", "2/4", "2/4"]), other = document(["2/4", "2/4", "2/4", "2/4"], key: "other")
        let later = document(["2/4", "2/4", "2/4", "2/4"], version: 2)
        #expect(Trend(from: old, to: other, crosswalks: []) == nil && Trend(from: old, to: later, crosswalks: []) == nil)
        #expect(Trend(from: old, to: later, crosswalks: [Crosswalk(version: 3, items: [:])]) == nil)
        let few = Sample.document(Array(Sample.vector.prefix(4)), of: Sample.shape())
        #expect(Trend(from: few, to: old, crosswalks: []) == nil && Trend(from: old, to: few, crosswalks: []) == nil)
    }

    @Test func aCrosswalkBridgesWhatItSaysAndBreaksTheRest() throws {
        let old = document(["2/4", "2/4", "2/4", "2/4"]), new = document(["3/4", "3/4", "3/4", "3/4"], version: 2)
        let whole = Crosswalk(version: 1, items: [
            "d1.1": step(.same, "d1.1"), "d1.2": step(.bridged, "d1.3"), "d1.3": step(.same, "d1.2"), "d1.4": step(.same, "d1.4"),
            "d2.1": step(.same, "d2.1"), "d2.2": step(.broken), "d2.3": step(.same, "d2.3"), "d2.4": step(.bridged, "gone"),
        ])
        let trend = try #require(Trend(from: old, to: new, crosswalks: [whole]))
        #expect(trend.dimensions.map(\.link) == [.bridged, .broken])
        #expect(trend.dimensions[0].items.map(\.link) == [.same, .bridged, .same, .same])
        #expect(trend.dimensions[1].items.map(\.link) == [.same, .broken, .same, .broken])
        #expect(trend.dimensions[0].result.figures?.current == Figure("1.0000") && trend.dimensions[1].result == .hidden(.broken))
        #expect(trend.dimensions[1].items[1].pairsBefore == nil && trend.dimensions[1].items[1].result == .hidden(.broken))
    }

    @Test func aDimensionPutTogetherOfOthersIsBroken() throws {
        let old = document(["2/4", "2/4", "2/4", "2/4"]), new = document(["3/4", "3/4", "3/4", "3/4"], version: 2)
        let mixed = Crosswalk(version: 1, items: Dictionary(uniqueKeysWithValues: (1...4).flatMap { number in
            [("d1.\(number)", step(.same, number == 4 ? "d2.4" : "d1.\(number)")), ("d2.\(number)", step(.same, number == 4 ? "d1.4" : "d2.\(number)"))]
        }))
        let trend = try #require(Trend(from: old, to: new, crosswalks: [mixed]))
        #expect(trend.dimensions.map(\.link) == [.broken, .broken] && trend.dimensions[0].items.allSatisfy { $0.link == .same })
    }

    @Test func aLadderOfAnotherLengthBreaksEverything() throws {
        let old = document(["2/4", "2/4", "2/4", "2/4"]), new = document(["2/4", "2/4", "2/4", "2/4"], levels: 6)
        let trend = try #require(Trend(from: old, to: new, crosswalks: []))
        #expect(trend.dimensions.allSatisfy { $0.link == .broken && $0.items.allSatisfy { $0.result == .hidden(.broken) } })
    }

    // MARK: The crosswalk's file

    private func read(_ crosswalks: String) -> [String] {
        do throws(InstrumentFaults) {
            let glossary = try Glossary.read(InstrumentFaultTests.glossary)
            let file = InstrumentFaultTests.valid.replacing("version: 1\n", with: "version: 2\n") + "\n" + crosswalks
            let read = try Instrument.read(file, glossary: glossary).crosswalks
            return read.flatMap { walk in walk.items.sorted { $0.key < $1.key }.map { "\(walk.version) \($0.key) \($0.value.link) \($0.value.was ?? "-")" } }
        } catch {
            return error.faults.map { "\($0.path): \($0.text.en)" }
        }
    }

    @Test func aCrosswalkIsReadFromTheNewerFile() {
        #expect(read("""
            crosswalks:
              - version: 1
                items: [{item: a.1, was: b.1, link: bridged}, {item: b.1, link: broken}]
            """) == ["1 a.1 bridged b.1", "1 b.1 broken -"])
        #expect(read("") == [])
    }

    /// What a crosswalk leads to is looked up where that can be: by who imports a file, and by who publishes it.
    @Test(arguments: [
        (1, true, ["43:14: crosswalks[1].version: there is no version 2 of the questionnaire"]),
        (1, false, ["43:14: crosswalks[1].version: version 2 of the questionnaire is not published"]),
        (2, true, ["39:14: crosswalks[0].version: there is no version 1 of the questionnaire",
                   "45:41: crosswalks[1].items[0].was: version 2 has no item \"a.9\""]),
    ])
    func aCrosswalkLeadsToWhatThereIs(known: Int, withDrafts: Bool, faults: [String]) throws {
        let glossary = try Glossary.read(InstrumentFaultTests.glossary), valid = InstrumentFaultTests.valid
        let version = { (number: Int) in valid.replacing("version: 1\n", with: "version: \(number)\n") }
        let file = version(3) + """

            crosswalks:
              - version: 1
                items:
                  - {item: a.1, link: same, was: a.1}
                  - {item: b.1, link: broken}
              - version: 2
                items:
                  - {item: a.1, link: bridged, was: a.9}
                  - {item: b.1, link: broken}
            """
        let earlier = EarlierVersions([try Instrument.read(version(known), glossary: glossary)], withDrafts: withDrafts)
        #expect(throws: Never.self) { try Instrument.read(file, glossary: glossary) }
        do {
            _ = try Instrument.read(file, glossary: glossary, earlier: earlier)
            Issue.record("it is read")
        } catch { #expect(error.faults.map(\.description) == faults) }
    }

    @Test func everyFaultOfACrosswalkIsToldWithItsPlace() {
        #expect(read("""
            crosswalks:
              - version: 2
                items: [{item: a.1, link: same}, {item: a.1, was: x, link: broken}, {item: c.1, was: x, link: alike}]
              - version: 1
                items: [{item: a.1, was: a.1, link: same}, {item: b.1, link: broken}]
              - version: 1
                items: [{item: a.1, was: a.1, link: same}, {item: b.1, was: b.1, link: same}]
            """) == [
                "crosswalks[0].version: 2 is not earlier than this version, 2",
                "crosswalks[0].items: nothing is said of item \"b.1\"",
                "crosswalks[0].items[0]: \"was\" is missing: the item's key in the earlier version",
                "crosswalks[0].items[1].item: \"a.1\" is used above already",
                "crosswalks[0].items[1].was: a broken item was nothing before",
                "crosswalks[0].items[2].item: there is no item \"c.1\"",
                "crosswalks[0].items[2].was: \"x\" is used above already",
                "crosswalks[0].items[2].link: \"alike\" is not same, bridged or broken",
                "crosswalks[2].version: \"1\" is used above already",
            ])
    }
}
