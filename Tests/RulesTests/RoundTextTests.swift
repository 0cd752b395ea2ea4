import Testing

@testable import Rules

@Suite struct RoundTextTests {
    @Test(arguments: [
        "https://nyttograd.example/e/abc", "Gå in på www.nyttograd.se", "nyttograd.example/e/x", "nyttograd.se.", "NYTTOGRAD.SE", "nyttograd\u{3002}se",
        "nyttograd\u{FF0E}se\u{FF0F}e", "10.0.0.1", "10.0.0.1/e", "t.co/abc", "ex:http://x", "x\u{FF1A}//y", "namn@kommun.se/e/abc", "xn--a.xn--b", "(kommun.se)",
        "AbcdefghijklmnopqrstuvwxyzAbcdef0123456789",
    ])
    func whatCouldBeTakenForALinkOrATokenIsFound(text: String) {
        #expect(RoundText.holdsLink(text))
    }

    @Test(arguments: [
        "", "Hej! Vi ses kl. 16.00 den 3.12.2026, t.ex. i Rosen. Ta med kaffe och/eller te.", "M.fl. och bl.a. och fr.o.m. måndag.",
        "Fråga alva.ek@kommun.se eller ring 08-123 45 67.", "Slut. Nästa mening. 1,5 procent; §3.2 i planen", "nyttorealiseringsmognadsanalysgrupperna",
    ])
    func whatPeopleWriteIsLeftAlone(text: String) {
        #expect(!RoundText.holdsLink(text))
    }
}
