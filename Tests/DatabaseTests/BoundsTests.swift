import Foundation
import Synchronization
import Testing

@testable import Database

/// Every queue and every wait is bounded.
@Suite struct BoundsTests {
    @Test func aFullConnectionIsTooBusy() async throws {
        let name = "bounds_shared"
        try await World.with(name, { $0.writing = 1; $0.queue = 3; $0.shared.lock = .zero }) { db in
            let holdUp = try HoldUp(name)
            let tasks = try await World.queue(1...3, length: { db.writeLinks[0].burden }) { number in
                try await db.send(as: Member.ofLillby, .waitThenAdd(number, in: lillby))
            }
            await #expect(throws: TooBusy()) { try await db.send(as: Member.ofLillby, .add(4, "a", in: lillby)) }
            holdUp.end()
            for task in tasks { #expect(try await task.value == 1) }
            try await expect(3) { try await db.send(as: Member.ofLillby, .count) }
        }
    }

    @Test func fullThreadsAreTooBusy() async throws {
        let name = "bounds_threads"
        try await World.with(name, { $0.threads = 1; $0.queue = 2; $0.own.lock = .zero }) { db in
            let holdUp = try HoldUp(name)
            let running = Task { try await db.transaction(as: Nobody()) { try $0.run(.wait(then: "a")) } }
            try await World.waitForStatement("pg_advisory_xact", in: name)
            let tasks = try await World.queue(1...2, length: { db.threads.waiting }) { _ in
                try await db.transaction(as: Nobody()) { try $0.run(.whoAmI) }
            }
            await #expect(throws: TooBusy()) { try await db.transaction(as: Nobody()) { try $0.run(.whoAmI) } }
            holdUp.end()
            #expect(try await running.value == "a")
            for task in tasks { #expect(try await task.value == ["login", ""]) }
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
                await #expect(throws: CancellationError.self) {
                    try await db.transaction(as: Member.ofLillby) { try $0.run(.add(1, "a", in: lillby)) }
                }
            }
            await task.value
            try await expect(0) { try await db.send(as: Member.ofLillby, .count) }
        }
    }

    @Test func whatIsQueuedIsNotCancelled() async throws {
        let name = "bounds_late_cancel"
        try await World.with(name, { $0.writing = 1; $0.shared.lock = .zero }) { db in
            let holdUp = try HoldUp(name)
            let tasks = try await World.queue(1...2, length: { db.writeLinks[0].burden }) { number in
                try await db.send(as: Member.ofLillby, .waitThenAdd(number, in: lillby))
            }
            tasks[0].cancel()
            holdUp.end()
            for task in tasks { #expect(try await task.value == 1) }
        }
    }

    @Test func closingWaitsForEveryone() async throws {
        let name = "bounds_close"
        try await World.with(name, { $0.writing = 1; $0.threads = 1; $0.shared.lock = .zero; $0.own.lock = .zero }) { db in
            let holdUp = try HoldUp(name)
            let sends = try await World.queue(1...4, length: { db.writeLinks[0].burden }) { number in
                try await db.send(as: Member.ofLillby, .waitThenAdd(number, in: lillby))
            }
            let running = Task { try await db.transaction(as: Member.ofLillby) { try $0.run(.waitThenAdd(5, in: lillby)) } }
            try await World.wait("both wait") {
                try World.look(name, "select count(*) from pg_locks where locktype = 'advisory' and not granted") == [["2"]]
            }
            let queued = try await World.queue(1...2, length: { db.threads.waiting }) { number in
                try await db.transaction(as: Member.ofLillby) { try $0.run(.waitThenAdd(5 + number, in: lillby)) }
            }
            let closing = Task { await db.close() }
            try await World.wait("nobody gets in any more") { db.isClosing }
            await #expect(throws: DatabaseClosed()) { try await db.send(as: Member.ofLillby, .count) }
            await #expect(throws: DatabaseClosed()) { try await db.transaction(as: Member.ofLillby) { try $0.run(.count) } }
            holdUp.end()
            await closing.value
            for task in sends + [running] + queued { #expect(try await task.value == 1) }
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
