extension ReportCheck {
    /// The parts of a result (disclosure.md R6), where it has some: each is computed like a whole, from its own printed histograms, and together they are
    /// the whole's.
    mutating func checkSplit(of document: ResultDocument, _ tree: JSON, _ shape: Shape, at place: String, _ part: Part) {
        guard let split = tree["split"] else { return }
        let parts = split["parts"]?.elements ?? [], items = split["items"]?.elements ?? [], dimensions = split["dimensions"]?.elements ?? []
        let submitted = parts.reduce(0) { $0 + ($1["submitted"]?.number ?? 0) }
        guard items.count == shape.items.count, dimensions.count == shape.dimensions.count, submitted == document.submitted else {
            note(place, found: "\(submitted) persons, \(items.count) items", expected: "\(document.submitted) persons, \(shape.items.count) items")
            return
        }
        for number in parts.indices {
            let lines = items.map { $0["parts"]?.elements[at: number] }
            let cells = lines.map { PartCells($0) }
            guard let computed = Analysis(cells: cells.map(\.cells), shape: shape) else { continue }
            let whole = JSON.object(computed.members)["dimensions"]?.elements ?? []
            let figures = whole.flatMap { $0["items"]?.elements ?? [] }.map { $0["figures"] }
            for (row, line) in lines.enumerated() {
                guard let line else { continue }
                let at = "\(place)/items/\(row)/parts/\(number)"
                expect(line["figures"], figures[row] ?? .null, at: at + "/figures", part)
                if cells[row].isUneven || cells[row].cells.pairs < document.heading.k {
                    note(at, found: line.canonicalText, expected: "\(document.heading.k) or more pairs, in both histograms")
                }
            }
            for (row, dimension) in dimensions.enumerated() {
                guard let line = dimension["parts"]?.elements[at: number] else { continue }
                expect(line["figures"], whole[row]["figures"] ?? .null, at: "\(place)/dimensions/\(row)/parts/\(number)/figures", part)
            }
        }
        checkSums(of: items, document, at: place)
    }

    /// That the histograms of the parts add up to that of the whole.
    private mutating func checkSums(of items: [JSON], _ document: ResultDocument, at place: String) {
        let whole = document.findings?.analysis.dimensions.flatMap(\.items).map(\.cells.histograms) ?? []
        for (row, item) in items.enumerated() {
            guard let lines = item["parts"]?.elements else { continue }
            for (name, total) in [("current", whole[row]?.current.counts), ("desired", whole[row]?.desired.counts)] {
                let sums = lines.map { $0["histograms"]?[name]?.elements.map { $0.number ?? 0 } ?? [] }.reduce(into: [Int]()) { sums, counts in
                    sums = sums.isEmpty ? counts : zip(sums, counts).map { $0 + $1 }
                }
                if sums != total ?? [] { note("\(place)/items/\(row)/parts", found: "\(name) \(sums) in all", expected: "\(total ?? [])") }
            }
        }
    }
}

/// What of one item is printed of one part, as cells: its histograms, or none.
private struct PartCells {
    let cells: Cells
    /// The histograms are not of as many persons as the line says.
    let isUneven: Bool

    init(_ line: JSON?) {
        let pairs = line?["pairs"]?.number ?? 0, histograms: Cells.Histograms? = try? line?["histograms"]?.read()
        cells = Cells(pairs: pairs, histograms: histograms)
        isUneven = line != nil && (histograms?.current.persons != pairs || histograms?.desired.persons != pairs)
    }
}

extension JSON {
    /// Of an array; none of anything else.
    fileprivate var elements: [JSON] {
        if case .array(let elements) = self { elements } else { [] }
    }

    fileprivate var number: Int? {
        if case .integer(let number) = self { number } else { nil }
    }
}

extension [JSON] {
    fileprivate subscript(at place: Int) -> JSON? { indices.contains(place) ? self[place] : nil }
}
