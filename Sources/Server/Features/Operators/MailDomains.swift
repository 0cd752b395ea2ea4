import Database
import Rules

/// A mail domain that is known to be a council's.
struct KnownDomain: Sendable {
    let code, council, domain: String
    let recordedAt: Instant
}

/// Which mail domains are which councils': the operator's to import, by page, API or command.
struct MailDomains: Sendable {
    let database: Database

    /// By code and domain.
    func list(_ paging: Paging, as one: Operator) async throws -> (domains: [KnownDomain], total: Int) {
        try await database.send(as: one, .knownDomains(limit: paging.limit, offset: paging.offset), .numberOfKnownDomains)
    }

    /// Records what the file says, in one statement, or nothing if a line is wrong. Returns how many were new.
    func importList(_ csv: String, as one: Operator) async throws -> Int {
        let list = try MailDomainList(csv, codes: Set(try await database.send(as: one, .municipalityCodes)))
        return try await database.send(as: one, .know(list, at: one.now))
    }

    /// The field with the file, of a body or form.
    static func csv(_ fields: Fields) -> String { fields.text("csv", 1...30_000, lines: .many) }
}

extension Problem {
    /// Each fault on its line.
    init(_ faults: MailDomainList.Faults) {
        self = .invalidFields(faults.faults.map { fault in
            let text = fault.reason.text
            return FieldError("/csv", FieldMessage(sv: "Rad \(fault.line): \(text.sv).", en: "Line \(fault.line): \(text.en)."))
        })
    }
}

extension Query where A == Operator, R == [KnownDomain] {
    fileprivate static func knownDomains(limit: Int, offset: Int) -> Query {
        .rows("""
            select m.code, m.name, d.domain, d.recorded_at from app.mail_domains d join app.municipalities m on m.municipality_id = d.municipality_id
            order by m.code, d.domain limit \(limit) offset \(offset)
            """) { KnownDomain(code: try $0.next(), council: try $0.next(), domain: try $0.next(), recordedAt: try $0.next()) }
    }
}

extension Query where R == [String] {
    fileprivate static var municipalityCodes: Query {
        .rows("select code from app.municipalities") { try $0.next() }
    }
}

extension Query where R == Int {
    /// Adds the domains that are new. Of an operator or a librarian: nobody else may.
    fileprivate static func know(_ list: MailDomainList, at now: Instant) -> Query {
        .write("""
            insert into app.mail_domains (domain, municipality_id, recorded_at)
            select given.domain, m.municipality_id, \(now)
            from unnest(\(list.entries.map(\.code)), \(list.entries.map(\.domain))) as given (code, domain)
            join app.municipalities m on m.code = given.code on conflict do nothing
            """)
    }
}

extension Query where A == Operator, R == Int {
    fileprivate static var numberOfKnownDomains: Query {
        .one("select count(*) from app.mail_domains") { try $0.next() }
    }
}

extension Reference {
    /// The same by command.
    public func importMailDomains(csv: String, at now: Instant) async throws -> Int {
        let list = try MailDomainList(csv, codes: Set(try await database.send(as: Librarian(), .municipalityCodes)))
        return try await database.send(as: Librarian(), .know(list, at: now))
    }
}
