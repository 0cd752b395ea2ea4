import Database
import Foundation
import Logging
import Rules

@testable import Server

/// A database of its own with councils, rounds and answers in it: for what is done to a round that is closed, and with figures that are shared.
/// What the features do is done as they do it; what was there before is put in by the superuser.
final class ResultsWorld: Sendable {
    let services: Services
    let instrument: ID<Instrument>
    let start: Instant
    private let superuser: String

    private init(_ database: Database, _ embedded: Embedded, _ instruments: [KeptInstrument], folder: DataFolder, at start: Instant) throws {
        superuser = embedded.conninfo(for: .owner).replacing(Embedded.Login.owner.rawValue, with: "nyttograd_super")
        instrument = instruments[0].id
        self.start = start
        let writer = MailWriter(texts: try MailTexts(), from: try Mailbox("no-reply@nyttograd.example"), host: "nyttograd.example")
        services = Services(
            database: database, clock: Clock(startingAt: start), links: Links(try LinkKeys(file: folder.linkKey)), bell: Bell(),
            mail: .init(writer: writer, room: try MailFiles(folder: folder.mail), logger: Logger(label: "test")), site: Site(baseURL: "http://localhost:8080", formKey: [1]),
            questionnaires: try Questionnaires(database, beginningWith: instruments), attempts: Attempts(), language: .sv, logger: Logger(label: "test"))
    }

    static func test(_ body: (ResultsWorld) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "ngresults-\(UUID().uuidString.prefix(8))").path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = try DataFolder(path), logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        guard let embedded = try await Embedded.start(in: folder, logger: logger) else { throw CancellationError() }
        do {
            let start = Instant(microseconds: 1_795_000_000_000_000)
            _ = try Migration.run(owner: embedded.conninfo(for: .owner), clock: Clock(startingAt: start))
            var settings = Database.Settings(conninfo: embedded.conninfo(for: .app))
            (settings.reading, settings.writing, settings.threads) = (2, 2, 2)
            let database = try Database(settings)
            do {
                let world = try ResultsWorld(database, embedded, await Reference(database).keepInstruments(), folder: folder, at: start)
                try await body(world)
                await database.close()
            } catch {
                await database.close()
                throw error
            }
        } catch {
            await embedded.stop()
            throw error
        }
        await embedded.stop()
    }

    /// As one who sees everything.
    func ask(_ sql: String, _ values: String?...) throws -> [[String?]] { try PlainConnection(superuser).rows(sql, values) }
    func number(_ sql: String, _ values: String?...) throws -> Int { Int(try PlainConnection(superuser).rows(sql, values)[0][0] ?? "") ?? -1 }
    func put(_ sql: String, _ values: String?...) throws { _ = try PlainConnection(superuser).rows(sql, values) }
}

// MARK: - Councils and rounds

extension ResultsWorld {
    /// A council with one member, who is its strategist.
    struct Town: Sendable {
        let id: MunicipalityID
        let member: MemberID
        let token: SessionToken
        let services: Services

        func member(for capability: Capability, at now: Instant) -> Member { Member(id, token, for: capability, at: now) }
    }

    func town(_ code: String) throws -> Town {
        let council = MunicipalityID.random(), member = MemberID.random(), token = try SessionToken(for: .member(of: council))
        let id = council.description, at = start.rfc3339, later = start.adding(days: 900).rfc3339
        try put("""
            insert into app.municipalities (municipality_id, code, name, county_code, county_name, org_nr, population, fictional, joined_at)
            values ($1::uuid, $2, 'Kommun ' || $2, '99', 'Län', '212000-0000', 10000, $2 between '9901' and '9920', $3::timestamptz)
            """, id, code, at)
        try put("""
            insert into app.members (municipality_id, id, name, address, language, invited_at, joined_at)
            values ($1::uuid, $2::uuid, 'Alva', 'alva@' || $3 || '.example', 'sv', $4::timestamptz, $4::timestamptz)
            """, id, member.description, code, at)
        try put("insert into app.member_roles (municipality_id, member_id, role) values ($1::uuid, $2::uuid, 'strategist')", id, member.description)
        try put("""
            insert into app.sessions (municipality_id, token_hash, member_id, created_at, touched_at, expires_at)
            values ($1::uuid, decode($2, 'hex'), $3::uuid, $4::timestamptz, $4::timestamptz, $5::timestamptz)
            """, id, Hex.encode(token.hash), member.description, at, later)
        try put("""
            insert into app.council_instruments
              (municipality_id, id, key, version, name_sv, name_en, items, levels, document, sha256, imported_at, published_at)
            select $1::uuid, id, key, version, name_sv, name_en, items, levels, document, sha256, $2::timestamptz, $2::timestamptz from app.instruments
            """, id, at)
        return Town(id: council, member: member, token: token, services: services)
    }

