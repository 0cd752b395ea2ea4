import Rules

/// The items of one dimension against the levels: how many chose each for the present. The darker a cell, the larger its share; the count stands in it.
struct HeatMap: Hashable, Sendable {
    /// The names of the levels, from the lowest.
    let levels: [String]
    let rows: [Row]

    struct Row: Hashable, Sendable {
        let statement: String
        /// From the lowest level; nil where too few answered.
        let counts: [Int]?
    }

    struct Words: Sendable {
        let language: Language
        let title, tooFew: String
    }
}

extension HeatMap {
    func sentence(in language: Language) -> String {
        let shown = rows.compactMap(\.counts), all = shown.flatMap { $0 }.reduce(0, +)
        guard let width = shown.map(\.count).max(), all > 0 else {
            return language == .sv ? "Ingen fråga har tillräckligt många svar för att visas." : "No question has enough answers to be shown."
        }
        let sums = (0..<width).map { level in shown.reduce(0) { $0 + ($1.indices.contains(level) ? $1[level] : 0) } }
        let most = sums.max() ?? 0, alike = sums.indices.filter { sums[$0] == most }.map { "\($0 + 1)" }
        let hidden = rows.count - shown.count, levels = language.enumeration(alike)
        switch language {
        case .sv:
            return "Flest svar om nuläget finns på nivå \(levels): \(most) av \(all)\(alike.count > 1 ? " på var och en" : "")."
                + (hidden == 0 ? "" : " \(hidden) av \(rows.count) frågor visas inte, eftersom för få har svarat.")
        case .en:
            return "Most answers about the present are at level \(levels): \(most) of \(all)\(alike.count > 1 ? " at each" : "")."
                + (hidden == 0 ? "" : " \(hidden) of \(rows.count) questions not shown, because too few answered.")
        }
    }
}

extension HeatMap {
    private static let left = 8, right = 392, header = 26, rowHeight = 54, cell = 26
    /// In ten-thousandths. Even in the darkest cell the count is read with a contrast of more than 5:1.
    private static let darkest = 4_000

    func svg(_ words: Words) -> SVG {
        Pen.picture(
            height: HeatMap.header + rows.count * HeatMap.rowHeight + 8, language: words.language, title: words.title,
            description: sentence(in: words.language), heads + rows.indices.flatMap { row($0, words) })
    }

    private var columns: Int { max(levels.count, 1) }
    private var columnWidth: Int { (HeatMap.right - HeatMap.left) / columns }
    private func left(_ column: Int) -> Int { HeatMap.left + column * columnWidth }

    private var heads: [SVG] {
        levels.indices.map { level in
            let name = "\(level + 1) \(levels[level])", fits = levels.indices.allSatisfy {
                Pen.width(of: "\($0 + 1) \(levels[$0])", size: 12) <= columnWidth - 4
            }
            return Pen.label(fits ? name : "\(level + 1)", Length(left(level) + columnWidth / 2), Length(16), anchor: "middle", size: 12, weight: "bold")
        }
    }

    private func row(_ place: Int, _ words: Words) -> [SVG] {
        let row = rows[place], top = HeatMap.header + place * HeatMap.rowHeight
        let name = Pen.label(Pen.fitted("\(place + 1). \(row.statement)", to: HeatMap.right - HeatMap.left, size: 13), Length(HeatMap.left), Length(top + 16), size: 13)
        guard let counts = row.counts else {
            let text = Pen.label(Pen.fitted(words.tooFew, to: 300, size: 13), Length(Pen.width / 2), Length(top + 40), anchor: "middle", size: 13, style: "italic")
            return [name, box(HeatMap.left, top + 22, columns * columnWidth - 2, opacity: "0", dashes: "3 4"), text]
        }
        let persons = max(counts.reduce(0, +), 1)
        return [name] + counts.prefix(columns).enumerated().flatMap { column, count in
            [
                box(left(column), top + 22, columnWidth - 2, opacity: Figure(tenThousandths: count * HeatMap.darkest / persons).text(decimals: 2), dashes: "none"),
                Pen.label("\(count)", Length(left(column) + columnWidth / 2), Length(top + 40), anchor: "middle", size: 13, weight: count == counts.max() ? "bold" : "normal"),
            ]
        }
    }

    private func box(_ x: Int, _ y: Int, _ width: Int, opacity: String, dashes: String) -> SVG {
        .element("rect", [
            "x": "\(x)", "y": "\(y)", "width": "\(width)", "height": "\(HeatMap.cell)", "fill-opacity": opacity, "stroke": Pen.ink, "stroke-opacity": "0.5",
            "stroke-dasharray": dashes,
        ])
    }
}

extension HeatMap {
    /// Of one dimension of a result.
    init(_ dimension: Analysis.Dimension, of instrument: Instrument, in language: Language) {
        self.init(levels: instrument.levels.map { $0.name[language] }, rows: dimension.items.map { item in
            Row(statement: instrument.statement(of: item.key)[language], counts: item.cells.histograms?.current.counts)
        })
    }
}
