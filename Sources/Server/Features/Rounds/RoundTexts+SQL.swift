import Database
import Rules

extension Query where A == Member, R == [RoundText.Kind: KeptText] {
    static func texts(of round: RoundID, in council: MunicipalityID) -> Query {
        .one("""
            select array_agg(kind order by kind), array_agg(sv order by kind), array_agg(en order by kind), max(frozen_at) filter (where kind = 'invitation'),
                   max(frozen_at) filter (where kind = 'introduction'), max(frozen_at) filter (where kind = 'reminder')
            from app.round_texts where municipality_id = \(council) and round_id = \(round)
            """) { row in
            let kinds: [String] = try row.nextOrNull() ?? [], sv: [String] = try row.nextOrNull() ?? [], en: [String] = try row.nextOrNull() ?? []
            let frozen: [RoundText.Kind: Instant?] = [
                .invitation: try row.nextOrNull(), .introduction: try row.nextOrNull(), .reminder: try row.nextOrNull(),
            ]
            return try Dictionary(uniqueKeysWithValues: kinds.indices.map { place in
                let kind = try RoundText.Kind(stored: kinds[place])
                return (kind, KeptText(text: RoundText(sv: sv[place], en: en[place]), frozenAt: frozen[kind] ?? nil))
            })
        }
    }
}

extension Query where A == Member, R == SampleLetter? {
    static func sampleLetter(of round: RoundID, in council: MunicipalityID) -> Query {
        .optional("""
            select m.name, c.k is not null, coalesce(c.k, 5)::int8, coalesce(c.controller, ''), coalesce('anonymous-statistics' = any (c.audiences), false),
                   coalesce(c.disposal_reference, '')
            from app.rounds r join app.municipalities m on m.municipality_id = r.municipality_id
            left join app.contracts c on c.municipality_id = r.municipality_id and c.round_id = r.id
            where r.municipality_id = \(council) and r.id = \(round)
            """) { row in
            let name: String = try row.next(), hasContract: Bool = try row.next()
            let promise = QuestionnaireInvitation.Promise(
                k: try row.next(), controller: try row.next(), inAnonymousStatistics: try row.next(), disposalDecision: try row.next())
            return SampleLetter(council: name, promise: hasContract ? promise : nil)
        }
    }
}

extension Query where A == Member, R == Int {
    /// The database refuses to change a frozen one.
    static func set(_ text: RoundText, as kind: RoundText.Kind, for round: RoundID, in council: MunicipalityID) -> Query {
        .write("""
            insert into app.round_texts (municipality_id, round_id, kind, sv, en) values (\(council), \(round), \(kind.rawValue), \(text.sv), \(text.en))
            on conflict (municipality_id, round_id, kind) do update set sv = excluded.sv, en = excluded.en
            """)
    }
}

extension Query where R == Int {
    static func freeze(_ kind: RoundText.Kind, of round: RoundID, at now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            update app.round_texts set frozen_at = \(now)
            where municipality_id = \(council) and round_id = \(round) and kind = \(kind.rawValue) and frozen_at is null
            """)
    }

    static func freezeNone(_ kind: RoundText.Kind, of round: RoundID, at now: Instant, in council: MunicipalityID) -> Query {
        .write("""
            insert into app.round_texts (municipality_id, round_id, kind, sv, en, frozen_at)
            values (\(council), \(round), \(kind.rawValue), '', '', \(now)) on conflict do nothing
            """)
    }
}