    /// A closed round with invited seats, of which the first `submitted` have answered everything.
    func closedRound(in town: Town, invited: Int, submitted: Int, audiences: String = "{council,anonymous-statistics}", closedAt: Instant? = nil, functions: [Function] = [.itDirector]) throws -> RoundID {
        let round = RoundID.random(), id = town.id.description, at = (closedAt ?? start).adding(seconds: -60).rfc3339
        try put("""
            insert into app.rounds (municipality_id, id, title, instrument_id, state, target_year, orderer_name, orderer_title, runner_name, runner_title,
              closes_at, created_at, opened_at, closed_at)
            values ($1::uuid, $2::uuid, 'Omgång', $3::uuid, 'closed', 2030, 'Olle', 'Kvalitetsdirektör', 'Alva', 'E-strateg',
                    $4::timestamptz, $4::timestamptz, $4::timestamptz, $4::timestamptz)
            """, id, round.description, instrument.description, at)
        try put("""
            insert into app.contracts (municipality_id, round_id, k, controller, audiences, comments, purpose, retention, disposal_reference, contact,
              document, sha256, frozen_at)
            values ($1::uuid, $2::uuid, 5, 'Kommunstyrelsen', $3::text[], false, 'p', 'r', 'd', 'c', '{}', sha256('{}'), $4::timestamptz)
            """, id, round.description, audiences, at)
        for number in 1...invited { try seat(number, of: round, in: town, at: at, submitted: number <= submitted, functions[number % functions.count]) }
        return round
    }

    private func seat(_ number: Int, of round: RoundID, in town: Town, at: String, submitted: Bool, _ function: Function) throws {
        let id = town.id.description, seat = SeatID.random().description, items = services.questionnaires[instrument]?.instrument.items.count ?? 0
        try put("""
            insert into app.posts (municipality_id, id, function, family, title, holder_name, holder_address, holder_language)
            values ($1::uuid, $2::uuid, $4, $5, $3, 'Eva', 'eva@post.example', 'sv')
            """, id, seat, "Post \(number) \(round)", function.rawValue, function.family.rawValue)
        try put("""
            insert into app.seats (municipality_id, id, round_id, post_id, deputy, name, address, language, invited_at, function, family, area)
            values ($1::uuid, $2::uuid, $3::uuid, $2::uuid, false, 'Eva', 'eva' || $5 || '@post.example', 'sv', $4::timestamptz, $6, $7, '')
            """, id, seat, round.description, at, String(number), function.rawValue, function.family.rawValue)
        let levels = "{" + (0..<items).map { String(1 + ($0 + number) % 4) }.joined(separator: ",") + "}"
        try put("""
            insert into app.responses (municipality_id, id, round_id, seat_id, items, levels, current, desired, submitted, open)
            values ($1::uuid, gen_random_uuid(), $2::uuid, $3::uuid, $4::smallint, 5, $5::smallint[], $5::smallint[], $6::boolean, false)
            """, id, round.description, seat, String(items), levels, String(submitted))
    }

    /// Carries the order to fix a round out, as the worker does.
    func work(_ round: RoundID, in town: Town) async throws {
        _ = try await Fixing(services: services).carryOut(
            Job(id: .random(), kind: .fixRound, municipality: town.id, subject: round.uuid, generation: 0, attempts: 1))
    }

    func state(of round: RoundID) throws -> String? { try ask("select state from app.rounds where id = $1::uuid", round.description)[0][0] }
    func responses(of round: RoundID) throws -> Int { try number("select count(*) from app.responses where round_id = $1::uuid", round.description) }
}
