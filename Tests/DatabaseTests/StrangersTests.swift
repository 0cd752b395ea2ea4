import Foundation
import Synchronization
import Testing

@testable import Database

/// An answer never reaches a stranger, whatever happens to the connection.
@Suite struct StrangersTests {
    @Test func aMixUpIsCaughtAndEndsTheConnection() async throws {
        try await World.with("strangers_planted", { $0.writing = 1 }) { db in
            let link = db.writeLinks[0]
            // Once beforehand, so that no preparations stand among the waiting.
            _ = try await db.send(as: Member.ofLillby, .sleepThenAdd(0, 0, in: lillby))
            let tasks = try await queue(4, on: link) { number in
                let council = number % 2 == 0 ? lillby : storby
                return try await db.send(as: Member(council: council), .sleepThenAdd(number == 1 ? 0.4 : 0, number, in: council))
            }
            link.mixUpLastTwo()
            // The first two have their answers before the mix-up is seen; it is seen at the third, and takes the fourth along.
            #expect(try await tasks[0].value == 1)
            #expect(try await tasks[1].value == 1)
            for task in tasks[2...] { await #expect(throws: ConnectionLost(mayHaveCommitted: true)) { try await task.value } }
            try await World.wait("a new connection") { link.burden == 0 }
            try await expect(1) { try await db.send(as: Member.ofLillby, .add(9, "a", in: lillby)) }
        }
    }

    @Test func afterAMixUpReadsAreSentAgain() async throws {
        try await World.with("strangers_reads", { $0.reading = 1 }) { db in
            _ = try await db.send(as: Nobody(), .sleep(0, then: ""))
            let tasks = try await queue(3, on: db.readLinks[0]) { number in
                try await db.send(as: Nobody(), .sleep(number == 1 ? 0.4 : 0, then: "\(number)"))
            }
            db.readLinks[0].mixUpLastTwo()
            for (index, task) in tasks.enumerated() { #expect(try await task.value == "\(index + 1)") }
        }
    }

    /// Starts one after the other, so that they wait in this order.
    private func queue<R: Sendable>(_ count: Int, on link: SharedLink, _ work: @escaping @Sendable (Int) async throws -> R) async throws -> [Task<R, any Error>] {
        var tasks: [Task<R, any Error>] = []
        for number in 1...count {
            tasks.append(Task { try await work(number) })
            try await World.wait("number \(number) waits") { link.burden == number }
        }
        return tasks
    }

    /// All backends are terminated again and again under load.
    @Test(.timeLimit(.minutes(1))) func lostConnectionsMixNothingUpAndTellEveryone() async throws {
        let name = "strangers_storm"
        try await World.with(name) { db in
            for id in 1...20 { for council in [lillby, storby] { _ = try await db.send(as: Member(council: council), .add(id, council.uuidString, in: council)) } }
            let tally = Tally()
            let end = ContinuousClock.now + .seconds(3)
            await withTaskGroup(of: Void.self) { group in
                for worker in 1...32 {
                    group.addTask { while ContinuousClock.now < end { await step(worker, db, tally) } }
                }
                group.addTask {
                    while ContinuousClock.now < end {
                        try? World.terminate(name)
                        try? await Task.sleep(for: .milliseconds(250))
                    }
                }
            }
            let (right, wrong, unexpected, promised, denied) = tally.all
            #expect(wrong == [] && unexpected == [])
            #expect(right > 500)
            let there = Set(try World.look(name, "select id from t.notes where id > 20").compactMap { $0[0].flatMap { Int($0) } })
            #expect(promised.isSubset(of: there), "acknowledged, but not there")
            #expect(denied.isDisjoint(with: there), "said not to have happened, but there")
        }
    }

    private func step(_ worker: Int, _ db: Database, _ tally: Tally) async {
        let council = Bool.random() ? lillby : storby
        let member = Member(council: council)
        let id = tally.nextID()
        do {
            switch Int.random(in: 0..<4) {
            case 0:
                _ = try await db.send(as: member, .add(id, council.uuidString, in: council))
                tally.promise(id)
            case 1:
                _ = try await db.transaction(as: member) { tx in try (tx.run(.count), tx.run(.add(id, council.uuidString, in: council))) }
                tally.promise(id)
            default:
                let (text, me) = try await db.send(as: member, .text(.random(in: 1...20)), .whoAmI)
                tally.saw(text == council.uuidString && me == ["t_member", council.uuidString.lowercased()], text ?? "nil")
            }
        } catch let lost as ConnectionLost {
            if !lost.mayHaveCommitted { tally.deny(id) }
        } catch { tally.unexpected("\(error)") }
    }
}

/// What became of a storm's steps.
private final class Tally: Sendable {
    private struct State {
        var right = 0, wrong: [String] = [], unexpected: [String] = [], promised: Set<Int> = [], denied: Set<Int> = [], lastID = 100
    }
    private let state = Mutex(State())

    func nextID() -> Int { state.withLock { $0.lastID += 1; return $0.lastID } }
    func saw(_ isRight: Bool, _ what: String) { state.withLock { if isRight { $0.right += 1 } else { $0.wrong.append(what) } } }
    func unexpected(_ what: String) { state.withLock { $0.unexpected.append(what) } }
    func promise(_ id: Int) { state.withLock { _ = $0.promised.insert(id) } }
    func deny(_ id: Int) { state.withLock { _ = $0.denied.insert(id) } }
    var all: (Int, [String], [String], Set<Int>, Set<Int>) { state.withLock { ($0.right, $0.wrong, $0.unexpected, $0.promised, $0.denied) } }
}
