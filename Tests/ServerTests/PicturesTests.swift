import Foundation
import FoundationXML
import Rules
import Testing

@testable import Server

/// What holds for every picture, whatever the instrument's size and however long its texts.
@Suite("The pictures of a result")
struct PicturesTests {
    /// A picture's elements and texts, with where they lie.
    private final class Reading: NSObject, XMLParserDelegate {
        var elements: [(name: String, attributes: [String: String])] = []
        var labels: [(text: String, attributes: [String: String])] = []
        private var text = ""

        static func of(_ svg: SVG) -> Reading? {
            let parser = XMLParser(data: Data(svg.markup.utf8)), reading = Reading()
            parser.delegate = reading
            return parser.parse() ? reading : nil
        }

        func parser(_: XMLParser, didStartElement name: String, namespaceURI _: String?, qualifiedName _: String?, attributes: [String: String]) {
            elements.append((name, attributes))
            text = ""
        }

        func parser(_: XMLParser, foundCharacters string: String) { text += string }

        func parser(_: XMLParser, didEndElement name: String, namespaceURI _: String?, qualifiedName _: String?) {
            if name == "text", let last = elements.last(where: { $0.name == "text" }) { labels.append((text, last.attributes)) }
        }

        var size: (width: Double, height: Double) {
            let box = (elements.first?.attributes["viewBox"] ?? "").split(separator: " ").compactMap { Double($0) }
            return box.count == 4 ? (box[2], box[3]) : (0, 0)
        }

        /// Every point that something is drawn at.
        var points: [(Double, Double)] {
            elements.flatMap { element -> [(Double, Double)] in
                let a = element.attributes.compactMapValues { Double($0) }
                switch element.name {
                case "line": return [(a["x1"] ?? -1, a["y1"] ?? -1), (a["x2"] ?? -1, a["y2"] ?? -1)]
                case "circle":
                    let (x, y, r) = (a["cx"] ?? -1, a["cy"] ?? -1, a["r"] ?? 0)
                    return [(x - r, y - r), (x + r, y + r)]
                case "rect":
                    let (x, y) = (a["x"] ?? -1, a["y"] ?? -1)
                    return [(x, y), (x + (a["width"] ?? -1), y + (a["height"] ?? -1))]
                case "path":
                    let numbers = (element.attributes["d"] ?? "").split { "MLZ ".contains($0) }.map { Double($0) ?? -1 }
                    return stride(from: 0, to: numbers.count - 1, by: 2).map { (numbers[$0], numbers[$0 + 1]) }
                default: return []
                }
            }
        }

        /// Where a label lies at most: left, top, right, bottom.
        var boxes: [(text: String, Double, Double, Double, Double)] {
            labels.filter { !$0.text.isEmpty }.map { label in
                let size = Int(label.attributes["font-size"] ?? "") ?? 0, width = Double(Pen.width(of: label.text, size: size))
                let x = Double(label.attributes["x"] ?? "") ?? -1, y = Double(label.attributes["y"] ?? "") ?? -1
                let anchors = ["middle": width / 2, "end": width], left = x - (anchors[label.attributes["text-anchor"] ?? ""] ?? 0)
                return (label.text, left, y - 0.75 * Double(size), left + width, y + 0.2 * Double(size))
            }
        }
    }

