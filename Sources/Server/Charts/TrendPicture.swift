import Rules

/// The current level through the years: a small field for each dimension, over one another, with one axis of time.
struct TrendPicture: Hashable, Sendable {
    let levels: Int
    let rows: [Row]

    struct Row: Hashable, Sendable {
        let name: String
        /// The oldest first; the same moments in every row.
        let points: [Point]
    }

    struct Point: Hashable, Sendable {
        let at: Instant
        /// Nil where it is hidden.
        let value: Figure?
        /// Whether a line leads here from the point before.
        let isJoined: Bool
    }

    struct Words: Sendable {
        let language: Language
        let title, tooFew: String
        /// The first and the last day.
        let from, to: String
    }
}

extension TrendPicture {
    func sentence(in language: Language) -> String {
        let joined = rows.filter { row in row.points.contains(where: \.isJoined) }.count, rounds = rows.map(\.points.count).max() ?? 0
        return switch language {
        case .sv: "Nuläget i \(rounds) omgångar. \(joined) av \(rows.count) områden har en linje; där den bryts går omgångarna inte att jämföra."
        case .en: "The current level in \(rounds) rounds. \(joined) of \(rows.count) areas have a line; where it breaks, the rounds cannot be compared."
        }
    }
}

extension TrendPicture {
    private static let left = 30, right = 350, header = 8, rowHeight = 86, field = 48

    func svg(_ words: Words) -> SVG {
        let bottom = TrendPicture.header + rows.count * TrendPicture.rowHeight
        return Pen.picture(
            height: bottom + 26, language: words.language, title: words.title, description: sentence(in: words.language),
            rows.indices.flatMap { row($0, words) } + [
                Pen.label(Pen.fitted(words.from, to: 180, size: 12), Length(8), Length(bottom + 14), size: 12),
                Pen.label(Pen.fitted(words.to, to: 180, size: 12), Length(392), Length(bottom + 14), anchor: "end", size: 12),
            ])
    }

    private func row(_ place: Int, _ words: Words) -> [SVG] {
        let row = rows[place], top = TrendPicture.header + place * TrendPicture.rowHeight + 24
        let last = row.points.last?.value
        let scale = [1, levels].flatMap { level -> [SVG] in
            let y = self.y(Figure(tenThousandths: level * 10_000), top)
            return [
                Pen.line(Length(TrendPicture.left - 8), y, Length(TrendPicture.right + 8), y, opacity: "0.3"),
                Pen.label("\(level)", Length(12), y + 4, anchor: "middle", size: 11),
            ]
        }
        let name = Pen.label(Pen.fitted(row.name, to: 376, size: 13), Length(8), Length(top - 10), size: 13)
        let value = last.map { Pen.label($0.mean(in: words.language), Length(392), y($0, top) + 4, anchor: "end", size: 13, weight: "bold") }
        let hidden = last == nil ? [Pen.label(Pen.fitted(words.tooFew, to: 150, size: 11), Length(392), Length(top + 32), anchor: "end", size: 11, style: "italic")] : []
        return scale + [name] + lines(row, top) + [value].compactMap { $0 } + hidden
    }

    private func lines(_ row: Row, _ top: Int) -> [SVG] {
        row.points.indices.flatMap { place -> [SVG] in
            let point = row.points[place]
            guard let value = point.value else { return [] }
            let mark = Mark.current.mark(x(point.at), y(value, top))
            guard point.isJoined, place > 0, let before = row.points[place - 1].value else { return [mark] }
            return [Pen.line(x(row.points[place - 1].at), y(before, top), x(point.at), y(value, top), width: 2), mark]
        }
    }

    // MARK: Where

    private func x(_ at: Instant) -> Length {
        let moments = rows.first?.points.map(\.at) ?? []
        guard let first = moments.first, let last = moments.last, last > first else { return Length(TrendPicture.right) }
        let whole = last.seconds(since: first), part = min(max(at.seconds(since: first), 0), whole)
        return Length(tenths: TrendPicture.left * 10 + part * (TrendPicture.right - TrendPicture.left) * 10 / max(whole, 1))
    }

    private func y(_ value: Figure, _ top: Int) -> Length {
        let end = max(levels, 2) * 10_000, held = min(max(value.tenThousandths, 10_000), end)
        return Length(tenths: (top + TrendPicture.field) * 10 - (held - 10_000) * TrendPicture.field * 10 / (end - 10_000))
    }
}
