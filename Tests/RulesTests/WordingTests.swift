import Testing

@testable import Rules

extension Sample {
    /// An instrument of that shape, whose texts are named after its parts.
    static func instrument(_ shape: Shape) -> Instrument {
        let named = { (sv: String, en: String) in Text2(sv: sv, en: en) }
        return Instrument(
            key: "nr-1", version: 1, source: "own", name: named("Frågor", "Questions"), introduction: named("i", "i"),
            levels: (1...shape.levels).map { .init(name: named("Steg\($0)", "Step\($0)"), descriptor: named("d", "d")) },
            dimensions: shape.dimensions.map { dimension in
                .init(
                    key: dimension.key, name: named("Område \(dimension.key)", "Area \(dimension.key)"), description: named("b", "b"), anchors: [],
                    items: dimension.items.map { item in
                        .init(
                            key: item.key, statement: named("Påstående \(item.key).", "Statement \(item.key)."), clarification: named("f", "c"),
                            example: named("e", "e"), questions: item.questions.sorted(), terms: [])
                    })
            })
    }
}

@Suite struct WordingTests {
    let shape = Sample.shape()

    private func draft(_ sheets: [Sheet], of shape: Shape) throws -> Wording {
        try #require(Wording.draft(of: Sample.document(sheets, of: shape), by: Sample.instrument(shape)))
    }

    @Test func theTestVectorInWords() throws {
        let draft = try draft(Sample.vector, of: shape)
        #expect(draft.dimensions.map(\.key) == ["d1"])
        #expect(
            draft.dimensions[0].text.sv == """
                Område d1: nuläget är 2,1 (nivå 2, Steg2) och det önskade läget 3,8, ett glapp på +1,7. Nivå 2 ligger i skalans nedre del (nivå 1–2 av 5). \
                Siffrorna bygger på 3 av 4 frågor; de andra visas inte. Högst är ”Påstående d1.1” (2,3) och lägst ”Påstående d1.2” (1,8). \
                Spridningen om nuläget är 0,96, under 1,00. Vet ej är 4 av 24 svar (17\u{A0}%).
                """)
        #expect(
            draft.dimensions[0].text.en == """
                Area d1: the current level is 2.1 (level 2, Step2) and the desired level 3.8, a gap of +1.7. Level 2 is in the lower part of the scale \
                (level 1–2 of 5). The figures rest on 3 of 4 questions; the others are not shown. Highest is "Statement d1.1" (2.3) and lowest \
                "Statement d1.2" (1.8). The spread about the current level is 0.96, below 1.00. Don't know is 4 of 24 answers (17%).
                """)
        #expect(
            draft.overall.sv == """
                6 av 7 inbjudna svarade, och siffror visas för 1 av 1 områden. Sammantaget: nuläget är 2,1 (nivå 2, Steg2) och det önskade läget 3,8, \
                ett glapp på +1,7.
                Inget område ligger i skalans övre del (nivå 4–5 av 5); högst är Område d1 (2,1). I skalans nedre del (nivå 1–2 av 5): Område d1 (2,1).
                I inget område når spridningen 1,00; störst är den i Område d1 (0,96). I inget område når vet ej 30\u{A0}%; störst är andelen i \
                Område d1 (17\u{A0}%).
                Vägt efter nuläge, glapp och spridning kommer först: Område d1 (0,55).
                """)
    }

    @Test func whatIsDisputedOrUnseenIsSaid() throws {
        // Levels 1 and 3 in halves of six: a spread above 1; and two of six don't know.
        let rows = ["1/4", "1/4", "1/4", "3/4", "3/4", "3/4"].map { Array(repeating: $0, count: 4).joined(separator: " ") }
        let disputed = try draft(Sample.sheets(rows, of: shape), of: shape)
        #expect(disputed.dimensions[0].text.sv.contains("Svaren om nuläget går isär: spridningen är 1,10, alltså 1,00 eller mer"))
        #expect(disputed.overall.en.contains("The spread is 1.00 or more in Area d1 (1.10)."))
        let full = Array(repeating: "2/4 2/4 2/4 2/4", count: 5), none = Array(repeating: "– – – –", count: 3)
        let unseen = try draft(Sample.sheets(full + none, of: shape), of: shape)
        #expect(unseen.dimensions[0].text.en.contains("Don't know is 12 of 32 answers (38%), that is 30% or more"))
        #expect(unseen.overall.sv.contains("Vet ej är 30\u{A0}% eller mer av svaren i Område d1 (38\u{A0}%)."))
    }

    /// 3 of 10 are 30 %, and 29 of 97 are not, though they round to it.
    @Test func theLimitsAreMetByThePrintedFigure() {
        #expect(Threshold.unseen == Figure(Rational(3, over: 10)) && Figure(Rational(29, over: 97)) < Threshold.unseen)
        #expect(Threshold.disputed == Figure(Rational(1)) && Figure(Rational(99_994, over: 100_000)) < Threshold.disputed)
    }

    @Test func whatIsHiddenGetsNoFigure() throws {
        let draft = try draft(Sample.sheets(Array(repeating: "2/4 1/4 – –", count: 5), of: shape), of: shape)
        #expect(draft.dimensions[0].text.sv.hasPrefix("Område d1: inga siffror visas. Av 4 frågor har 2 tillräckligt många svar"))
        #expect(draft.overall.sv == "5 av 6 inbjudna svarade, och siffror visas för 0 av 1 områden. Inget sammantaget tal ges, eftersom 1 av områdena inte visas.")
        let irrelevant = try self.draft(Sample.sheets(Array(repeating: "x x x x", count: 5), of: shape), of: shape)
        #expect(irrelevant.dimensions[0].text.en == "All 5 who answered have said that Area d1 is not relevant.")
        #expect(Wording.draft(of: Sample.document(Array(Sample.vector.prefix(4)), of: shape), by: Sample.instrument(shape)) == nil)
    }

    @Test func everySentenceNamesAFigureAndSaysNothingOfCauseBlameOrSignificance() throws {
        var chance = Chance(seed: 41)
        for _ in 0..<300 {
            let shape = Sample.shape(dimensions: chance.int(1...12), items: chance.int(1...6), levels: chance.int(3...7))
            let draft = try draft(Sample.round(people: chance.int(5...16), of: shape, dontKnow: chance.int(0...60), &chance), of: shape)
            let texts = [draft.overall] + draft.dimensions.map(\.text)
            for text in texts.flatMap({ [$0.sv, $0.en] }) {
                #expect(text.unicodeScalars.count <= Wording.longestOverall)
                for sentence in text.replacing("\n", with: " ").split(separator: ". ") where !sentence.contains(/\d/) { Issue.record("no figure: \(sentence)") }
                for word in ["signifikant", "significan", "beror på", "because of", "skuld", "blame", "dålig", "bad "] where text.contains(word) {
                    Issue.record("\(word): \(text)")
                }
            }
        }
    }

    @Test func aLanguageIsADraftWhileEachOfItsTextsIs() throws {
        let draft = try draft(Sample.vector, of: shape)
        let edited = Wording(overall: Text2(sv: "Vårt eget.", en: draft.overall.en), dimensions: draft.dimensions)
        #expect(draft.languagesAlike(draft) == [.sv, .en] && edited.languagesAlike(draft) == [.en])
    }

    @Test func aWordingReadsBack() throws {
        let draft = try draft(Sample.vector, of: shape)
        let read: Wording = try draft.json.read()
        #expect(read == draft)
    }
}
