import Database
import Foundation
import Rules

/// An edition as it was published.
struct StoredEdition: Sendable {
    let id: ID<Edition>
    let number: Int
    let publishedAt: Instant
    let document: [UInt8]
}

/// A figure that a council shares, or shared when an edition was made.
struct SharedFigure: Sendable {
    let municipality: MunicipalityID
    let round: RoundID
    let fixedAt: Instant
    let figure: DimensionFigure
}

/// A cell as it stands in an edition, with the edition whose entries gave its figures.
struct StoredCell: Sendable {
    let dimension, figure: String
    let published: PublishedCell
    let renewedIn: ID<Edition>
}

/// One council's value in a cell.
struct CellValue: Sendable {
    let municipality: MunicipalityID
    let figure: DimensionFigure
}

/// Of which world and instrument version an edition is.
struct Series: Hashable, Sendable {
    let world: World
    let instrument: ResultDocument.InstrumentVersion

    var isFictional: Bool { world == .fictional }
    var version: Int32 { Int32(clamping: instrument.version) }
}

extension Query where A == Publisher, R == [ResultDocument.InstrumentVersion] {
    /// The instruments that something is shared of, or was when an edition was last made.
    static func instruments(in world: World) -> Query {
        .rows("""
            select instrument_key, instrument_version from app.result_figures where shared and fictional = \(world == .fictional)
            union select instrument_key, instrument_version from app.editions where fictional = \(world == .fictional)
            order by 1, 2
            """) { ResultDocument.InstrumentVersion(key: try $0.next(), version: try $0.next()) }
    }
}

extension Query where A == Publisher, R == [SharedFigure] {
    /// All that is shared now; which of it counts is for the rules to say.
    static func sharedFigures(_ series: Series) -> Query {
        .rows("""
            select municipality_id, round_id, fixed_at, dimension, figure, value from app.result_figures
            where shared and fictional = \(series.isFictional)
              and instrument_key = \(series.instrument.key) and instrument_version = \(series.version)
            """) { try SharedFigure(&$0) }
    }

    /// All that an edition was made of, as if it had been fixed that day: what counted then has been decided.
    static func entries(of edition: StoredEdition) -> Query {
        .rows("""
            select municipality_id, round_id, \(edition.publishedAt), dimension, figure, value from app.edition_entries
            where edition_id = \(edition.id)
            """) { try SharedFigure(&$0) }
    }
}

extension SharedFigure {
    fileprivate init(_ row: inout Row) throws {
        self.init(municipality: try row.next(), round: try row.next(), fixedAt: try row.next(), figure: try DimensionFigure(&row))
    }
}

extension Query where A == Publisher, R == StoredEdition? {
    /// The newest of a series, or the newest before a number.
    static func lastEdition(_ series: Series, before number: Int32 = .max) -> Query {
        .optional("""
            select id, number, published_at, document from app.editions
            where fictional = \(series.isFictional) and instrument_key = \(series.instrument.key) and instrument_version = \(series.version)
              and number < \(number)
            order by number desc limit 1
            """) { StoredEdition(id: try $0.next(), number: try $0.next(), publishedAt: try $0.next(), document: try $0.next()) }
    }
}

extension Query where A == Publisher, R == [StoredCell] {
    static func cells(of edition: ID<Edition>) -> Query {
        .rows("""
            select c.dimension, c.figure, c.councils, c.quantiles::text, w.number, w.published_at, w.id
            from app.edition_cells c join app.editions w on w.id = c.renewed_in where c.edition_id = \(edition)
            """) { row in
            StoredCell(dimension: try row.next(), figure: try row.next(), published: try PublishedCell(&row), renewedIn: try row.next())
        }
    }
}

extension Query where A == Publisher, R == [CellValue] {
    /// What the cells of an edition were computed from, each in the edition that renewed it.
    static func values(of edition: ID<Edition>) -> Query {
        .rows("""
            select n.municipality_id, c.dimension, c.figure, n.value
            from app.edition_cells c
            join app.edition_entries n on n.edition_id = c.renewed_in and n.dimension = c.dimension and n.figure = c.figure
            where c.edition_id = \(edition)
            """) { CellValue(municipality: try $0.next(), figure: try DimensionFigure(&$0)) }
    }
}

