import Database
import Rules

/// An instrument as a council has it before it.
struct InstrumentSummary: Sendable {
    let id: ID<Instrument>
    let key: String
    let version: Int32
    let name: Text2
    let origin: Origin
    let state: State
    /// Whether a round of the council has it.
    let isUsed: Bool
    /// Of its file.
    let sha256: [UInt8]

    enum Origin: String, Sendable, CaseIterable {
        /// The council's, or offered to all.
        case own, offered
    }

    enum State: String, Sendable, CaseIterable {
        case draft
        /// May be chosen for a round.
        case published
        /// Its offer has been taken back: the rounds that have it go on.
        case withdrawn
    }

    /// For changes that go by what was read. A draft's is the hash of its file.
    var tag: EntityTag { EntityTag(state == .draft ? fileTag : "\(fileTag)-\(state.rawValue)-\(isUsed ? "used" : "unused")") }

    /// Of its file alone.
    var fileTag: String { Hex.encode(sha256) }
}

extension InstrumentSummary {
    fileprivate init(_ row: inout Row) throws {
        id = try row.next()
        key = try row.next()
        version = try row.next()
        name = Text2(sv: try row.next(), en: try row.next())
        origin = try row.next() ? .offered : .own
        state = try State(stored: row.next())
        isUsed = try row.next()
        sha256 = try row.next()
    }

    fileprivate static let columns: SQL = "s.id, s.key, s.version, s.name_sv, s.name_en, s.offered, s.state, s.used, s.sha256"

    /// What a council can read: its shelf, and what is offered and not yet on it.
    fileprivate static func all(in council: MunicipalityID) -> SQL {
        """
        (select i.id, i.key, i.version, i.name_sv, i.name_en, i.sha256, i.document, o.id is not null as offered,
                case when i.published_at is null then 'draft' when o.withdrawn_at is not null then 'withdrawn' else 'published' end as state,
                exists (select from app.rounds r where r.municipality_id = \(council) and r.instrument_id = i.id) as used
         from app.council_instruments i left join app.instruments o on o.id = i.id and o.sha256 = i.sha256
         where i.municipality_id = \(council)
         union all
         select o.id, o.key, o.version, o.name_sv, o.name_en, o.sha256, o.document, true, 'published', false
         from app.instruments o
         where o.withdrawn_at is null
           and not exists (select from app.council_instruments i where i.municipality_id = \(council) and i.id = o.id)) s
        """
    }
}

extension Query where A == Member, R == [InstrumentSummary] {
    /// By key, the newest version first.
    static func instruments(of council: MunicipalityID, limit: Int, offset: Int) -> Query {
        .rows("""
            select \(InstrumentSummary.columns) from \(InstrumentSummary.all(in: council))
            order by s.key, s.version desc, s.id limit \(limit) offset \(offset)
            """) { try InstrumentSummary(&$0) }
    }

    /// Those that may be chosen for a round: no offer of a key and version that the council has taken for its own.
    static func choices(in council: MunicipalityID) -> Query {
        .rows("""
            select \(InstrumentSummary.columns) from \(InstrumentSummary.all(in: council))
            where s.state = 'published'
              and not (s.offered and exists (select from app.council_instruments c where c.municipality_id = \(council) and c.key = s.key
                                                                                     and c.version = s.version and c.id <> s.id))
            order by s.key, s.version desc, s.id
            """) { try InstrumentSummary(&$0) }
    }
}

extension Query where A == Member, R == (summary: InstrumentSummary, document: String)? {
    static func instrument(_ id: ID<Instrument>, of council: MunicipalityID) -> Query {
        .optional("""
            select \(InstrumentSummary.columns), s.document from \(InstrumentSummary.all(in: council)) where s.id = \(id)
            """) { (try InstrumentSummary(&$0), try $0.next()) }
    }
}

/// A round, and which instrument it has.
struct InstrumentUse: Sendable {
    let instrument: ID<Instrument>
    let round: RoundID
    let title: String
}

extension Query where A == Member, R == [InstrumentUse] {
    /// The newest round first.
    static func instrumentUses(in council: MunicipalityID) -> Query {
        .rows("select instrument_id, id, title from app.rounds where municipality_id = \(council) order by created_at desc, id") { row in
            InstrumentUse(instrument: try row.next(), round: try row.next(), title: try row.next())
        }
    }
}

