import Rules

/// The ladder as a picture. Drawn for a phone's width, where its letters are as large as the page's, and no wider than that on a large screen.
/// What it says is told apart by form: a filled disc is the current level, a hollow diamond the desired one, a band the spread.
struct LadderPicture {
    let ladder: Ladder
    let words: Words

    /// In the reader's language.
    struct Words: Sendable {
        let language: Language
        /// The picture's name, and the sentence that says what it shows.
        let title, description: String
        let current, desired, spread, tooFew: String
    }

    /// As the page's own text; contrast on white 14:1.
    private static let ink = "#1d2b36"

    private let width = 400, left = 36, right = 364, header = 44, rowHeight = 54, footer = 40

    var svg: SVG {
        let height = header + ladder.rows.count * rowHeight + footer
        return .element("svg", [
            "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(width) \(height)", "width": "\(width)", "height": "\(height)",
            "lang": words.language.rawValue, "font-family": "system-ui, sans-serif", "fill": LadderPicture.ink,
        ], [
            .element("title", [:], [.text(words.title)]),
            .element("desc", [:], [.text(words.description)]),
        ] + scale + ladder.rows.indices.flatMap(row) + legend(at: height - 14))
    }

    // MARK: The parts, from the top

    /// The levels, with a thin line through all rows for each.
    private var scale: [SVG] {
        let namesFit = ladder.levels.allSatisfy { $0.count <= 11 }
        return ladder.levels.enumerated().flatMap { place, name in
            let x = self.x(Figure(tenThousandths: (place + 1) * 10_000))
            let bottom = header + ladder.rows.count * rowHeight
            return [
                line(x, Length(header - 6), x, Length(bottom), width: 1, opacity: "0.2"),
                label(String(place + 1), x, Length(16), anchor: "middle", weight: "bold"),
                label(namesFit ? name : "", x, Length(32), anchor: "middle", size: 12),
            ]
        }
    }

    private func row(_ place: Int) -> [SVG] {
        let row = ladder.rows[place], top = header + place * rowHeight
        let name = label(row.name, Length(8), Length(top + 18))
        guard let marks = row.marks else {
            return [name, label(words.tooFew, Length(width - 8), Length(top + 38), anchor: "end", size: 13, style: "italic")]
        }
        let values = "\(marks.current.mean(in: words.language)) → \(marks.desired.mean(in: words.language))"
        return [name, label(values, Length(width - 8), Length(top + 18), anchor: "end", weight: "bold")]
            + drawn(marks, at: Length(top + 36))
    }

    private func drawn(_ marks: Ladder.Marks, at y: Length) -> [SVG] {
        let (now, then) = (x(marks.current), x(marks.desired))
        let half = marks.spread.tenThousandths
        return [
            line(x(lowest), y, x(highest), y, width: 1, opacity: "0.5"),
            band(from: x(Figure(tenThousandths: marks.current.tenThousandths - half)), to: x(Figure(tenThousandths: marks.current.tenThousandths + half)), y),
            line(now, y, then, y, width: 3),
            diamond(then, y),
            disc(now, y),
        ]
    }

    private func legend(at y: Int) -> [SVG] {
        let line = Length(y - 5), text = Length(y)
        return [
            disc(Length(16), line), label(words.current, Length(28), text, size: 13),
            diamond(Length(132), line), label(words.desired, Length(146), text, size: 13),
            band(from: Length(256), to: Length(290), line), label(words.spread, Length(298), text, size: 13),
        ]
    }

    // MARK: The marks

    private var lowest: Figure { Figure(tenThousandths: 10_000) }
    private var highest: Figure { Figure(tenThousandths: max(ladder.levels.count, 2) * 10_000) }

    /// Where a value lies on the scale; what is beyond its ends is put at them.
    private func x(_ value: Figure) -> Length {
        let held = min(max(value, lowest), highest)
        return Length(tenths: left * 10 + (held.tenThousandths - lowest.tenThousandths) * (right - left) * 10 / (highest.tenThousandths - lowest.tenThousandths))
    }

    private func disc(_ x: Length, _ y: Length) -> SVG {
        .element("circle", ["cx": "\(x)", "cy": "\(y)", "r": "5"])
    }

    /// Larger than the disc, so that both are seen where they meet.
    private func diamond(_ x: Length, _ y: Length) -> SVG {
        .element("path", [
            "d": "M\(x) \(y - 9)L\(x + 9) \(y)L\(x) \(y + 9)L\(x - 9) \(y)Z", "fill": "#fff", "stroke": LadderPicture.ink,
            "stroke-width": "2",
        ])
    }

    private func band(from start: Length, to end: Length, _ y: Length) -> SVG {
        .element("g", [:], [
            .element("rect", ["x": "\(start)", "y": "\(y - 6)", "width": "\(end - start)", "height": "12", "fill-opacity": "0.15"]),
            line(start, y - 6, start, y + 6, width: 1),
            line(end, y - 6, end, y + 6, width: 1),
        ])
    }

    private func line(_ x1: Length, _ y1: Length, _ x2: Length, _ y2: Length, width: Int, opacity: String = "1") -> SVG {
        .element("line", [
            "x1": "\(x1)", "y1": "\(y1)", "x2": "\(x2)", "y2": "\(y2)", "stroke": LadderPicture.ink, "stroke-width": "\(width)", "stroke-opacity": opacity,
        ])
    }

    private func label(
        _ text: String, _ x: Length, _ y: Length, anchor: String = "start", size: Int = 14, weight: String = "normal", style: String = "normal"
    ) -> SVG {
        .element("text", [
            "x": "\(x)", "y": "\(y)", "text-anchor": anchor, "font-size": "\(size)", "font-weight": weight, "font-style": style,
        ], [.text(text)])
    }
}
