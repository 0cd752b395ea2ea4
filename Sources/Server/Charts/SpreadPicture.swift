import Rules

/// Where people see the present alike, and where differently: one bar a dimension, against the spread from which it is worth a talk.
struct SpreadPicture: Hashable, Sendable {
    let levels: Int
    let rows: [Row]

    struct Row: Hashable, Sendable {
        let name: String
        /// Nil where too few answered.
        let spread: Figure?
        var isDisputed: Bool { spread.map { $0 >= Threshold.disputed } ?? false }
    }

    struct Words: Sendable {
        let language: Language
        let title, alike, differently, tooFew: String
    }
}

extension SpreadPicture {
    func sentence(in language: Language) -> String {
        let shown = rows.filter { $0.spread != nil }, disputed = shown.filter(\.isDisputed)
        guard !shown.isEmpty else {
            return language == .sv ? "Inget område har tillräckligt många svar för att visas." : "No area has enough answers to be shown."
        }
        let names = disputed.map { language == .sv ? "”\($0.name)”" : "“\($0.name)”" }.joined(separator: ", ")
        return switch (language, disputed.isEmpty) {
        case (.sv, true): "I inget av de \(shown.count) områden som visas är spridningen 1,0 eller mer: ni ser ungefär lika."
        case (.sv, false): "Spridningen är 1,0 eller mer i \(disputed.count) av \(shown.count) områden: \(names)."
        case (.en, true): "In none of the \(shown.count) areas shown is the spread 1.0 or more: you see much the same."
        case (.en, false): "The spread is 1.0 or more in \(disputed.count) of \(shown.count) areas: \(names)."
        }
    }
}

extension SpreadPicture {
    private static let left = 8, right = 392, header = 28, rowHeight = 46

    func svg(_ words: Words) -> SVG {
        let bottom = SpreadPicture.header + rows.count * SpreadPicture.rowHeight, limit = x(Threshold.disputed)
        return Pen.picture(
            height: bottom + 8, language: words.language, title: words.title, description: sentence(in: words.language),
            rows.indices.flatMap { place in
                // Only beside the bars, so that it crosses no name.
                let top = Length(SpreadPicture.header + place * SpreadPicture.rowHeight)
                return row(place, words) + [Pen.line(limit, top + 23, limit, top + 42, width: 2, dashes: "6 4")]
            } + [
                Pen.label(Threshold.disputed.mean(in: words.language), limit, Length(16), anchor: "middle", size: 12, weight: "bold"),
            ])
    }

    private func row(_ place: Int, _ words: Words) -> [SVG] {
        let row = rows[place], top = SpreadPicture.header + place * SpreadPicture.rowHeight, y = Length(top + 18)
        let name = Pen.label(Pen.fitted(row.name, to: 226, size: 13), Length(SpreadPicture.left), y, size: 13)
        guard let spread = row.spread else {
            return [name, Pen.label(Pen.fitted(words.tooFew, to: 148, size: 13), Length(SpreadPicture.right), y, anchor: "end", size: 13, style: "italic")]
        }
        let text = "\(spread.spread(in: words.language)) \(row.isDisputed ? words.differently : words.alike)"
        return [
            name, Pen.label(Pen.fitted(text, to: 148, size: 13), Length(SpreadPicture.right), y, anchor: "end", size: 13, weight: row.isDisputed ? "bold" : "normal"),
            .element("rect", [
                "x": "\(SpreadPicture.left)", "y": "\(top + 26)", "width": "\(x(spread) - SpreadPicture.left)", "height": "12",
                "fill-opacity": row.isDisputed ? "0.75" : "0.2", "stroke": Pen.ink,
            ]),
        ]
    }

    /// The scale ends about where the greatest spread lies that the levels allow; what is beyond is put there.
    private func x(_ spread: Figure) -> Length {
        let end = max(15_000, (levels - 1) * 6_000), held = min(max(spread.tenThousandths, 0), end)
        return Length(tenths: SpreadPicture.left * 10 + held * (SpreadPicture.right - SpreadPicture.left) * 10 / end)
    }
}

extension SpreadPicture {
    init(_ analysis: Analysis, of instrument: Instrument, in language: Language) {
        let names = Dictionary(instrument.dimensions.map { ($0.key, $0.name[language]) }) { first, _ in first }
        self.init(levels: instrument.levels.count, rows: analysis.dimensions.map { Row(name: names[$0.key] ?? $0.key, spread: $0.result.figures?.spread) })
    }
}
