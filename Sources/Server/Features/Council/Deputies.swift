import Database
import Rules

/// Who stands in for a post's holder between two days. A seat that is made in that time is proposed to the deputy; one that is there stays as it is.
struct Deputies: Sendable {
    let services: Services

    func list(of post: PostID, as member: Member) async throws -> [DeputyView] {
        let (found, deputies) = try await services.database.send(
            as: member, .post(post, of: member.municipality), .deputies(of: post, in: member.municipality))
        guard found != nil else { throw Problem.notFound }
        return deputies
    }

    /// One post has one deputy a day.
    func name(_ deputy: Deputy, for post: PostID, as member: Member) async throws -> DeputyView {
        let council = member.municipality, id = DeputyID.random()
        try await services.database.transaction(as: member) { tx in
            guard try tx.run(.postToChange(post, of: council)) != nil else { throw Problem.notFound }
            let others = try tx.run(.deputies(of: post, in: council))
            guard !others.contains(where: { $0.deputy.days.overlaps(deputy.days) }) else {
                throw Problem(.deputyOverlaps).with([FieldError("/fromDay", .alreadyDeputed)])
            }
            _ = try tx.run(.add(deputy, id: id, to: post, in: council))
        }
        return DeputyView(id: id, deputy: deputy)
    }

    func remove(_ id: DeputyID, of post: PostID, as member: Member) async throws {
        let removed = try await services.database.send(as: member, .removeDeputy(id, of: post, in: member.municipality))
        guard removed == 1 else { throw Problem.notFound }
    }
}


typealias DeputyID = ID<Deputy>

struct Deputy: Sendable {
    let occupant: Occupant
    /// Both counted, by the Swedish calendar.
    let days: ClosedRange<Day>
}

struct DeputyView: Sendable {
    let id: DeputyID
    let deputy: Deputy
}

extension Deputy {
    init(_ fields: Fields) {
        let first = fields.day("fromDay"), last = fields.day("toDay")
        if last < first { fields.refuse("toDay", FieldMessage(sv: "Ska inte ligga före den första dagen.", en: "Must not lie before the first day.")) }
        self.init(occupant: Occupant(fields), days: first...max(first, last))
    }
}

extension FieldMessage {
    fileprivate static let alreadyDeputed = FieldMessage(
        sv: "Befattningen har en ersättare någon av de dagarna.", en: "The post has a deputy on some of those days.")
}

extension DeputyView {
    fileprivate init(_ row: inout Row) throws {
        id = try row.next()
        let occupant = Occupant(name: try row.next(), address: try row.next(), language: try Language(stored: row.next()))
        let first: Day = try row.next(), last: Day = try row.next()
        deputy = Deputy(occupant: occupant, days: first...max(first, last))
    }
}

extension Query where A == Member, R == [DeputyView] {
    static func deputies(of post: PostID, in council: MunicipalityID) -> Query {
        .rows("""
            select id, name, address, language, from_day, to_day from app.post_deputies
            where municipality_id = \(council) and post_id = \(post) order by from_day
            """) { try DeputyView(&$0) }
    }
}

extension Query where A == Member, R == Int {
    static func add(_ it: Deputy, id: DeputyID, to post: PostID, in council: MunicipalityID) -> Query {
        .write("""
            insert into app.post_deputies (municipality_id, id, post_id, name, address, language, from_day, to_day)
            values (\(council), \(id), \(post), \(it.occupant.name), \(it.occupant.address), \(it.occupant.language.rawValue),
              \(it.days.lowerBound), \(it.days.upperBound))
            """)
    }

    static func removeDeputy(_ id: DeputyID, of post: PostID, in council: MunicipalityID) -> Query {
        .write("delete from app.post_deputies where municipality_id = \(council) and post_id = \(post) and id = \(id)")
    }
}
