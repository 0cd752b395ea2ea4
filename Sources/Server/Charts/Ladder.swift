import Rules

/// What the picture of a result shows: for each dimension how far it is from the current level to the desired one, and how differently people see it.
struct Ladder: Hashable, Sendable {
    /// The names of the levels, from the lowest.
    let levels: [String]
    let rows: [Row]

    struct Row: Hashable, Sendable {
        let name: String
        /// Nil where too few answered: the row then says so, and shows no mark.
        let marks: Marks?
    }

    struct Marks: Hashable, Sendable {
        let current, desired, spread: Figure
    }

    var shown: [(name: String, marks: Marks)] {
        rows.compactMap { row in row.marks.map { (row.name, $0) } }
    }
}

extension Ladder {
    /// Of a result's dimensions, named as the instrument names them.
    init(_ analysis: Analysis, of instrument: Instrument, in language: Language) {
        let names = Dictionary(instrument.dimensions.map { ($0.key, $0.name[language]) }) { first, _ in first }
        self.init(
            levels: instrument.levels.map { $0.name[language] },
            rows: analysis.dimensions.map { dimension in
                Row(name: names[dimension.key] ?? dimension.key,
                    marks: dimension.result.figures.map { Marks(current: $0.current, desired: $0.desired, spread: $0.spread) })
            })
    }
}

// MARK: - In words

extension Ladder {
    /// What the picture says, for those who do not see it and those who want it said.
    func sentence(in language: Language) -> String {
        [lowest(in: language), farthest(in: language), mostApart(in: language), hidden(in: language)].filter { !$0.isEmpty }.joined(separator: " ")
    }

    private func lowest(in language: Language) -> String {
        guard let low = shown.min(by: { $0.marks.current < $1.marks.current }), let high = shown.max(by: { $0.marks.current < $1.marks.current }) else {
            return switch language {
            case .sv: "Inget område har tillräckligt många svar för att visas."
            case .en: "No area has enough answers to be shown."
            }
        }
        let (least, most) = (low.marks.current.mean(in: language), high.marks.current.mean(in: language))
        return switch (language, least == most) {
        case (.sv, true): shown.count == 1 ? "Nuläget är \(least) i \(quoted(low.name, .sv))." : "Nuläget är \(least) i alla områden som visas."
        case (.en, true): shown.count == 1 ? "The current level is \(least) in \(quoted(low.name, .en))." : "The current level is \(least) in every area shown."
        case (.sv, false): "Nuläget är lägst i \(quoted(low.name, .sv)) (\(least)) och högst i \(quoted(high.name, .sv)) (\(most))."
        case (.en, false): "The current level is lowest in \(quoted(low.name, .en)) (\(least)) and highest in \(quoted(high.name, .en)) (\(most))."
        }
    }

    private func farthest(in language: Language) -> String {
        guard let far = shown.max(by: { gap($0.marks) < gap($1.marks) }) else { return "" }
        let (now, then) = (far.marks.current.mean(in: language), far.marks.desired.mean(in: language))
        let among = among(shown.count { gap($0.marks) == gap(far.marks) }, language)
        return switch (language, gap(far.marks) > 0) {
        case (.sv, true): "Längst till önskat läge är det\(among) i \(quoted(far.name, .sv)): från \(now) till \(then)."
        case (.en, true): "The way to the desired level is longest\(among) in \(quoted(far.name, .en)): from \(now) to \(then)."
        case (.sv, false): "Inget område har ett önskat läge över nuläget."
        case (.en, false): "No area has a desired level above the current one."
        }
    }

    private func mostApart(in language: Language) -> String {
        guard let apart = shown.max(by: { $0.marks.spread < $1.marks.spread }), apart.marks.spread.tenThousandths > 0 else { return "" }
        let spread = apart.marks.spread.spread(in: language), among = among(shown.count { $0.marks.spread == apart.marks.spread }, language)
        return switch language {
        case .sv: "Mest olika ser ni\(among) på \(quoted(apart.name, .sv)) (spridning \(spread))."
        case .en: "What you see most differently is\(among) \(quoted(apart.name, .en)) (spread \(spread))."
        }
    }

    private func hidden(in language: Language) -> String {
        let count = rows.count - shown.count
        guard count > 0, count < rows.count else { return "" }
        return switch language {
        case .sv: "\(count) av \(rows.count) områden visas inte, eftersom för få har svarat där."
        case .en: "\(count) of \(rows.count) areas \(count == 1 ? "is" : "are") not shown, because too few answered there."
        }
    }

    /// Where several are alike the first of them is named, and said to be one of several.
    private func among(_ alike: Int, _ language: Language) -> String {
        alike < 2 ? "" : language == .sv ? " bland annat" : ", among others,"
    }

    private func gap(_ marks: Marks) -> Int { marks.desired.tenThousandths - marks.current.tenThousandths }

    private func quoted(_ name: String, _ language: Language) -> String {
        language == .sv ? "”\(name)”" : "“\(name)”"
    }
}
