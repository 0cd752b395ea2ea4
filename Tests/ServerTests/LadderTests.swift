import Foundation
import Rules
import Testing

@testable import Server

@Suite("The picture of a result")
struct LadderTests {
    static let levels = ["Tillfällig", "Påbörjad", "Gemensam", "Styrande", "Lärande"]

    private func figure(_ text: String) -> Figure { Figure(text) ?? Figure(tenThousandths: 0) }

    private func row(_ name: String, _ current: String, _ desired: String, _ spread: String) -> Ladder.Row {
        .init(name: name, marks: .init(current: figure(current), desired: figure(desired), spread: figure(spread)))
    }

    private func svg(_ rows: [Ladder.Row], levels: [String] = levels) -> String {
        let words = LadderPicture.Words(
            language: .sv, title: "Bild", description: "Mening", current: "Nuläge", desired: "Önskat läge", spread: "Spridning", tooFew: "För få svar")
        return LadderPicture(ladder: Ladder(levels: levels, rows: rows), words: words).svg.markup
    }

    @Test func marksStandWhereTheirFiguresSay() {
        let drawn = svg([row("Ledning", "2.1222", "3.8222", "0.9603")])
        // 36 + (2.1222 - 1) · 82 = 128.0; the diamond at 267.4; the band from 49.2 to 206.7.
        #expect(drawn.contains(#"<circle cx="128" cy="80" r="5"/>"#))
        #expect(drawn.contains(#"d="M267.4 71L276.4 80L267.4 89L258.4 80Z""#))
        #expect(drawn.contains(#"<rect x="49.2" y="74" width="157.5" height="12""#))
        #expect(drawn.contains("2,1 → 3,8"))
    }

    @Test func whatLiesBeyondTheScaleIsHeldAtItsEnds() {
        let drawn = svg([row("A", "1.0000", "5.0000", "2.0000")])
        #expect(drawn.contains(#"<circle cx="36" "#) && drawn.contains(#"<rect x="36" y="74" width="164" "#) && drawn.contains("M364 71"))
    }

    @Test func kindsAreToldApartByForm() {
        // Those of the rows and one of each in the legend; a row without figures has none.
        let drawn = svg([row("A", "2.0000", "3.0000", "0.5000"), row("B", "2.0000", "2.0000", "0.0000"), .init(name: "C", marks: nil)])
        #expect(drawn.components(separatedBy: "<circle").count == 4)
        #expect(drawn.components(separatedBy: "<path").count == 4)
        #expect(drawn.components(separatedBy: "<rect").count == 4)
        #expect(drawn.contains("För få svar"))
        #expect(Set(drawn.matches(of: /(?:fill|stroke)="(#[0-9a-f]+)"/).map { String($0.1) }) == ["#1d2b36", "#fff"])
    }

    @Test func itIsXMLWhateverTheNames() throws {
        let hostile = "\"\u{301} o='1' <script>&amp; {{x}}"  // short enough to stand whole
        let drawn = svg([row(hostile, "2.0000", "3.0000", "0.5000")], levels: [hostile, "2", "3"])
        let parser = XMLChecker()
        #expect(parser.elements(of: drawn) == ["svg", "title", "desc", "line", "text", "g", "rect", "path", "circle"])
        #expect(parser.texts.contains(hostile))
    }

    @Test func theSameFiguresGiveTheSameBytes() {
        let rows = [row("A", "2.3333", "3.6667", "0.7528")]
        #expect(svg(rows) == svg(rows))
    }

    @Test func lengthsAreWrittenInOneWay() {
        #expect([Length(3), Length(tenths: 31), Length(tenths: -5), Length(0)].map(\.description) == ["3", "3.1", "-0.5", "0"])
    }

    // MARK: The sentence

    private var rows: [Ladder.Row] {
        [row("Ledning", "2.1222", "3.8222", "0.9603"), row("Behov", "1.8500", "2.0000", "1.2345"), row("Roller", "3.0000", "3.5000", "0.2000")]
    }

    @Test func theSentenceSaysWhatThePictureShows() {
        let ladder = Ladder(levels: Self.levels, rows: rows + [.init(name: "Kultur", marks: nil)])
        #expect(ladder.sentence(in: .sv) == """
            Nuläget är lägst i ”Behov” (1,9) och högst i ”Roller” (3,0). Längst till önskat läge är det i ”Ledning”: från 2,1 till 3,8. \
            Mest olika ser ni på ”Behov” (spridning 1,23). 1 av 4 områden visas inte, eftersom för få har svarat där.
            """)
        #expect(ladder.sentence(in: .en) == """
            The current level is lowest in “Behov” (1.9) and highest in “Roller” (3.0). The way to the desired level is longest in “Ledning”: \
            from 2.1 to 3.8. What you see most differently is “Behov” (spread 1.23). 1 of 4 areas is not shown, because too few answered there.
            """)
    }

    @Test(arguments: Language.allCases)
    func theSentenceHoldsAtTheEdges(language: Language) {
        let sentence = { (rows: [Ladder.Row]) in Ladder(levels: Self.levels, rows: rows).sentence(in: language) }
        #expect(sentence([.init(name: "A", marks: nil)]) == [.sv: "Inget område har tillräckligt många svar för att visas.",
            .en: "No area has enough answers to be shown."][language])
        #expect(sentence([row("A", "3.0000", "2.0000", "0.0000")]) == [.sv: "Nuläget är 3,0 i ”A”. Inget område har ett önskat läge över nuläget.",
            .en: "The current level is 3.0 in “A”. No area has a desired level above the current one."][language])
        #expect(sentence([row("A", "3.0000", "4.0000", "0.0000"), row("B", "3.0000", "4.0000", "0.0000")]).contains(
            [.sv: "i alla områden som visas", .en: "in every area shown"][language] ?? "?"))
    }

    @Test func whatSeveralShareIsSaidOfOneOfThem() {
        let sentence = { (language: Language) in
            Ladder(levels: Self.levels, rows: [row("A", "2.0000", "3.0000", "0.5000"), row("B", "1.0000", "2.0000", "0.5000")]).sentence(in: language)
        }
        #expect(sentence(.sv).contains("är det bland annat i ”A”") && sentence(.sv).contains("ser ni bland annat på ”A”"))
        #expect(sentence(.en).contains("longest, among others, in “A”") && sentence(.en).contains("differently is, among others, “A”"))
    }

    @Test func figuresAreWrittenAsPeopleReadThem() {
        let gap = figure("-0.2500"), nought = Figure(tenThousandths: -400)
        #expect(gap.difference(in: .sv) == "\u{2212}0,2" && figure("1.7000").difference(in: .en) == "+1.7" && nought.difference(in: .en) == "0.0")
        #expect(figure("0.9603").spread(in: .sv) == "0,96" && figure("2.2500").mean(in: .en) == "2.3")
        #expect(figure("0.1667").percent(in: .sv) == "17\u{A0}%" && figure("1.0000").percent(in: .en) == "100%")
    }
}
