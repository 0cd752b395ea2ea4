import Foundation
import Rules

/// The dimensions around a centre: current, desired and, where there is one, the last round. With two dimensions no line encloses anything, so they stand as
/// two opposite spokes.
struct Radar: Hashable, Sendable {
    /// The highest level; the lowest, 1, is the centre.
    let levels: Int
    let axes: [Axis]

    struct Axis: Hashable, Sendable {
        let name: String
        /// Nil where too few answered, or where the last round has nothing to compare with.
        let current, desired, last: Figure?
    }

    init(levels: Int, axes: [Axis]) {
        (self.levels, self.axes) = (max(levels, 2), axes)
    }

    var hasLast: Bool { axes.contains { $0.last != nil } }
    private var traces: [Mark] { Mark.allCases.filter { $0 != .last || hasLast } }

    /// In the reader's language.
    struct Words: Sendable {
        let language: Language
        let title, current, desired, last, tooFew: String
    }
}

// MARK: - In words

extension Radar {
    func sentence(in language: Language) -> String {
        let shown = axes.filter { $0.current != nil && $0.desired != nil }
        guard !shown.isEmpty else {
            return language == .sv ? "Inget område har tillräckligt många svar för att visas." : "No area has enough answers to be shown."
        }
        let wished = shown.count { ($0.desired ?? .nought) > ($0.current ?? .nought) }
        let sentences = switch language {
        case .sv: ["Önskat läge ligger utanför nuläget i \(wished) av \(shown.count) områden.", comparison(.sv), hidden(.sv, shown.count)]
        case .en: ["The desired level lies outside the current one in \(wished) of \(shown.count) areas.", comparison(.en), hidden(.en, shown.count)]
        }
        return sentences.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// What differs from the last round, as the table of changes prints it, without a word of why.
    private func comparison(_ language: Language) -> String {
        let changes = axes.compactMap { axis in
            axis.current.flatMap { now in axis.last.map { Figure(tenThousandths: now.tenThousandths - $0.tenThousandths).rounded(decimals: 1) } }
        }
        guard !changes.isEmpty else { return "" }
        let higher = changes.count { $0 > 0 }, lower = changes.count { $0 < 0 }
        return switch language {
        case .sv: "Jämfört med förra omgången är nuläget högre i \(higher), lägre i \(lower) och detsamma i \(changes.count - higher - lower) områden."
        case .en: "Compared with the last round the current level is higher in \(higher), lower in \(lower) and the same in \(changes.count - higher - lower) areas."
        }
    }

    private func hidden(_ language: Language, _ shown: Int) -> String {
        guard shown < axes.count else { return "" }
        return language == .sv ? "\(axes.count - shown) av \(axes.count) områden visas inte." : "\(axes.count - shown) of \(axes.count) areas not shown."
    }
}

// MARK: - Drawn

extension Radar {
    private static let centre = (x: 200, y: 178), radius = 140, top = 364, rowHeight = 22

    func svg(_ words: Words) -> SVG {
        let legend = Radar.top + axes.count * Radar.rowHeight + 28
        return Pen.picture(
            height: legend + 14, language: words.language, title: words.title, description: sentence(in: words.language),
            rings + axes.indices.flatMap { spoke($0, words) } + traces.flatMap(drawn) + names(words) + self.legend(words, at: legend))
    }

    private var rings: [SVG] {
        (1...levels).flatMap { level -> [SVG] in
            let edge = axes.indices.map { point($0, Figure(tenThousandths: level * 10_000)) }
            let ring = (0..<edge.count).map { place in
                let (from, to) = (edge[place], edge[(place + 1) % edge.count])
                return Pen.line(from.x, from.y, to.x, to.y, opacity: "0.25")
            }
            return (edge.count > 2 && level > 1 ? ring : []) + [Pen.label(String(level), edge[0].x + 4, edge[0].y + 12, size: 11)]
        }
    }

    /// The axis with its number; where nothing is shown, dashed and with a dash beside the number.
    private func spoke(_ place: Int, _ words: Words) -> [SVG] {
        let end = point(place, highest), outside = at(place, distance: Double(Radar.radius + 22)), isShown = axes[place].current != nil
        return [
            Pen.line(Length(Radar.centre.x), Length(Radar.centre.y), end.x, end.y, opacity: "0.35", dashes: isShown ? "none" : "3 5"),
            Pen.label(isShown ? "\(place + 1)" : "(\(place + 1))", outside.x, outside.y + 5, anchor: "middle", weight: "bold"),
        ]
    }

