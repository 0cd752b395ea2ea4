import FoundationEssentials
import Testing

@testable import Rules

@Suite struct ResultDocumentTests {
    let shape = Sample.shape()

    @Test func aDocumentReadsBackAndWritesTheSameBytes() throws {
        var chance = Chance(seed: 31)
        for people in 1...20 {
            let document = Sample.document(Sample.round(people: people, of: shape, dontKnow: 20, &chance), of: shape)
            let read = try JSONDecoder().decode(ResultDocument.self, from: Data(document.canonicalBytes))
            #expect(read == document)
            #expect(read.canonicalBytes == document.canonicalBytes)
        }
    }

    @Test func aSplitReadsBackToo() throws {
        let document = Sample.document(SplitTests.tenInTwo, of: shape)
        #expect(document.findings?.split?.figures != nil)
        let read = try JSONDecoder().decode(ResultDocument.self, from: Data(document.canonicalBytes))
        #expect(read == document && read.canonicalBytes == document.canonicalBytes)
    }

    /// Documents from before there were splits are read, and are what they were.
    @Test func aDocumentOfVersionOneReadsBack() throws {
        let text = Self.vector.replacing("nyttograd/result/2", with: "nyttograd/result/1").replacing(#""noSplit":"tooFew","#, with: "")
        let read = try JSONDecoder().decode(ResultDocument.self, from: Data(text.utf8))
        #expect(read.schema == .totals && read.findings?.split == nil && read.json.canonicalText == text)
        for torn in [text.replacing("result/1", with: "result/2"), Self.vector.replacing("result/2", with: "result/1"), text.replacing("result/1", with: "result/3")] {
            #expect(throws: (any Error).self) { try JSONDecoder().decode(ResultDocument.self, from: Data(torn.utf8)) }
        }
    }

    /// The whole text, so that a change of the format is seen here first.
    @Test func theTestVectorAsItIsStored() {
        let text = Sample.document(Sample.vector, of: shape).json.canonicalText
        #expect(text == Self.vector)
    }

    /// What was counted from sheets, and what is computed from the cells that were printed, are one document.
    @Test func thePrintedCellsAloneGiveTheSameDocument() throws {
        var chance = Chance(seed: 32)
        for people in 5...20 {
            let shape = Sample.shape(dimensions: chance.int(1...3), items: chance.int(1...5))
            let document = Sample.document(Sample.round(people: people, of: shape, dontKnow: 30, &chance), of: shape)
            let analysis = try #require(document.findings).analysis
            let again = try #require(Analysis(cells: analysis.dimensions.flatMap(\.items).map(\.cells), shape: shape))
            #expect(again == analysis)
            for member in again.members { #expect(member.value == document.json[member.name]) }
        }
        #expect(Analysis(cells: [], shape: shape) == nil)
    }

    @Test func fewerThanKGiveCountsAndNothingElse() {
        let text = Sample.document(Array(Sample.vector.prefix(4)), of: shape).json.canonicalText
        #expect(
            text == """
                {"contract":"\(String(repeating: "ab", count: 32))","instrument":{"key":"nr-1","version":1},"invited":5,"k":5,\
                "municipality":{"code":"9914","name":"Nyby"},"round":{"fixedAt":"2026-11-23T19:54:13Z","title":"Mognadsanalys hösten"},\
                "schema":"nyttograd/result/2","submitted":4}
                """)
    }

    @Test func noFigureIsANumber() {
        #expect(!String(decoding: Sample.document(Sample.vector, of: shape).canonicalBytes, as: UTF8.self).contains(#/:-?\d+\.\d/#))
    }

    @Test func theSeatsStandInAnOrderThatTellsNothing() {
        let turned = ResultDocument.Group(orderedBy: Sample.group.orderedBy, ranBy: Sample.group.ranBy, seats: Sample.group.seats.reversed())
        #expect(turned == Sample.group)
    }

    @Test(arguments: [#""schema":"nyttograd/result/2""#, #""k":5"#, #""figures":{"current":"2.1222""#, #"[1,3,1,1,0]"#])
    func aTornDocumentIsNotRead(part: String) {
        let text = Sample.document(Sample.vector, of: shape).json.canonicalText
        #expect(text.contains(part))
        let torn = text.replacing(part, with: #""x":"y""#)
        #expect(throws: (any Error).self) { try JSONDecoder().decode(ResultDocument.self, from: Data(torn.utf8)) }
    }

    private static let vector = """
        {"contract":"abababababababababababababababababababababababababababababababab","dimensions":[{"answers":24,"dontKnow":4,"dontKnowShare":"0.1667",\
        "figures":{"current":"2.1222","desired":"3.8222","gap":"1.7000","level":2,"priority":"0.5538","shownItems":3,"spread":"0.9603"},"items":[\
        {"blank":0,"dontKnow":0,"dontKnowShare":"0.0000","figures":{"agreement":"0.6667","current":"2.3333","desired":"4.0000",\
        "desiredAgreement":"0.8333","desiredSpread":"0.6325","gap":"1.6667","level":2,"spread":"1.0328"},\
        "histograms":{"current":[1,3,1,1,0],"desired":[0,0,1,4,1]},"key":"d1.1","notRelevant":0,"pairs":6,"submitted":6},\
        {"blank":0,"dontKnow":0,"dontKnowShare":"0.0000","figures":{"agreement":"0.7500","current":"1.8333","desired":"3.6667",\
        "desiredAgreement":"0.8333","desiredSpread":"0.5164","gap":"1.8333","level":2,"spread":"0.7528"},\
        "histograms":{"current":[2,3,1,0,0],"desired":[0,0,2,4,0]},"key":"d1.2","notRelevant":0,"pairs":6,"submitted":6},\
        {"blank":0,"dontKnow":1,"dontKnowShare":"0.1667","figures":{"agreement":"0.7000","current":"2.2000","desired":"3.8000",\
        "desiredAgreement":"0.7000","desiredSpread":"0.8367","gap":"1.6000","level":2,"spread":"1.0954"},\
        "histograms":{"current":[1,3,0,1,0],"desired":[0,0,2,2,1]},"key":"d1.3","notRelevant":0,"pairs":5,"submitted":6},\
        {"blank":0,"dontKnow":3,"dontKnowShare":"0.5000","hidden":"tooFew","key":"d1.4","notRelevant":0,"pairs":3,"submitted":6}],"key":"d1"}],\
        "instrument":{"key":"nr-1","version":1},"invited":7,"k":5,"levels":5,"municipality":{"code":"9914","name":"Nyby"},"noSplit":"tooFew","order":["d1"],\
        "orderedBy":{"name":"Alva Ek","title":"Kvalitetsdirektör"},\
        "overall":{"figures":{"current":"2.1222","desired":"3.8222","gap":"1.7000","level":2,"weakest":"d1"}},"questions":[\
        {"figures":{"current":"2.3333","desired":"4.0000","gap":"1.6667","level":2},"items":1,"number":1,"shownItems":1},\
        {"figures":{"current":"1.8333","desired":"3.6667","gap":"1.8333","level":2},"items":1,"number":2,"shownItems":1},\
        {"figures":{"current":"2.2000","desired":"3.8000","gap":"1.6000","level":2},"items":1,"number":3,"shownItems":1},\
        {"hidden":"tooFew","items":1,"number":4,"shownItems":0},\
        {"figures":{"current":"2.2000","desired":"3.8000","gap":"1.6000","level":2},"items":1,"number":7,"shownItems":1}],\
        "ranBy":{"name":"Bo Lind","title":"E-strateg"},"round":{"fixedAt":"2026-11-23T19:54:13Z","title":"Mognadsanalys hösten"},\
        "schema":"nyttograd/result/2","seats":[{"family":"directors","function":"quality-director","title":"Kvalitetsdirektör"},\
        {"family":"programme-areas","function":"programme-area-representative","title":"Social välfärd"},\
        {"family":"strategists","function":"e-strategist","title":"E-strateg"}],"submitted":6}
        """
}
