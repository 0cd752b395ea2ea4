import Database
import Rules

/// A municipality as the public register shows it.
struct MunicipalityEntry: Sendable {
    let id: MunicipalityID
    let code, name, countyName, organisationNumber: String
    let population: Int32
    let isFictional: Bool
    let hasJoined: Bool

    fileprivate init(_ row: inout Row) throws {
        id = try row.next()
        code = try row.next()
        name = try row.next()
        countyName = try row.next()
        organisationNumber = try row.next()
        population = try row.next()
        isFictional = try row.next()
        hasJoined = try row.next()
    }

    fileprivate static let columns: SQL = "municipality_id, code, name, county_name, org_nr, population, fictional, joined_at is not null"

    /// Those whose name holds the text, whatever the case, or whose code begins with it.
    fileprivate static func matching(_ text: String) -> SQL {
        #"strpos(lower(name collate "sv-x-icu"), lower(\#(text) collate "sv-x-icu")) > 0 or starts_with(code, \#(text))"#
    }
}

extension Query where A == Anonymous, R == [MunicipalityEntry] {
    /// By code. An empty text matches all.
    static func municipalities(matching text: String, limit: Int, offset: Int) -> Query {
        .rows("""
            select \(MunicipalityEntry.columns) from app.municipalities where \(MunicipalityEntry.matching(text))
            order by code limit \(limit) offset \(offset)
            """) { try MunicipalityEntry(&$0) }
    }
}

extension Query where A == Anonymous, R == Int {
    static func numberOfMunicipalities(matching text: String) -> Query {
        .one("select count(*) from app.municipalities where \(MunicipalityEntry.matching(text))") { try $0.next() }
    }
}

extension Query where A == Anonymous, R == MunicipalityEntry? {
    static func municipality(code: String) -> Query {
        .optional("select \(MunicipalityEntry.columns) from app.municipalities where code = \(code)") { try MunicipalityEntry(&$0) }
    }
}

/// The register of municipalities, which is public.
struct Municipalities: Sendable {
    let services: Services

    func find(_ text: String, limit: Int, offset: Int = 0) async throws -> (found: [MunicipalityEntry], total: Int) {
        try await services.database.send(
            as: Anonymous(), .municipalities(matching: text, limit: limit, offset: offset), .numberOfMunicipalities(matching: text))
    }

    func read(code: String) async throws -> MunicipalityEntry? {
        try await services.database.send(as: Anonymous(), .municipality(code: code))
    }
}