    /// A line only between neighbours that are both shown, so that it breaks where something is hidden; around the circle only if there is one.
    private func drawn(_ trace: Mark) -> [SVG] {
        let points = axes.indices.map { place in value(trace, axes[place]).map { point(place, $0) } }
        let steps = axes.count > 2 ? axes.count : axes.count - 1
        let lines = (0..<max(steps, 0)).compactMap { place -> SVG? in
            guard let from = points[place], let to = points[(place + 1) % points.count] else { return nil }
            return Pen.line(from.x, from.y, to.x, to.y, width: trace == .current ? 3 : 2, dashes: trace.dashes)
        }
        return lines + points.compactMap { $0.map { trace.mark($0.x, $0.y) } }
    }

    private func names(_ words: Words) -> [SVG] {
        axes.enumerated().flatMap { place, axis -> [SVG] in
            let y = Length(Radar.top + place * Radar.rowHeight)
            let value = axis.current.map { now in ([axis.last, now, axis.desired].compactMap { $0?.mean(in: words.language) }).joined(separator: " → ") }
            return [
                Pen.label("\(place + 1)", Length(24), y, anchor: "end", size: 13, weight: "bold"),
                Pen.label(Pen.fitted(axis.name, to: 226, size: 13), Length(32), y, size: 13),
                Pen.label(Pen.fitted(value ?? words.tooFew, to: 128, size: 13), Length(392), y, anchor: "end", size: 13, style: value == nil ? "italic" : "normal"),
            ]
        }
    }

    private func legend(_ words: Words, at y: Int) -> [SVG] {
        traces.enumerated().flatMap { place, trace -> [SVG] in
            let x = 4 + place * 132, text = trace == .current ? words.current : trace == .desired ? words.desired : words.last
            return [
                Pen.line(Length(x), Length(y - 4), Length(x + 28), Length(y - 4), width: trace == .current ? 3 : 2, dashes: trace.dashes),
                trace.mark(Length(x + 14), Length(y - 4)), Pen.label(Pen.fitted(text, to: 98, size: 12), Length(x + 32), Length(y), size: 12),
            ]
        }
    }

    // MARK: Where

    private var highest: Figure { Figure(tenThousandths: levels * 10_000) }

    private func value(_ trace: Mark, _ axis: Axis) -> Figure? {
        switch trace {
        case .current: axis.current
        case .desired: axis.desired
        case .last: axis.last
        }
    }

    private func point(_ place: Int, _ value: Figure) -> (x: Length, y: Length) {
        let held = Double(min(max(value.tenThousandths, 10_000), levels * 10_000) - 10_000) / Double((levels - 1) * 10_000)
        return at(place, distance: held * Double(Radar.radius))
    }

    /// On the axis of that place; the first points upwards, and the others follow as on a clock.
    private func at(_ place: Int, distance: Double) -> (x: Length, y: Length) {
        let angle = 2 * Double.pi * Double(place) / Double(max(axes.count, 1))
        return (
            Length(tenths: Radar.centre.x * 10 + Int((10 * distance * sin(angle)).rounded())),
            Length(tenths: Radar.centre.y * 10 - Int((10 * distance * cos(angle)).rounded()))
        )
    }
}

extension Figure {
    fileprivate static let nought = Figure(tenThousandths: 0)
}

extension Radar {
    /// Of a result's dimensions.
    /// - Parameter last: by dimension, the current figure of the last round that this one may be compared with.
    init(_ analysis: Analysis, of instrument: Instrument, last: [String: Figure], in language: Language) {
        let names = Dictionary(instrument.dimensions.map { ($0.key, $0.name[language]) }) { first, _ in first }
        self.init(levels: instrument.levels.count, axes: analysis.dimensions.map { dimension in
            let figures = dimension.result.figures
            return Axis(name: names[dimension.key] ?? dimension.key, current: figures?.current, desired: figures?.desired, last: last[dimension.key])
        })
    }
}
