import Testing

@testable import Rules

@Suite struct NextAnswerTests {
    /// The shares of disclosure.md §3: 78 % with six, 93 % with seven, 98 % with eight.
    @Test(arguments: [(3, nil, nil), (4, nil, 44), (5, 44, 78), (6, 78, 93), (7, 93, 98)] as [(Int, Int?, Int?)])
    func theSharesAreThoseOfTheGroupsSize(submitted: Int, now: Int?, then: Int?) {
        let next = NextAnswer(submitted: submitted, invited: 8, k: 5)
        #expect(next?.itemsNow == now && next?.itemsThen == then)
    }

    @Test func itSaysWhatIsMissingWhatOneMoreGivesAndWhenItGivesLittle() {
        #expect(NextAnswer(submitted: 2, invited: 8, k: 5)?.text.sv == "Det behövs 3 svar till innan några siffror kan visas. Ett enda räcker inte.")
        #expect(NextAnswer(submitted: 4, invited: 8, k: 5)?.text.en.contains("With one more answer figures can be shown") == true)
        #expect(NextAnswer(submitted: 6, invited: 8, k: 5)?.text.en == "With the answers there are, about 78 of 100 statements get figures. With one more it is about 93.")
        #expect(NextAnswer(submitted: 30, invited: 40, k: 5)?.text.sv.hasPrefix("Nästan alla påståenden") == true)
        #expect(NextAnswer(submitted: 400, invited: 500, k: 50)?.itemsNow == 100)
    }

    @Test func thereIsNothingToSayWhenAllHaveSubmittedOrNothingIsPromised() {
        #expect(NextAnswer(submitted: 8, invited: 8, k: 5) == nil)
        #expect(NextAnswer(submitted: 1, invited: 8, k: nil) == nil)
    }
}
