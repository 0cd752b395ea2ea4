import Database
import Rules

/// A cell of the newest edition as the asking council may read it.
struct CellForCouncil: Sendable {
    let edition: Int
    let publishedAt: Instant
    let dimension, figure: String
    /// Councils in it other than the one that asks.
    let others: Int
    /// Nil where they are too few.
    let published: PublishedCell?
    let asOf: Instant
}

extension Query where A == Member, R == [CellForCouncil] {
    /// The newest edition of the council's own world, for the instrument that a round of its uses.
    static func publishedCells(for round: RoundID, in council: MunicipalityID) -> Query {
        .rows("""
            select c.edition, c.published_at, c.dimension, c.figure, c.others, c.councils, c.quantiles::text, c.as_of
            from app.rounds r
            join app.council_instruments i on i.municipality_id = r.municipality_id and i.id = r.instrument_id
            cross join lateral app.published_cells(i.key, i.version) c
            where r.municipality_id = \(council) and r.id = \(round) and c."group" = \(ReferenceGroup.all.rawValue)
            """) { row in
            let edition: Int = try row.next(), publishedAt: Instant = try row.next(), dimension: String = try row.next(), figure: String = try row.next()
            let others: Int = try row.next(), councils: Int? = try row.nextOrNull(), quantiles: String? = try row.nextOrNull(), asOf: Instant = try row.next()
            let published = try councils.flatMap { count in
                try quantiles.map { try PublishedCell(count: count, StoredQuantiles(text: $0), edition: edition, day: asOf.utcDay) }
            }
            return CellForCouncil(
                edition: edition, publishedAt: publishedAt, dimension: dimension, figure: figure, others: others, published: published, asOf: asOf)
        }
    }
}
