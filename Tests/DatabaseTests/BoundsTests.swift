import Foundation
import Synchronization
import Testing

@testable import Database

/// Every queue and every wait is bounded.
@Suite struct BoundsTests {
    @Test func aFullConnectionIsTooBusy() async throws {
        try await World.with("bounds_shared", { $0.writing = 1; $0.queue = 3 }) { db in
            let outcomes = await outcomes(of: 10) { number in
                _ = try await db.send(as: Member.ofLillby, .sleepThenAdd(0.3, number, in: lillby))
            }
            #expect(outcomes == ["done": 3, "TooBusy": 7])
            try await expect(3) { try await db.send(as: Member.ofLillby, .count) }
        }
    }

    @Test func fullThreadsAreTooBusy() async throws {
        try await World.with("bounds_threads", { $0.threads = 1; $0.queue = 2 }) { db in
            let running = Task { try await db.transaction(as: Nobody()) { try $0.run(.sleep(0.5, then: "a")) } }
            try await World.waitForStatement("pg_sleep", in: "bounds_threads")
            let outcomes = await outcomes(of: 5) { _ in _ = try await db.transaction(as: Nobody()) { try $0.run(.whoAmI) } }
            #expect(outcomes == ["done": 2, "TooBusy": 3])
            try await expect("a") { try await running.value }
        }
    }

    @Test func aSlowStatementIsEnded() async throws {
        try await World.with("bounds_slow", { $0.shared.statement = .milliseconds(150); $0.own.statement = .milliseconds(150) }) { db in
            await refused("57014") { try await db.send(as: Nobody(), .sleep(3, then: "a")) }
            await refused("57014") { try await db.transaction(as: Nobody()) { try $0.run(.sleep(3, then: "a")) } }
            try await expect("b") { try await db.send(as: Nobody(), .sleep(0, then: "b")) }
            try await expect("b") { try await db.transaction(as: Nobody()) { try $0.run(.sleep(0, then: "b")) } }
        }
    }

    @Test func aLockIsNotWaitedForLong() async throws {
        try await World.with("bounds_lock", { $0.own.lock = .milliseconds(100) }) { db in
            _ = try await db.send(as: Member.ofLillby, .add(1, "a", in: lillby))
            let holder = try World.owner("bounds_lock")
            try holder.execute("begin; select * from t.notes for update")
            await refused("55P03") { try await db.send(as: Member.ofLillby, .change(1, to: "b", in: lillby)) }
            await refused("55P03") { try await db.transaction(as: Member.ofLillby) { try $0.run(.change(1, to: "b", in: lillby)) } }
            try holder.execute("rollback")
            try await expect(1) { try await db.send(as: Member.ofLillby, .change(1, to: "b", in: lillby)) }
        }
    }

    @Test func aTransactionMayNotIdle() async throws {
        try await World.with("bounds_idle", { $0.own.idleInTransaction = .milliseconds(100) }) { db in
            await #expect(throws: ConnectionLost(mayHaveCommitted: false)) {
                try await db.transaction(as: Member.ofLillby) { tx in
                    _ = try tx.run(.add(1, "a", in: lillby))
                    usleep(400_000)
                    return try tx.run(.count)
                }
            }
            try await expect(0) { try await db.transaction(as: Member.ofLillby) { try $0.run(.count) } }
        }
    }

    @Test func aCancelledTaskSendsNothing() async throws {
        try await World.with("bounds_cancel") { db in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                await #expect(throws: CancellationError.self) { try await db.send(as: Member.ofLillby, .add(1, "a", in: lillby)) }
                await #expect(throws: CancellationError.self) { try await db.transaction(as: Member.ofLillby) { try $0.run(.add(1, "a", in: lillby)) } }
            }
            await task.value
            try await expect(0) { try await db.send(as: Member.ofLillby, .count) }
        }
    }

    @Test func whatIsQueuedIsNotCancelled() async throws {
        try await World.with("bounds_late_cancel", { $0.writing = 1 }) { db in
            let first = Task { try await db.send(as: Member.ofLillby, .sleepThenAdd(0.4, 1, in: lillby)) }
            try await World.waitForStatement("pg_sleep", in: "bounds_late_cancel")
            let second = Task { try await db.send(as: Member.ofStorby, .add(1, "a", in: storby)) }
            first.cancel()
            try await expect(1) { try await first.value }
            try await expect(1) { try await second.value }
        }
    }

    @Test func closingWaitsForEveryone() async throws {
        let name = "bounds_close"
        try await World.with(name, { $0.writing = 1; $0.threads = 1 }) { db in
            let sends = (1...4).map { number in Task { try await db.send(as: Member.ofLillby, .sleepThenAdd(0.1, number, in: lillby)) } }
            let transactions = (5...7).map { number in
                Task { try await db.transaction(as: Member.ofLillby) { try $0.run(.sleepThenAdd(0.1, number, in: lillby)) } }
            }
            try await World.wait("all are queued") { db.writeLinks[0].burden == 4 && db.threads.waiting >= 2 }
            await db.close()
            for task in sends + transactions { try await expect(1) { try await task.value } }
            await #expect(throws: DatabaseClosed()) { try await db.send(as: Member.ofLillby, .count) }
            await #expect(throws: DatabaseClosed()) { try await db.transaction(as: Member.ofLillby) { try $0.run(.count) } }
            #expect(try World.look(name, "select count(*) from t.notes") == [["7"]])
            try await World.wait("no connection is left") {
                try World.look(name, "select count(*) from pg_stat_activity where datname = current_database() and usename = 'login'") == [["0"]]
            }
        }
    }
}

/// Runs `work` so many times at once, and counts what became of it.
func outcomes(of count: Int, _ work: @escaping @Sendable (Int) async throws -> Void) async -> [String: Int] {
    await withTaskGroup(of: String.self) { group in
        for number in 0..<count {
            group.addTask {
                do {
                    try await work(number)
                    return "done"
                } catch { return "\(type(of: error))" }
            }
        }
        return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
}
