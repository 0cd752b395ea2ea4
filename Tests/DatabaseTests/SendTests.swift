import Foundation
import Testing

@testable import Database

/// The door for statements known beforehand.
@Suite struct SendTests {
    @Test func oneQueryAnswersPlainAndSeveralAsATuple() async throws {
        try await World.with("send_shapes") { db in
            let touched = try await db.send(as: Member.ofLillby, .add(1, "hej", in: lillby))
            #expect(touched == 1)
            let (count, text, missing) = try await db.send(as: Member.ofLillby, .count, .text(1), .text(2))
            #expect(count == 1 && text == "hej" && missing == nil)
            try await db.send(as: Member.ofLillby, .none("select pg_sleep(0)", writes: false))
            try await expect(0) { try await db.send(as: Member.ofLillby, .change(2, to: "x", in: lillby)) }
        }
    }

    @Test func sendIsOneRoundTrip() async throws {
        try await World.with("send_trips") { db in
            let trips = try await RoundTrips.counting {
                _ = try await db.send(as: Member.ofLillby, .add(1, "a", in: lillby), .add(2, "b", in: lillby), .count)
            }
            #expect(trips.count == 1)
        }
    }

    @Test func oneWantsExactlyOneRow() async throws {
        try await World.with("send_one") { db in
            let none = Query<Nobody, Int>.one("select 1 where false") { try $0.next() }
            await #expect(throws: NoRow()) { try await db.send(as: Nobody(), none) }
            let two = Query<Nobody, Int>.one("select generate_series(1, 2)") { try $0.next() }
            await #expect(throws: ManyRows(count: 2)) { try await db.send(as: Nobody(), two) }
            let all = Query<Nobody, [Int]>.rows("select generate_series(1, 3)") { try $0.next() }
            try await expect([1, 2, 3]) { try await db.send(as: Nobody(), all) }
        }
    }

    @Test func roleAndTenantAreGoneAfterEachSegment() async throws {
        try await World.with("send_gone", { $0.reading = 1; $0.writing = 1 }) { db in
            try await expect(["login", ""]) { try await db.send(as: Nobody(), .whoAmI) }
            try await expect(["t_member", lillby.uuidString.lowercased()]) { try await db.send(as: Member.ofLillby, .whoAmI) }
            try await expect(["login", ""]) { try await db.send(as: Nobody(), .whoAmI) }
            _ = try? await db.send(as: Member.ofStorby, Query<Member, Int>.one("select 1 / 0") { try $0.next() })
            try await expect(["login", ""]) { try await db.send(as: Nobody(), .whoAmI) }
            _ = try await db.transaction(as: Member.ofStorby) { try $0.run(.whoAmI) }
            try await expect(["login", ""]) { try await db.transaction(as: Nobody()) { try $0.run(.whoAmI) } }
        }
    }

    @Test func whoMayNotEnterIsRefused() async throws {
        try await World.with("send_enter") { db in
            await refused("28000") { try await db.send(as: Member(council: lillby, isRevoked: true), .count) }
            let notes = Query<Guest, Int>.one("select count(*) from t.notes") { try $0.next() }
            await refused("42501") { try await db.send(as: Guest(), notes) }
            let mine = Query<Nobody, Int>.one("select count(*) from t.notes") { try $0.next() }
            await refused("42501") { try await db.send(as: Nobody(), mine) }
        }
    }

    @Test func whatIsNotDeclaredToWriteMayNot() async throws {
        try await World.with("send_readonly") { db in
            let secret = Query<Member, Int>.one("insert into t.notes (council, id) values (\(lillby), 1) returning id") { try $0.next() }
            await refused("25006") { try await db.send(as: Member.ofLillby, secret) }
            try await expect(1) { try await db.send(as: Member.ofLillby, .add(1, "a", in: lillby)) }
        }
    }