    /// Nothing outside, nothing over another label, one image with its name and description.
    private func check(_ svg: SVG, _ what: String) {
        guard let reading = Reading.of(svg) else {
            Issue.record("\(what) is no XML")
            return
        }
        let (width, height) = reading.size, root = reading.elements[0].attributes
        #expect(root["role"] == "img" && root["aria-labelledby"] == "title desc" && width == 400)
        #expect(reading.elements.contains { $0.name == "title" && $0.attributes["id"] == "title" })
        #expect(reading.elements.contains { $0.name == "desc" && $0.attributes["id"] == "desc" })
        for (x, y) in reading.points { #expect(x >= 0 && y >= 0 && x <= width && y <= height, "\(what): \(x) \(y)") }
        let boxes = reading.boxes
        for (place, a) in boxes.enumerated() {
            #expect(a.1 >= 0 && a.2 >= 0 && a.3 <= width && a.4 <= height, "\(what): \(a.text)")
            for b in boxes[(place + 1)...] {
                #expect(a.1 >= b.3 || b.1 >= a.3 || a.2 >= b.4 || b.2 >= a.4, "\(what): \(a.text) over \(b.text)")
            }
        }
        #expect(Set(svg.markup.matches(of: /(?:fill|stroke)="(#[0-9a-f]+)"/).map { String($0.1) }).isSubset(of: ["#1d2b36", "#fff"]))
    }

    /// Names from one letter to longer than any picture is wide, some of wide letters, some that look like markup.
    private func name(_ random: inout some RandomNumberGenerator) -> String {
        let alphabet = ["a", "m", "W", "å", " ", "語", "&", "<", "\""], length = Int.random(in: 1...160, using: &random)
        return (0..<length).map { _ in alphabet.randomElement(using: &random) ?? "a" }.joined()
    }

    private func figure(_ range: ClosedRange<Int>, _ random: inout some RandomNumberGenerator) -> Figure? {
        Int.random(in: 0...4, using: &random) == 0 ? nil : Figure(tenThousandths: Int.random(in: range, using: &random))
    }

    @Test(arguments: Language.allCases)
    func everyPictureHoldsForEveryInstrument(language: Language) {
        var random = Seeded(state: 7)
        for dimensions in 2...12 {
            for levels in 3...7 {
                let what = "\(dimensions) dimensions, \(levels) levels", scale = 10_000...levels * 10_000
                let names = (0..<dimensions).map { _ in name(&random) }
                let radar = Radar(levels: levels, axes: names.map { name in
                    let current = figure(scale, &random)
                    return .init(name: name, current: current, desired: current == nil ? nil : figure(scale, &random), last: figure(scale, &random))
                })
                check(radar.svg(.init(language: language, title: "T", current: "Current level", desired: "Desired level", last: "Last round", tooFew: "Too few answers")), "radar, \(what)")
                let spread = SpreadPicture(levels: levels, rows: names.map { .init(name: $0, spread: figure(0...levels * 6_000, &random)) })
                check(spread.svg(.init(language: language, title: "T", alike: "alike", differently: "differently", tooFew: "Too few answers")), "spread, \(what)")
                let items = Int.random(in: 1...20, using: &random), levelNames = (0..<levels).map { _ in String(name(&random).prefix(40)) }
                let map = HeatMap(levels: levelNames, rows: (0..<items).map { _ in
                    let counts = (0..<levels).map { _ in Int.random(in: 0...500, using: &random) }
                    return .init(statement: name(&random), counts: Bool.random(using: &random) ? counts : nil)
                })
                check(map.svg(.init(language: language, title: "T", tooFew: "Too few answers")), "heat map, \(what)")
                let wheel = Wheel(levels: levels, sectors: (1...Int.random(in: 1...7, using: &random)).map { number in
                    let current = figure(scale, &random)
                    return .init(number: number, text: name(&random), current: current, desired: current)
                })
                check(wheel.svg(.init(language: language, title: "T", current: "Current level", desired: "Desired level", tooFew: "Too few answers")), "wheel, \(what)")
                check(trend(names, levels, &random).svg(.init(language: language, title: "T", tooFew: "Too few answers", from: "23 november 2024", to: "23 november 2027")), "trend, \(what)")
                let ladder = Ladder(levels: levelNames, rows: names.map { name in
                    .init(name: name, marks: figure(scale, &random).map { .init(current: $0, desired: $0, spread: Figure(tenThousandths: 9_000)) })
                })
                let words = LadderPicture.Words(language: language, title: "T", description: "D", current: "Now", desired: "Then", spread: "Spread", tooFew: "Too few answers")
                check(LadderPicture(ladder: ladder, words: words).svg, "ladder, \(what)")
            }
        }
    }

    private func trend(_ names: [String], _ levels: Int, _ random: inout some RandomNumberGenerator) -> TrendPicture {
        let moments = (0..<Int.random(in: 2...20, using: &random)).map { Instant(microseconds: 1_700_000_000_000_000).adding(days: 31 * $0) }
        return TrendPicture(levels: levels, rows: names.map { name in
            .init(name: name, points: moments.map { .init(at: $0, value: figure(10_000...levels * 10_000, &random), isJoined: Bool.random(using: &random)) })
        })
    }

    // MARK: What is hidden

    private let three = Figure(tenThousandths: 30_000)

    @Test func whatIsHiddenIsSaidAndNeverDrawnAsNought() {
        let shown = Radar.Axis(name: "A", current: three, desired: three, last: nil), hidden = Radar.Axis(name: "B", current: nil, desired: nil, last: nil)
        let radarWords = Radar.Words(language: .sv, title: "T", current: "N", desired: "Ö", last: "F", tooFew: "För få svar")
        let radar = Radar(levels: 5, axes: [shown, hidden, shown, shown]).svg(radarWords).markup
        // Three marks and one in the legend; the hidden axis is dashed, with its number in brackets.
        #expect(radar.components(separatedBy: "<circle").count == 5 && radar.contains(">(2)<") && radar.contains("För få svar") && radar.contains("3 5"))
        let heat = HeatMap(levels: ["a", "b", "c"], rows: [.init(statement: "X", counts: nil)]).svg(.init(language: .sv, title: "T", tooFew: "För få svar")).markup
        #expect(heat.components(separatedBy: "<rect").count == 2 && heat.contains("För få svar") && !heat.contains(">0<"))
        let spread = SpreadPicture(levels: 5, rows: [.init(name: "A", spread: nil)])
            .svg(.init(language: .sv, title: "T", alike: "lika", differently: "olika", tooFew: "För få svar")).markup
        #expect(!spread.contains("<rect") && spread.contains("För få svar"))
        let wheel = Wheel(levels: 5, sectors: [.init(number: 1, text: "Q", current: nil, desired: nil), .init(number: 2, text: "R", current: three, desired: three)])
            .svg(.init(language: .sv, title: "T", current: "N", desired: "Ö", tooFew: "För få svar")).markup
        #expect(wheel.contains(">(1)<") && wheel.components(separatedBy: "<path").count == 5 && wheel.contains("För få svar"))
    }

    @Test func aLineOfTheTrendBreaksWhereNothingJoins() {
        let moments = (0..<4).map { Instant(microseconds: 1_700_000_000_000_000).adding(days: 100 * $0) }
        let drawn = { (points: [(Figure?, Bool)]) in
            TrendPicture(levels: 5, rows: [.init(name: "A", points: zip(moments, points).map { .init(at: $0, value: $1.0, isJoined: $1.1) })])
                .svg(.init(language: .sv, title: "T", tooFew: "För få", from: "a", to: "b")).markup.components(separatedBy: #"stroke-width="2""#).count - 1
        }
        let three: Figure? = three
        #expect(drawn([(three, false), (three, true), (three, true), (three, true)]) == 3)
        #expect(drawn([(three, false), (three, true), (three, false), (three, true)]) == 2)
        #expect(drawn([(three, false), (nil, false), (three, false), (three, true)]) == 1)
    }

    @Test func twoDimensionsStandOnOneLine() {
        let axes = ["A", "B"].map { Radar.Axis(name: $0, current: three, desired: nil, last: nil) }
        let drawn = Radar(levels: 5, axes: axes).svg(.init(language: .sv, title: "T", current: "N", desired: "Ö", last: "F", tooFew: "–")).markup
        // Half way out, upwards and downwards, with one line between them.
        #expect(drawn.contains(#"x1="200" y1="108" x2="200" y2="248""#))
    }

    // MARK: In words

    /// A change that the table prints as 0.0 is none.
    @Test func theRadarComparesAsTheTablePrints() {
        let changes = [400, -400, 500, -600, 0].map { change in
            Radar.Axis(name: "A", current: Figure(tenThousandths: 20_000 + change), desired: three, last: Figure(tenThousandths: 20_000))
        }
        #expect(Radar(levels: 5, axes: changes).sentence(in: .en).contains("higher in 1, lower in 1 and the same in 3 areas"))
    }

    @Test(arguments: Language.allCases)
    func eachSaysWhatItShows(language: Language) {
        let two = Figure(tenThousandths: 20_000)
        let axis = Radar.Axis(name: "A", current: two, desired: three, last: three), none = Radar.Axis(name: "B", current: nil, desired: nil, last: nil)
        #expect(Radar(levels: 5, axes: [axis, axis, none]).sentence(in: language) == [
            .sv: "Önskat läge ligger utanför nuläget i 2 av 2 områden. Jämfört med förra omgången är nuläget högre i 0, lägre i 2 och detsamma i 0 områden. 1 av 3 områden visas inte.",
            .en: "The desired level lies outside the current one in 2 of 2 areas. Compared with the last round the current level is higher in 0, lower in 2 and the same in 0 areas. 1 of 3 areas not shown.",
        ][language])
        let spread = SpreadPicture(levels: 5, rows: [.init(name: "A", spread: Figure(tenThousandths: 10_000)), .init(name: "B", spread: Figure(tenThousandths: 9_999))])
        #expect(spread.sentence(in: language) == [.sv: "Spridningen är 1,0 eller mer i 1 av 2 områden: ”A”.", .en: "The spread is 1.0 or more in 1 of 2 areas: “A”."][language])
        let map = HeatMap(levels: ["a", "b", "c"], rows: [.init(statement: "X", counts: [1, 4, 0]), .init(statement: "Y", counts: nil)])
        #expect(map.sentence(in: language) == [
            .sv: "Flest svar om nuläget finns på nivå 2: 4 av 5. 1 av 2 frågor visas inte, eftersom för få har svarat.",
            .en: "Most answers about the present are at level 2: 4 of 5. 1 of 2 questions not shown, because too few answered.",
        ][language])
        let even = HeatMap(levels: ["a", "b", "c"], rows: [.init(statement: "X", counts: [2, 2, 2])])
        #expect(even.sentence(in: language) == [
            .sv: "Flest svar om nuläget finns på nivå 1, 2 och 3: 2 av 6 på var och en.",
            .en: "Most answers about the present are at level 1, 2 and 3: 2 of 6 at each.",
        ][language])
        let wheel = Wheel(levels: 5, sectors: [.init(number: 1, text: "", current: two, desired: three), .init(number: 4, text: "", current: three, desired: three)])
        #expect(wheel.sentence(in: language) == [
            .sv: "Svagast stöd har fråga 1 (2,0) och starkast fråga 4 (3,0).",
            .en: "Question 1 has the weakest support (2.0) and question 4 the strongest (3.0).",
        ][language])
    }

    @Test func longTextsAreCutAndShortOnesLeft() {
        #expect(Pen.fitted("Ledning", to: 100) == "Ledning" && Pen.fitted(String(repeating: "a", count: 99), to: 100).hasSuffix("…"))
        #expect(Pen.width(of: Pen.fitted(String(repeating: "語", count: 99), to: 100), size: 14) <= 100)
    }
}

/// The same numbers each time.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
