import Database
import Rules

struct CouncilView: Sendable {
    let code, name, organisationNumber, countyName: String
    let population: Int32
    let isFictional: Bool
    let joinedAt: Instant
    /// The council's own word for a part of it: förvaltning, nämnd, programområde …
    let areaWord: String
}

/// The council that one is a member of, and how far it has come.
struct Council: Sendable {
    let services: Services

    func read(as member: Member) async throws -> CouncilView {
        try await services.database.send(as: member, .council(member.municipality))
    }

    func setAreaWord(_ word: String, as member: Member) async throws -> CouncilView {
        try await services.database.send(as: member, .setAreaWord(word, of: member.municipality), .council(member.municipality)).1
    }

    static func areaWord(_ field: Field) -> String { field.text(1...40) }
}

extension Query where A == Member, R == CouncilView {
    static func council(_ council: MunicipalityID) -> Query {
        .one("""
            select c.code, c.name, c.org_nr, c.county_name, c.population, c.fictional, c.joined_at, s.area_word
            from app.municipalities c join app.council_settings s on s.municipality_id = c.municipality_id
            where c.municipality_id = \(council)
            """) { row in
            CouncilView(
                code: try row.next(), name: try row.next(), organisationNumber: try row.next(), countyName: try row.next(),
                population: try row.next(), isFictional: try row.next(), joinedAt: try row.next(), areaWord: try row.next())
        }
    }
}

extension Query where A == Member, R == Int {
    fileprivate static func setAreaWord(_ word: String, of council: MunicipalityID) -> Query {
        .write("update app.council_settings set area_word = \(word) where municipality_id = \(council)")
    }
}