    @Test func anErrorEndsItsOwnTransactionOnly() async throws {
        try await World.with("send_neighbours", { $0.writing = 1 }) { db in
            _ = try await db.send(as: Member.ofLillby, .add(0, "zero", in: lillby))
            await withTaskGroup(of: Void.self) { group in
                for number in 1...60 {
                    group.addTask {
                        let clashes = number % 3 == 0
                        do {
                            let second = clashes ? 0 : -number
                            let done = try await db.send(as: Member.ofLillby, .add(number, "n", in: lillby), .add(second, "m", in: lillby))
                            #expect(!clashes && done == (1, 1))
                        } catch {
                            #expect(clashes && (error as? SQLError)?.state == "23505")
                        }
                    }
                }
            }
            try await expect(1 + 40 * 2) { try await db.send(as: Member.ofLillby, .count) }
        }
    }

    @Test func aDeferredConstraintFailsAtTheEndOfTheSegment() async throws {
        try await World.with("send_deferred", { $0.writing = 1 }) { db in
            let place = Query<Member, Int>.write("insert into t.places (council, place) values (\(lillby), 1)")
            do {
                _ = try await db.send(as: Member.ofLillby, place, place, .count)
                Issue.record("committed")
            } catch let error as SQLError {
                #expect(error.state == "23505" && error.constraint == "places_once")
                #expect(error.description == "SQLSTATE 23505")
                #expect(!error.debugDescription.contains("Key (") && error.debugDescription.contains("places_once"))
            }
            try await expect(1) { try await db.send(as: Member.ofLillby, place) }
        }
    }

    @Test func preparedStatementsDoNotPileUp() async throws {
        try await World.with("send_many_texts", { $0.reading = 1 }) { db in
            let prepared = Query<Nobody, Int>.one("select count(*) from pg_prepared_statements") { try $0.next() }
            for number in 0..<2_100 {
                let text = Query<Nobody, Int>.one("select \(unsafeRaw: String(number))") { try $0.next() }
                try await expect(number) { try await db.send(as: Nobody(), text) }
            }
            let count = try await db.send(as: Nobody(), prepared)
            #expect(count < 200)
        }
    }

    @Test func aStatementThatCannotBePreparedFailsAloneAndSaysWhy() async throws {
        try await World.with("send_unprepared", { $0.reading = 1 }) { db in
            let wrong = Query<Member, Int>.one("select nothing from t.nowhere") { try $0.next() }
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask { await refused("42P01") { try await db.send(as: Member.ofLillby, wrong) } }
                    group.addTask { await #expect(throws: Never.self) { try await db.send(as: Member.ofLillby, .count) } }
                }
            }
            try World.owner("send_unprepared").execute("""
                create table t.nowhere (nothing int8); insert into t.nowhere values (1); grant select on t.nowhere to t_member
                """)
            try await expect(1) { try await db.send(as: Member.ofLillby, wrong) }
            // A statement whose table has changed under its plan is prepared anew.
            let all = Query<Member, Int>.one("select * from t.nowhere") { try $0.next() }
            try await expect(1) { try await db.send(as: Member.ofLillby, all) }
            try World.owner("send_unprepared").execute("alter table t.nowhere add other int8")
            await refused("0A000") { try await db.send(as: Member.ofLillby, all) }
            try await expect(1) { try await db.send(as: Member.ofLillby, all) }
        }
    }
}

/// Runs `work` and expects PostgreSQL to refuse it with this state.
func refused<R>(_ state: String, _ work: () async throws -> R) async {
    do {
        _ = try await work()
        Issue.record("not refused; expected \(state)")
    } catch {
        #expect((error as? SQLError)?.state == state, "\(error)")
    }
}

/// `#expect` of an asynchronous answer: inside closures the macro loses track of `try`.
func expect<R: Equatable>(
    _ expected: R, sourceLocation: SourceLocation = #_sourceLocation, _ work: () async throws -> R
) async throws {
    let result = try await work()
    #expect(result == expected, sourceLocation: sourceLocation)
}
