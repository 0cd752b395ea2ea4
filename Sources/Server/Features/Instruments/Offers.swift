import Database
import Rules

/// An instrument that is, or was, offered to all councils.
struct Offer: Sendable {
    let id: ID<Instrument>
    let key: String
    let version: Int32
    let name: Text2
    /// Since when no new round can have it; nil while it is offered.
    let withdrawnAt: Instant?
}

/// What is offered to all councils: by the program, and by the operator. A version that was offered never changes, because rounds may have it.
struct Offers: Sendable {
    let database: Database
    let glossary: Glossary
    /// Of the instruments that come with the program.
    let builtInKeys: Set<String>

    func list(_ paging: Paging, as one: Operator) async throws -> (offers: [Offer], total: Int) {
        try await database.send(as: one, .offers(limit: paging.limit, offset: paging.offset), .numberOfOffers)
    }

    func read(_ id: ID<Instrument>, as one: Operator) async throws -> Offer {
        guard let found = try await database.send(as: one, .offer(id)) else { throw Problem.notFound }
        return found
    }

    func read(_ key: String, version: Int, as one: Operator) async throws -> Offer {
        guard let found = try await database.send(as: one, .offer(key, version: version)) else { throw Problem.notFound }
        return found
    }

    /// Refused for the key of an instrument that comes with the program, whose versions are the program's.
    func add(_ text: String, as one: Operator) async throws -> Offer {
        let file = try CheckedInstrument(text, glossary), id = ID<Instrument>.random()
        guard !builtInKeys.contains(file.instrument.key) else {
            _ = try await database.send(as: one, .numberOfOffers)  // who it is, is asked first
            throw Problem.instrumentKeyTaken
        }
        if !file.instrument.crosswalks.isEmpty {
            try EarlierVersions(await database.send(as: one, .origins(of: file.instrument)), withDrafts: true, glossary).check(text, glossary)
        }
        let (_, found) = try await database.send(as: one, .offer(file, as: id), .offer(id))
        guard let found else { throw Problem.instrumentExists }
        return found
    }

    /// From now on no new round can have it; those that have it go on. Or lets it be chosen again.
    func set(_ id: ID<Instrument>, isOffered: Bool, as one: Operator) async throws -> Offer {
        let (_, found) = try await database.send(as: one, .setOffer(id, withdrawnAt: isOffered ? nil : one.now), .offer(id))
        guard let found else { throw Problem.notFound }
        return found
    }
}

extension Offers {
    init(_ services: Services) {
        self.init(database: services.database, glossary: services.questionnaires.glossary, builtInKeys: services.questionnaires.builtInKeys)
    }
}

extension Offer {
    fileprivate init(_ row: inout Row) throws {
        self.init(
            id: try row.next(), key: try row.next(), version: try row.next(), name: Text2(sv: try row.next(), en: try row.next()),
            withdrawnAt: try row.nextOrNull())
    }

    fileprivate static let columns: SQL = "id, key, version, name_sv, name_en, withdrawn_at"
}

extension Query where A == Operator, R == [Offer] {
    /// By key, the newest version first.
    fileprivate static func offers(limit: Int, offset: Int) -> Query {
        .rows("select \(Offer.columns) from app.instruments order by key, version desc limit \(limit) offset \(offset)") { try Offer(&$0) }
    }
}

extension Query where A == Operator, R == Offer? {
    fileprivate static func offer(_ id: ID<Instrument>) -> Query {
        .optional("select \(Offer.columns) from app.instruments where id = \(id)") { try Offer(&$0) }
    }

    fileprivate static func offer(_ key: String, version: Int) -> Query {
        .optional("select \(Offer.columns) from app.instruments where key = \(key) and version = \(Int32(clamping: version))") { try Offer(&$0) }
    }
}

extension Query where A == Operator, R == [String] {
    /// The files of the versions that the crosswalks of `instrument` lead to, of those that are or were offered.
    fileprivate static func origins(of instrument: Instrument) -> Query {
        .rows("select document from app.instruments where version = any (\(instrument.origins)) and key = \(instrument.key)") { try $0.next() }
    }
}

extension Query where A == Operator, R == Int {
    fileprivate static var numberOfOffers: Query { .one("select count(*) from app.instruments") { try $0.next() } }

    /// Nothing if there is this version or a higher one of the key.
    fileprivate static func offer(_ file: CheckedInstrument, as id: ID<Instrument>) -> Query {
        .write("""
            insert into app.instruments (id, key, version, name_sv, name_en, items, levels, document, sha256)
            select \(id), \(file.instrument.key), \(file.version), \(file.instrument.name.sv), \(file.instrument.name.en), \(file.items), \(file.levels),
                   \(file.text), \(file.sha256)
            where not exists (select from app.instruments o where o.key = \(file.instrument.key) and o.version >= \(file.version))
            on conflict (key, version) do nothing
            """)
    }

    /// A time that stands already stays.
    fileprivate static func setOffer(_ id: ID<Instrument>, withdrawnAt: Instant?) -> Query {
        .write("""
            update app.instruments set withdrawn_at = \(withdrawnAt) where id = \(id) and (withdrawn_at is null) <> (\(withdrawnAt)::timestamptz is null)
            """, repeatable: true)
    }
}
