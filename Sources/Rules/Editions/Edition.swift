/// A numbered publication of statistics over councils, made at a set date. It never changes, and the same results give the same bytes again.
public struct Edition: Hashable, Sendable {
    public let number: Int
    public let day: Day
    public let world: World
    public let instrument: ResultDocument.InstrumentVersion
    /// By group, then by figure.
    public let cells: [EditionCell]

    /// - Parameters:
    ///   - results: every shared result there is; which of them count is decided here.
    ///   - standing: the cells of the edition before, of the same world and instrument version; none for the first.
    public init(
        number: Int, on day: Day, world: World, instrument: ResultDocument.InstrumentVersion, results: [SharedResult], after standing: [EditionCell]
    ) {
        let counted = Edition.counted(results, on: day, world: world, instrument: instrument)
        let standing = Dictionary(standing.map { ($0.figure, $0) }) { _, later in later }
        let figures = Set(counted.flatMap(\.figures.keys)).union(standing.keys).sorted()
        self.number = number
        self.day = day
        self.world = world
        self.instrument = instrument
        cells = figures.compactMap { figure in
            let values = counted.compactMap { result in result.figures[figure].map { (result.municipality, $0) } }
            return EditionCell.next(
                .all, figure, values: Dictionary(uniqueKeysWithValues: values), edition: number, on: day, after: standing[figure])
        }
    }

    /// Of each council its latest result that is fixed and shared, of this world and instrument version, fixed within 36 months.
    public static func counted(
        _ results: [SharedResult], on day: Day, world: World, instrument: ResultDocument.InstrumentVersion
    ) -> [SharedResult] {
        let earliest = day.adding(months: -36)
        let within = results.filter { $0.world == world && $0.instrument == instrument && (earliest...day).contains($0.fixedAt.utcDay) }
        let latest = Dictionary(within.map { ($0.municipality, $0) }) { $0.fixedAt >= $1.fixedAt ? $0 : $1 }
        return Array(latest.values)
    }

    /// What is published, without a council's own value or name (RFC 8785).
    public var canonicalBytes: [UInt8] { json.canonicalBytes }

    public var json: JSON {
        [
            "schema": "nyttograd/edition/1", "number": .integer(number), "day": .string(day.iso), "world": .string(world.rawValue),
            "instrument": ["key": .string(instrument.key), "version": .integer(instrument.version)],
            "cells": .array(cells.map(\.json)),
        ]
    }
}

/// Fictional councils (the demo) and real ones never meet in one figure.
public enum World: String, Hashable, Sendable, CaseIterable, Codable {
    case fictional, real
}

/// What an edition takes of a council that shares its result: published figures only.
public struct SharedResult: Hashable, Sendable {
    public let municipality: MunicipalityID
    public let world: World
    public let instrument: ResultDocument.InstrumentVersion
    public let fixedAt: Instant
    /// As `ResultDocument.publishedFigures`.
    public let figures: [String: Figure]

    public init(
        municipality: MunicipalityID, world: World, instrument: ResultDocument.InstrumentVersion, fixedAt: Instant, figures: [String: Figure]
    ) {
        self.municipality = municipality
        self.world = world
        self.instrument = instrument
        self.fixedAt = fixedAt
        self.figures = figures
    }
}

extension ResultDocument {
    /// What councils are compared by: current and desired of each shown dimension, `d1.current`, and of the whole, `overall.current`.
    public var publishedFigures: [String: Figure] {
        guard let analysis = findings?.analysis else { return [:] }
        var figures: [String: Figure] = [:]
        for dimension in analysis.dimensions {
            figures["\(dimension.key).current"] = dimension.result.figures?.current
            figures["\(dimension.key).desired"] = dimension.result.figures?.desired
        }
        figures["overall.current"] = analysis.overall.figures?.current
        figures["overall.desired"] = analysis.overall.figures?.desired
        return figures
    }
}

extension EditionCell {
    fileprivate var json: JSON {
        let tenth = { (figure: Figure) in JSON.string(figure.text(decimals: 1)) }
        let quantiles: [JSON.Member?] = [
            published.median.map { .init("median", tenth($0)) },
            published.lowerQuartile.map { .init("lowerQuartile", tenth($0)) },
            published.upperQuartile.map { .init("upperQuartile", tenth($0)) },
            published.deciles.isEmpty ? nil : .init("deciles", .array(published.deciles.map(tenth))),
        ]
        return .object(
            [
                .init("group", .string(group.rawValue)), .init("figure", .string(figure)), .init("count", .integer(published.count)),
                .init("edition", .integer(published.edition)), .init("day", .string(published.day.iso)),
            ] + quantiles.compactMap(\.self))
    }
}
