import Foundation
import Testing

@testable import Database

/// The door for steps that depend on answers.
@Suite struct TransactionTests {
    private struct Changed: Error {}

    @Test func itCommitsWhenTheBodyReturns() async throws {
        try await World.with("tx_commit") { db in
            let trips = try await RoundTrips.counting {
                try await db.transaction(as: Member.ofLillby) { tx in
                    let count = try tx.run(.count)
                    return try tx.run(.add(count + 1, "a", in: lillby))
                }
            }
            #expect(trips.result == 1 && trips.count == 3)
            try await expect("a") { try await db.send(as: Member.ofLillby, .text(1)) }
        }
    }

    @Test func itRollsBackWhenTheBodyThrows() async throws {
        try await World.with("tx_rollback", { $0.threads = 1 }) { db in
            let trips = await RoundTrips.counting {
                await #expect(throws: Changed.self) {
                    try await db.transaction(as: Member.ofLillby) { tx in
                        _ = try tx.run(.add(1, "a", in: lillby))
                        throw Changed()
                    }
                }
            }
            #expect(trips.count == 2)
            try await expect(0) { try await db.transaction(as: Member.ofLillby) { try $0.run(.count) } }
        }
    }

    @Test func withoutAStatementNothingIsSent() async throws {
        try await World.with("tx_nothing") { db in
            let trips = try await RoundTrips.counting { try await db.transaction(as: Member(council: lillby, isRevoked: true)) { _ in 7 } }
            #expect(trips.result == 7 && trips.count == 0)
        }
    }

    @Test func anErrorThatTheBodySwallowsStillEndsIt() async throws {
        try await World.with("tx_swallow", { $0.threads = 1 }) { db in
            await refused("23514") {
                try await db.transaction(as: Member.ofLillby) { tx in
                    _ = try tx.run(.add(1, "a", in: lillby))
                    _ = try? tx.run(.add(2, String(repeating: "x", count: 100), in: lillby))
                    _ = try? tx.run(.add(3, "c", in: lillby))
                }
            }
            try await expect(0) { try await db.transaction(as: Member.ofLillby) { try $0.run(.count) } }
        }
    }

    @Test func aDeferredConstraintFailsTheCommit() async throws {
        try await World.with("tx_deferred", { $0.threads = 1 }) { db in
            let place = Query<Member, Int>.write("insert into t.places (council, place) values (\(lillby), 1)")
            await refused("23505") { try await db.transaction(as: Member.ofLillby) { tx in try (tx.run(place), tx.run(place)) } }
            try await expect(1) { try await db.transaction(as: Member.ofLillby) { try $0.run(place) } }
        }
    }

    @Test func whoMayNotEnterIsRefused() async throws {
        try await World.with("tx_enter", { $0.threads = 1 }) { db in
            await refused("28000") { try await db.transaction(as: Member(council: lillby, isRevoked: true)) { try $0.run(.count) } }
            try await expect(0) { try await db.transaction(as: Member.ofLillby) { try $0.run(.count) } }
        }
    }

    @Test func aLostConnectionIsToldAndReplaced() async throws {
        let name = "tx_lost"
        try await World.with(name, { $0.threads = 1 }) { db in
            await #expect(throws: ConnectionLost(mayHaveCommitted: false)) {
                try await db.transaction(as: Member.ofLillby) { tx in
                    _ = try tx.run(.add(1, "a", in: lillby))
                    try World.terminate(name)
                    return try tx.run(.count)
                }
            }
            // Lost while nothing depends on it: the next transaction does not notice.
            try await expect(0) { try await db.transaction(as: Member.ofLillby) { try $0.run(.count) } }
            try World.terminate(name)
            try await expect(0) { try await db.transaction(as: Member.ofLillby) { try $0.run(.count) } }
        }
    }

    @Test func aLossDuringTheCommitMayHaveCommitted() async throws {
        let name = "tx_lost_commit"
        try await World.with(name, { $0.threads = 1 }) { db in
            await #expect(throws: ConnectionLost(mayHaveCommitted: true)) {
                try await db.transaction(as: Member.ofLillby) { tx in
                    _ = try tx.run(.add(1, "a", in: lillby))
                    try World.terminate(name)
                }
            }
        }
    }

    @Test func concurrentStepsOfOneRowAreAllKept() async throws {
        try await World.with("tx_steps", { $0.threads = 4 }) { db in
            _ = try await db.send(as: Member.ofLillby, .add(1, "0", in: lillby))
            let locked = Query<Member, String>.one("select text from t.notes where id = 1 for update", writes: true) { try $0.next() }
            let outcomes = await outcomes(of: 40) { _ in
                _ = try await db.transaction(as: Member.ofLillby) { tx in
                    let number = Int(try tx.run(locked)) ?? -1000
                    return try tx.run(.change(1, to: String(number + 1), in: lillby))
                }
            }
            #expect(outcomes == ["done": 40])
            try await expect("40") { try await db.send(as: Member.ofLillby, .text(1)) }
        }
    }
}