extension Query where A == Member, R == Bool {
    /// Whether the key is that of something offered to all, now or before.
    static func keyIsOffered(_ key: String) -> Query {
        .one("select exists (select from app.instruments where key = \(key))") { try $0.next() }
    }
}

extension Query where A == Member, R == [String] {
    /// The files of those versions on the council's shelf that the crosswalks of `instrument`, which has the id or will have it, lead to.
    static func origins(of instrument: Instrument, _ id: ID<Instrument>, withDrafts: Bool, in council: MunicipalityID) -> Query {
        .rows("""
            select document from app.council_instruments
            where municipality_id = \(council) and key = \(instrument.key) and version = any (\(instrument.origins)) and id <> \(id)
              and (\(withDrafts) or published_at is not null)
            """) { try $0.next() }
    }
}

extension Query where A == Member, R == Int {
    static func numberOfInstruments(of council: MunicipalityID) -> Query {
        .one("select count(*) from \(InstrumentSummary.all(in: council))") { try $0.next() }
    }

    /// A key that nothing offered has, and a version above those of the council's own with it.
    private static func isFree(_ file: CheckedInstrument, for id: ID<Instrument>, in council: MunicipalityID) -> SQL {
        """
        not exists (select from app.instruments o where o.key = \(file.instrument.key))
        and not exists (select from app.council_instruments c where c.municipality_id = \(council) and c.key = \(file.instrument.key)
                                                                and c.version >= \(file.version) and c.id <> \(id))
        """
    }

    /// Adds a draft; nothing if its key or version is taken.
    static func add(_ file: CheckedInstrument, as id: ID<Instrument>, at now: Instant, to council: MunicipalityID) -> Query {
        .write("""
            insert into app.council_instruments
              (municipality_id, id, key, version, name_sv, name_en, items, levels, document, sha256, imported_at)
            select \(council), \(id), \(file.instrument.key), \(file.version), \(file.instrument.name.sv), \(file.instrument.name.en), \(file.items),
                   \(file.levels), \(file.text), \(file.sha256), \(now)
            where \(isFree(file, for: id, in: council))
            """)
    }

    /// Puts another file in a draft's place; nothing if it is none, its tag is none of `tags` (nil: any will do), or the key or version is taken.
    static func replace(
        _ id: ID<Instrument>, with file: CheckedInstrument, ifTagged tags: [String]?, at now: Instant, in council: MunicipalityID
    ) -> Query {
        .write("""
            update app.council_instruments set
              key = \(file.instrument.key), version = \(file.version), name_sv = \(file.instrument.name.sv), name_en = \(file.instrument.name.en),
              items = \(file.items), levels = \(file.levels), document = \(file.text), sha256 = \(file.sha256), imported_at = \(now)
            where municipality_id = \(council) and id = \(id) and published_at is null
              and (\(tags)::text[] is null or encode(sha256, 'hex') = any (\(tags)::text[]))
              and \(isFree(file, for: id, in: council))
            """)
    }

    /// Publishes a draft as it was read; nothing if it is none, or another by now.
    static func publish(_ read: InstrumentSummary, at now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            update app.council_instruments set published_at = \(now)
            where municipality_id = \(council) and id = \(read.id) and sha256 = \(read.sha256) and published_at is null
            """, repeatable: true)
    }

    /// Puts an instrument that is offered to all on the council's shelf, with its id, unless it stands there.
    static func takeFromOffer(_ id: ID<Instrument>, at now: Instant, to council: MunicipalityID) -> Query {
        .write("""
            insert into app.council_instruments
              (municipality_id, id, key, version, name_sv, name_en, items, levels, document, sha256, imported_at, published_at)
            select \(council), o.id, o.key, o.version, o.name_sv, o.name_en, o.items, o.levels, o.document, o.sha256, \(now), \(now)
            from app.instruments o where o.id = \(id) and o.withdrawn_at is null
            on conflict (municipality_id, id) do nothing
            """)
    }
}

extension Query where A == Member, R == Bool {
    /// Deletes one from the shelf; false if there is none. Refused by its constraint where a round has it.
    static func delete(_ id: ID<Instrument>, at now: Instant, from council: MunicipalityID) -> Query {
        .one("select app.delete_instrument(\(id), \(now)) where app.municipality() = \(council)", writes: true) { try $0.next() }
    }
}
