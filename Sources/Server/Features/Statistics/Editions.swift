import Database
import Rules

/// The numbered editions of the anonymous statistics over councils (disclosure.md §6): each of one world and one instrument version, made of the
/// figures that councils share, and never changed.
public struct Editions: Sendable {
    let database: Database

    public init(_ database: Database) {
        self.database = database
    }

    /// What was published, for the one who asked for it.
    public struct Published: Sendable {
        public let instrument: ResultDocument.InstrumentVersion
        public let number: Int
        /// Councils whose figures it is made of.
        public let councils: Int
        /// Cells in it, and how many of them this edition renewed; the others stand over from earlier ones.
        public let cells, renewed: Int
        /// Hexadecimal, of the document.
        public let sha256: String
    }

    /// Another edition was published at the same moment.
    public struct PublishedAtOnce: Error, CustomStringConvertible {
        public var description: String { "another edition was published just now; nothing was published by this one" }
    }

    /// Publishes the next edition of each instrument that something is, or was, shared of. Empty if there is none.
    public func publish(_ world: World, at now: Instant) async throws -> [Published] {
        let instruments = try await database.send(as: Publisher(), .instruments(in: world))
        var published: [Published] = []
        for instrument in instruments {
            published.append(try await publish(Series(world: world, instrument: instrument), at: now))
        }
        return published
    }

    private func publish(_ series: Series, at now: Instant) async throws -> Published {
        do {
            return try await database.transaction(as: Publisher()) { tx in
                let last = try Editions.last(series, before: .max, &tx)
                let shared = try tx.run(.sharedFigures(series))
                let edition = Edition(
                    number: (last?.number ?? 0) + 1, on: now.utcDay, world: series.world, instrument: series.instrument,
                    results: series.results(of: shared), after: last?.cells ?? [])
                return try Editions.keep(edition, of: series.counted(shared, on: now.utcDay), after: last, at: now, &tx)
            }
        } catch let error as SQLError where error.constraint == "editions_number_is_unique" {
            throw PublishedAtOnce()
        }
    }

    /// Makes an edition anew, of what it was made of and the edition before it. Nil if there is none of that number.
    func rebuilt(_ series: Series, number: Int) async throws -> (stored: StoredEdition, edition: Edition)? {
        try await database.transaction(as: Publisher()) { tx in
            guard let stored = try tx.run(.lastEdition(series, before: Int32(clamping: number + 1))), stored.number == number else { return nil }
            let entries = try tx.run(.entries(of: stored))
            let edition = Edition(
                number: number, on: stored.publishedAt.utcDay, world: series.world, instrument: series.instrument,
                results: series.results(of: entries), after: try Editions.last(series, before: Int32(clamping: number), &tx)?.cells ?? [])
            return (stored, edition)
        }
    }

    // MARK: The one before

    private struct Last {
        let number: Int
        let cells: [EditionCell]
        /// By the number of the edition that renewed it.
        let renewedIn: [Int: ID<Edition>]
    }

    private static func last(_ series: Series, before number: Int32, _ tx: inout Tx<Publisher>) throws -> Last? {
        guard let stored = try tx.run(.lastEdition(series, before: number)) else { return nil }
        let cells = try tx.run(.cells(of: stored.id)), values = try tx.run(.values(of: stored.id))
        let byFigure = Dictionary(grouping: values) { $0.figure.key }
        let standing = cells.map { cell in
            let key = "\(cell.dimension).\(cell.figure)"
            return EditionCell(
                group: .all, figure: key,
                values: Dictionary((byFigure[key] ?? []).map { ($0.municipality, $0.figure.value) }) { first, _ in first }, published: cell.published)
        }
        return Last(
            number: stored.number, cells: standing,
            renewedIn: Dictionary(cells.map { ($0.published.edition, $0.renewedIn) }) { first, _ in first })
    }

    // MARK: Keeping

    private static func keep(
        _ edition: Edition, of entries: [SharedFigure], after last: Last?, at now: Instant, _ tx: inout Tx<Publisher>
    ) throws -> Published {
        let id = ID<Edition>.random(), document = edition.canonicalBytes
        let cells = edition.cells.map { cell in
            let name = DimensionFigure.split(cell.figure)
            return StoredCell(
                dimension: name.dimension, figure: name.figure, published: cell.published,
                renewedIn: last?.renewedIn[cell.published.edition] ?? id)
        }
        _ = try tx.run(.keep(edition, id: id, document: document, at: now))
        _ = try tx.run(.keep(cells, of: id))
        _ = try tx.run(.keep(entries, of: id))
        return Published(
            instrument: edition.instrument, number: edition.number, councils: Set(entries.map(\.municipality)).count, cells: cells.count,
            renewed: edition.cells.count { $0.published.edition == edition.number }, sha256: Hex.encode(Crypto.sha256(document)))
    }
}

extension Series {
    /// The figures by the round that they are of.
    func results(of figures: [SharedFigure]) -> [SharedResult] {
        Dictionary(grouping: figures, by: \.round).values.map { figures in
            SharedResult(
                municipality: figures[0].municipality, world: world, instrument: instrument, fixedAt: figures[0].fixedAt,
                figures: Dictionary(figures.map { ($0.figure.key, $0.figure.value) }) { first, _ in first })
        }
    }

    /// The figures that an edition of that day is made of.
    func counted(_ figures: [SharedFigure], on day: Day) -> [SharedFigure] {
        let counted = Edition.counted(results(of: figures), on: day, world: world, instrument: instrument)
        let moments = Dictionary(counted.map { ($0.municipality, $0.fixedAt) }) { first, _ in first }
        return figures.filter { moments[$0.municipality] == $0.fixedAt }
    }
}

extension DimensionFigure {
    /// As editions name it: `d1.current`.
    var key: String { "\(dimension).\(kind.rawValue)" }

    static func split(_ key: String) -> (dimension: String, figure: String) {
        let dot = key.lastIndex(of: ".") ?? key.endIndex
        return (String(key[..<dot]), String(key[dot...].dropFirst()))
    }
}

extension App {
    /// Publishes editions now, and returns the number of the first instrument's; nil if nothing is shared.
    @discardableResult
    public func publishEdition(fictional: Bool) async throws -> Int? {
        try await Editions(services.database).publish(fictional ? .fictional : .real, at: services.clock.now()).first?.number
    }
}
