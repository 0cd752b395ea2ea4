import Database
import Rules

/// The agreement by which a nämnd lets us process its data (personuppgiftsbiträdesavtal).
struct Agreement: Sendable {
    /// The nämnd that is the controller.
    let controller: String
    let version: String
    let signedOn: Day
    let signatoryName, signatoryTitle, diaryNumber: String
}

extension Agreement {
    /// - Parameter today: no agreement is signed after it.
    init(_ fields: Fields, today: Day) {
        controller = fields.text("controller", 1...200)
        version = fields.text("version", 1...40)
        signedOn = fields.day("signedOn")
        signatoryName = fields.text("signatoryName", 1...120)
        signatoryTitle = fields.text("signatoryTitle", 1...120)
        diaryNumber = fields.text("diaryNumber", 1...80)
        if signedOn > today {
            fields.refuse("signedOn", FieldMessage(sv: "Dagen kan inte ligga framåt i tiden.", en: "The day cannot lie ahead."))
        }
    }
}

struct AgreementView: Sendable {
    let id: ID<Agreement>
    let agreement: Agreement
    let recordedAt: Instant
    let recordedBy: MemberID
    let recorderName: String
}

/// Agreements on record. The newest is in force; none is ever changed.
struct Agreements: Sendable {
    let services: Services

    /// Newest first.
    func list(_ paging: Paging, as member: Member) async throws -> (agreements: [AgreementView], total: Int) {
        let council = member.municipality
        return try await services.database.send(
            as: member, .agreements(of: council, limit: paging.limit, offset: paging.offset), .agreementCount(of: council))
    }

    func read(_ id: ID<Agreement>, as member: Member) async throws -> AgreementView {
        guard let view = try await services.database.send(as: member, .agreement(id, of: member.municipality)) else { throw Problem.notFound }
        return view
    }

    func record(_ agreement: Agreement, as member: Member) async throws -> AgreementView {
        let id = ID<Agreement>.random(), council = member.municipality
        return try await services.database.send(
            as: member, .record(agreement, id: id, at: member.now, for: council), .agreementAsIs(id, of: council)).1
    }
}

extension Query where A == Member, R == Int {
    fileprivate static func agreementCount(of council: MunicipalityID) -> Query {
        .one("select count(*) from app.agreements where municipality_id = \(council)") { try $0.next() }
    }

    fileprivate static func record(_ agreement: Agreement, id: ID<Agreement>, at now: Instant, for council: MunicipalityID) -> Query {
        .write("""
            insert into app.agreements (municipality_id, id, controller, version, signed_on, signatory_name, signatory_title,
              diary_number, recorded_by, recorded_at)
            values (\(council), \(id), \(agreement.controller), \(agreement.version), \(agreement.signedOn), \(agreement.signatoryName),
              \(agreement.signatoryTitle), \(agreement.diaryNumber), app.member(), \(now))
            """)
    }
}

extension AgreementView {
    fileprivate init(_ row: inout Row) throws {
        id = try row.next()
        agreement = Agreement(
            controller: try row.next(), version: try row.next(), signedOn: try row.next(),
            signatoryName: try row.next(), signatoryTitle: try row.next(), diaryNumber: try row.next())
        recordedAt = try row.next()
        recordedBy = try row.next()
        recorderName = try row.next()
    }

    /// `where` must name the municipality.
    fileprivate static func select(_ where: SQL) -> SQL {
        """
        select a.id, a.controller, a.version, a.signed_on, a.signatory_name, a.signatory_title, a.diary_number, a.recorded_at, m.id, m.name
        from app.agreements a join app.members m on m.municipality_id = a.municipality_id and m.id = a.recorded_by
        \(`where`) order by a.recorded_at desc, a.id
        """
    }
}

extension Query where A == Member, R == [AgreementView] {
    static func agreements(of council: MunicipalityID, limit: Int, offset: Int) -> Query {
        .rows("\(AgreementView.select("where a.municipality_id = \(council)")) limit \(limit) offset \(offset)") { try AgreementView(&$0) }
    }
}

extension Query where A == Member, R == AgreementView? {
    fileprivate static func agreement(_ id: ID<Agreement>, of council: MunicipalityID) -> Query {
        .optional(AgreementView.select("where a.municipality_id = \(council) and a.id = \(id)")) { try AgreementView(&$0) }
    }
}

extension Query where A == Member, R == AgreementView {
    /// One that is known to be there.
    fileprivate static func agreementAsIs(_ id: ID<Agreement>, of council: MunicipalityID) -> Query {
        .one(AgreementView.select("where a.municipality_id = \(council) and a.id = \(id)")) { try AgreementView(&$0) }
    }
}
