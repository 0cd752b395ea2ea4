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

    /// The whole text, so that a change of the format is seen here first.
    @Test func theTestVectorAsItIsStored() {
        let text = Sample.document(Sample.vector, of: shape).json.canonicalText
        #expect(text == Self.vector)
    }

    @Test func fewerThanKGiveCountsAndNothingElse() {
        let text = Sample.document(Array(Sample.vector.prefix(4)), of: shape).json.canonicalText
        #expect(
            text == """
                {"contract":"\(String(repeating: "ab", count: 32))","instrument":{"key":"nr-1","version":1},"invited":5,"k":5,\
                "municipality":{"code":"9914","name":"Nyby"},"round":{"fixedAt":"2026-11-23T19:54:13Z","title":"Mognadsanalys hösten"},\
                "schema":"nyttograd/result/1","submitted":4}
                """)
    }

    @Test func noFigureIsANumber() {
        #expect(!String(decoding: Sample.document(Sample.vector, of: shape).canonicalBytes, as: UTF8.self).contains(#/:-?\d+\.\d/#))
    }

    @Test func theSeatsStandInAnOrderThatTellsNothing() {
        let turned = ResultDocument.Group(orderedBy: Sample.group.orderedBy, ranBy: Sample.group.ranBy, seats: Sample.group.seats.reversed())
        #expect(turned == Sample.group)
    }

    @Test(arguments: [#""schema":"nyttograd/result/1""#, #""k":5"#, #""figures":{"current":"2.1222""#, #"[1,3,1,1,0]"#])
    func aTornDocumentIsNotRead(part: String) {
        let text = Sample.document(Sample.vector, of: shape).json.canonicalText
        #expect(text.contains(part))
        let torn = text.replacing(part, with: #""x":"y""#)
        #expect(throws: (any Error).self) { try JSONDecoder().decode(ResultDocument.self, from: Data(torn.utf8)) }
    }

    private static let vector = "?"
}
