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

    private let width = Pen.width, left = 36, right = 364, header = 44, rowHeight = 54, footer = 40

    var svg: SVG {
        let height = header + ladder.rows.count * rowHeight + footer
        return Pen.picture(
            height: height, language: words.language, title: words.title, description: words.description,
            scale + ladder.rows.indices.flatMap(row) + legend(at: height - 14))
    }

    // MARK: The parts, from the top

    /// The levels, with a thin line through all rows for each.
    private var scale: [SVG] {
        let room = (right - left) / max(ladder.levels.count - 1, 1) - 4, namesFit = ladder.levels.allSatisfy { Pen.width(of: $0, size: 12) <= min(room, 2 * left) }
        return ladder.levels.enumerated().flatMap { place, name in
            let x = self.x(Figure(tenThousandths: (place + 1) * 10_000))
            let bottom = header + ladder.rows.count * rowHeight
            return [
                Pen.line(x, Length(header - 6), x, Length(bottom), width: 1, opacity: "0.2"),
                Pen.label(String(place + 1), x, Length(16), anchor: "middle", weight: "bold"),
                Pen.label(namesFit ? name : "", x, Length(32), anchor: "middle", size: 12),
            ]
        }
    }

    private func row(_ place: Int) -> [SVG] {
        let row = ladder.rows[place], top = header + place * rowHeight
        let name = Pen.label(Pen.fitted(row.name, to: 290), Length(8), Length(top + 18))
        guard let marks = row.marks else {
            return [name, Pen.label(words.tooFew, Length(width - 8), Length(top + 38), anchor: "end", size: 13, style: "italic")]
        }
        let values = "\(marks.current.mean(in: words.language)) → \(marks.desired.mean(in: words.language))"
        return [name, Pen.label(values, Length(width - 8), Length(top + 18), anchor: "end", weight: "bold")]
            + drawn(marks, at: Length(top + 36))
    }

    private func drawn(_ marks: Ladder.Marks, at y: Length) -> [SVG] {
        let (now, then) = (x(marks.current), x(marks.desired))
        let half = marks.spread.tenThousandths
        return [
            Pen.line(x(lowest), y, x(highest), y, width: 1, opacity: "0.5"),
            band(from: x(Figure(tenThousandths: marks.current.tenThousandths - half)), to: x(Figure(tenThousandths: marks.current.tenThousandths + half)), y),
            Pen.line(now, y, then, y, width: 3),
            Pen.diamond(then, y),
            Pen.disc(now, y),
        ]
    }

    private func legend(at y: Int) -> [SVG] {
        let line = Length(y - 5), text = Length(y)
        return [
            Pen.disc(Length(16), line), Pen.label(words.current, Length(28), text, size: 13),
            Pen.diamond(Length(132), line), Pen.label(words.desired, Length(146), text, size: 13),
            band(from: Length(256), to: Length(290), line), Pen.label(words.spread, Length(298), text, size: 13),
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

    private func band(from start: Length, to end: Length, _ y: Length) -> SVG {
        .element("g", [:], [
            .element("rect", ["x": "\(start)", "y": "\(y - 6)", "width": "\(end - start)", "height": "12", "fill-opacity": "0.15"]),
            Pen.line(start, y - 6, start, y + 6, width: 1),
            Pen.line(end, y - 6, end, y + 6, width: 1),
        ])
    }
}
