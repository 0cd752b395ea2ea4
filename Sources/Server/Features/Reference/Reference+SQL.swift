import Database
import Rules

/// A row of reference data about a municipality. The SKR group may be unknown.
struct MunicipalityRecord: Sendable {
    let code, name, countyCode, countyName, organisationNumber: String
    let population: Int32
    let skrGroup: String?
    /// Known beforehand to be this council's: the demo's alone.
    let mailDomain: String?
    var fictional: Bool { ("9901"..."9920").contains(code) }
}

extension Query where A == Librarian, R == Int {
    /// Adds what is new and corrects what differs; a group that is not given stays as it is. One row a municipality that was added or changed.
    static func put(_ records: [MunicipalityRecord]) -> Query {
        .write("""
            insert into app.municipalities as m (municipality_id, code, name, county_code, county_name, org_nr, population, skr_group, fictional)
            select gen_random_uuid(), code, name, county_code, county_name, org_nr, population, nullif(skr_group, ''), fictional
            from unnest(\(records.map(\.code)), \(records.map(\.name)), \(records.map(\.countyCode)), \(records.map(\.countyName)),
                        \(records.map(\.organisationNumber)), \(records.map(\.population)), \(records.map { $0.skrGroup ?? "" }),
                        \(records.map(\.fictional)))
              as given (code, name, county_code, county_name, org_nr, population, skr_group, fictional)
            on conflict (code) do update set
              name = excluded.name, county_code = excluded.county_code, county_name = excluded.county_name, org_nr = excluded.org_nr,
              population = excluded.population, skr_group = coalesce(excluded.skr_group, m.skr_group)
            where (m.name, m.county_code, m.county_name, m.org_nr, m.population, m.skr_group)
              is distinct from (excluded.name, excluded.county_code, excluded.county_name, excluded.org_nr, excluded.population,
                                coalesce(excluded.skr_group, m.skr_group))
            """)
    }

    static func know(_ domain: String, ofCode code: String, at now: Instant) -> Query {
        .write("""
            insert into app.mail_domains (domain, municipality_id, recorded_at)
            select \(domain), municipality_id, \(now) from app.municipalities where code = \(code) on conflict do nothing
            """)
    }

    /// Keeps a built-in instrument; no row if this version is kept already.
    static func keep(_ instrument: Instrument, text: String, sha256: [UInt8]) -> Query {
        .write("""
            insert into app.instruments (id, key, version, name_sv, name_en, items, levels, document, sha256)
            values (gen_random_uuid(), \(instrument.key), \(Int32(instrument.version)), \(instrument.name.sv), \(instrument.name.en),
                    \(Int16(instrument.items.count)), \(Int16(instrument.levels.count)), \(text), \(sha256))
            on conflict (key, version) do nothing
            """)
    }
}

/// A built-in instrument as it is kept.
struct KeptInstrument: Sendable {
    let id: ID<Instrument>
    let key: String
    let version: Int32
    let document: String
}

extension Query where A == Librarian, R == [KeptInstrument] {
    /// Every version of those with the keys.
    static func instruments(of keys: [String]) -> Query {
        .rows("select id, key, version, document from app.instruments where key = any (\(keys)) order by key, version") { row in
            KeptInstrument(id: try row.next(), key: try row.next(), version: try row.next(), document: try row.next())
        }
    }
}
