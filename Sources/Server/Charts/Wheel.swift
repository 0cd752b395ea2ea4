import Foundation
import Rules

/// The seven questions about a benefit as a wheel: a sector each, filled as far as the current level, with an arc at the desired one.
struct Wheel: Hashable, Sendable {
    let levels: Int
    let sectors: [Sector]

    struct Sector: Hashable, Sendable {
        let number: Int
        let text: String
        /// Nil where too few answered.
        let current, desired: Figure?
    }

    init(levels: Int, sectors: [Sector]) {
        (self.levels, self.sectors) = (max(levels, 2), sectors)
    }

    struct Words: Sendable {
        let language: Language
        let title, current, desired, tooFew: String
    }
}

extension Wheel {
    func sentence(in language: Language) -> String {
        let shown = sectors.compactMap { sector in sector.current.map { (sector.number, $0) } }
        guard let low = shown.min(by: { $0.1 < $1.1 }), let high = shown.max(by: { $0.1 < $1.1 }) else {
            return language == .sv ? "Ingen av frågorna har tillräckligt många svar för att visas." : "None of the questions has enough answers to be shown."
        }
        let (least, most) = (low.1.mean(in: language), high.1.mean(in: language)), hidden = sectors.count - shown.count
        let first = switch (language, least == most) {
        case (.sv, true): "Stödet är \(least) för alla frågor som visas."
        case (.en, true): "The support is \(least) for every question shown."
        case (.sv, false): "Svagast stöd har fråga \(low.0) (\(least)) och starkast fråga \(high.0) (\(most))."
        case (.en, false): "Question \(low.0) has the weakest support (\(least)) and question \(high.0) the strongest (\(most))."
        }
        guard hidden > 0 else { return first }
        return first + (language == .sv ? " \(hidden) av \(sectors.count) frågor visas inte." : " \(hidden) of \(sectors.count) questions not shown.")
    }
}

extension Wheel {
    private static let centre = (x: 200, y: 172), hub = 20, radius = 140, top = 348, rowHeight = 22

    func svg(_ words: Words) -> SVG {
        let legend = Wheel.top + sectors.count * Wheel.rowHeight + 20
        return Pen.picture(
            height: legend + 14, language: words.language, title: words.title, description: sentence(in: words.language),
            sectors.indices.flatMap { drawn($0) } + names(words) + [
                .element("rect", ["x": "8", "y": "\(legend - 11)", "width": "28", "height": "12", "fill-opacity": "0.35", "stroke": Pen.ink]),
                Pen.label(Pen.fitted(words.current, to: 120, size: 13), Length(42), Length(legend), size: 13),
                Pen.line(Length(190), Length(legend - 5), Length(222), Length(legend - 5), width: 3, dashes: Mark.desired.dashes),
                Pen.label(Pen.fitted(words.desired, to: 150, size: 13), Length(228), Length(legend), size: 13),
            ])
    }

    private func drawn(_ place: Int) -> [SVG] {
        let sector = sectors[place], middle = point(Double(place) + 0.5, Double(Wheel.radius + 15))
        let outline = shape(place, to: Double(Wheel.radius), fill: "0", dashes: sector.current == nil ? "3 5" : "none", opacity: "0.35")
        let number = Pen.label(sector.current == nil ? "(\(sector.number))" : "\(sector.number)", middle.x, middle.y + 5, anchor: "middle", weight: "bold")
        guard let current = sector.current, let desired = sector.desired else { return [outline, number] }
        return [outline, shape(place, to: reach(current), fill: "0.35", dashes: "none", opacity: "1"), arc(place, at: reach(desired)), number]
    }

    private func names(_ words: Words) -> [SVG] {
        sectors.enumerated().flatMap { place, sector -> [SVG] in
            let y = Length(Wheel.top + place * Wheel.rowHeight)
            let value = sector.current.flatMap { now in sector.desired.map { "\(now.mean(in: words.language)) → \($0.mean(in: words.language))" } }
            return [
                Pen.label("\(sector.number)", Length(16), y, anchor: "end", size: 13, weight: "bold"),
                Pen.label(Pen.fitted(sector.text, to: 264, size: 13), Length(24), y, size: 13),
                Pen.label(Pen.fitted(value ?? words.tooFew, to: 96, size: 13), Length(392), y, anchor: "end", size: 13, style: value == nil ? "italic" : "normal"),
            ]
        }
    }

    // MARK: Where

    /// From the hub, which stands for less than level 1, so that the lowest level is seen as something.
    private func reach(_ value: Figure) -> Double {
        let held = Double(min(max(value.tenThousandths, 0), levels * 10_000)) / Double(levels * 10_000)
        return Double(Wheel.hub) + held * Double(Wheel.radius - Wheel.hub)
    }

    private func point(_ turn: Double, _ distance: Double) -> (x: Length, y: Length) {
        let angle = 2 * Double.pi * turn / Double(max(sectors.count, 1))
        return (
            Length(tenths: Wheel.centre.x * 10 + Int((10 * distance * sin(angle)).rounded())),
            Length(tenths: Wheel.centre.y * 10 - Int((10 * distance * cos(angle)).rounded()))
        )
    }

    /// Its corners at the two edges, joined by the points between: a line of short steps looks round, and needs no arc that a full turn would break.
    private func edge(_ place: Int, _ distance: Double) -> [(x: Length, y: Length)] {
        let steps = max(4, 60 / max(sectors.count, 1))
        return (0...steps).map { point(Double(place) + 0.02 + 0.96 * Double($0) / Double(steps), distance) }
    }

    private func path(_ points: [(x: Length, y: Length)]) -> String {
        points.enumerated().map { "\($0 == 0 ? "M" : "L")\($1.x) \($1.y)" }.joined()
    }

    private func shape(_ place: Int, to distance: Double, fill: String, dashes: String, opacity: String) -> SVG {
        .element("path", [
            "d": path(edge(place, Double(Wheel.hub)) + edge(place, distance).reversed()) + "Z", "fill-opacity": fill, "stroke": Pen.ink, "stroke-dasharray": dashes,
            "stroke-opacity": opacity,
        ])
    }

    private func arc(_ place: Int, at distance: Double) -> SVG {
        .element("path", ["d": path(edge(place, distance)), "fill": "none", "stroke": Pen.ink, "stroke-width": "3", "stroke-dasharray": Mark.desired.dashes])
    }
}

extension Wheel {
    init(_ analysis: Analysis, levels: Int, texts: Texts) {
        self.init(levels: levels, sectors: analysis.questions.map { question in
            let figures = question.result.figures
            return Sector(number: question.number, text: texts("question.\(question.number)"), current: figures?.current, desired: figures?.desired)
        })
    }
}