extension Query where A == Publisher, R == Int {
    static func keep(_ edition: Edition, id: ID<Edition>, document: [UInt8], at now: Instant) -> Query {
        .write("""
            insert into app.editions (id, fictional, number, instrument_key, instrument_version, published_at, document, sha256)
            values (\(id), \(edition.world == .fictional), \(Int32(clamping: edition.number)), \(edition.instrument.key),
                    \(Int32(clamping: edition.instrument.version)), \(now), \(document), \(Crypto.sha256(document)))
            """)
    }

    static func keep(_ cells: [StoredCell], of edition: ID<Edition>) -> Query {
        .write("""
            insert into app.edition_cells (edition_id, "group", dimension, figure, councils, quantiles, renewed_in)
            select \(edition), \(ReferenceGroup.all.rawValue), dimension, figure, councils, quantiles::jsonb, renewed_in
            from unnest(\(cells.map(\.dimension)), \(cells.map(\.figure)), \(cells.map { Int32(clamping: $0.published.count) }),
                        \(cells.map { StoredQuantiles($0.published).text }), \(cells.map(\.renewedIn.uuid)))
              as given (dimension, figure, councils, quantiles, renewed_in)
            """)
    }

    static func keep(_ entries: [SharedFigure], of edition: ID<Edition>) -> Query {
        .write("""
            insert into app.edition_entries (municipality_id, edition_id, round_id, dimension, figure, value)
            select municipality_id, \(edition), round_id, dimension, figure, value
            from unnest(\(entries.map(\.municipality.uuid)), \(entries.map(\.round.uuid)), \(entries.map(\.figure.dimension)),
                        \(entries.map(\.figure.kind.rawValue)), \(entries.map(\.figure.value.description)))
              as given (municipality_id, round_id, dimension, figure, value)
            """)
    }
}

// MARK: - Quantiles as they are stored

/// With one decimal, as they are printed.
struct StoredQuantiles: Codable {
    var median, lowerQuartile, upperQuartile: String?
    var deciles: [String]?

    init(_ cell: PublishedCell) {
        median = cell.median?.text(decimals: 1)
        lowerQuartile = cell.lowerQuartile?.text(decimals: 1)
        upperQuartile = cell.upperQuartile?.text(decimals: 1)
        deciles = cell.deciles.isEmpty ? nil : cell.deciles.map { $0.text(decimals: 1) }
    }

    init(text: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(text.utf8)) }

    var text: String {
        let members: [JSON.Member?] = [
            median.map { .init("median", .string($0)) }, lowerQuartile.map { .init("lowerQuartile", .string($0)) },
            upperQuartile.map { .init("upperQuartile", .string($0)) }, deciles.map { .init("deciles", .array($0.map(JSON.string))) },
        ]
        return JSON.object(members.compactMap { $0 }).canonicalText
    }

    static func figure(_ text: String) throws -> Figure {
        guard let figure = Figure(text + "000") else { throw DecodingFault.malformed }
        return figure
    }
}

extension PublishedCell {
    /// From councils, quantiles as text, and the number and time of the edition that it was computed in.
    init(_ row: inout Row) throws {
        let count: Int = try row.next(), quantiles = try StoredQuantiles(text: row.next()), number: Int = try row.next(), at: Instant = try row.next()
        try self.init(count: count, quantiles, edition: number, day: at.utcDay)
    }

    init(count: Int, _ quantiles: StoredQuantiles, edition: Int, day: Day) throws {
        self.init(
            count: count, median: try quantiles.median.map(StoredQuantiles.figure), lowerQuartile: try quantiles.lowerQuartile.map(StoredQuantiles.figure),
            upperQuartile: try quantiles.upperQuartile.map(StoredQuantiles.figure), deciles: try (quantiles.deciles ?? []).map(StoredQuantiles.figure),
            edition: edition, day: day)
    }
}
