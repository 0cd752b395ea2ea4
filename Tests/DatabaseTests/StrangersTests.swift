import Foundation
import Synchronization
import Testing

@testable import Database

/// An answer never reaches a stranger, whatever happens to the connection.
@Suite struct StrangersTests {
    @Test func aMixUpIsCaughtAndEndsTheConnection() async throws {
        let name = "strangers_planted"
        try await World.with(name, { $0.writing = 1; $0.shared.lock = .zero }) { db in
            let link = db.writeLinks[0]
            // Once beforehand, so that no preparations stand among the waiting.
            _ = try await db.send(as: Member.ofLillby, .waitThenAdd(0, in: lillby))
            let holdUp = try HoldUp(name)
            let tasks = try await World.queue(1...4, length: { link.burden }) { number in
                let council = number % 2 == 0 ? lillby : storby
                return try await db.send(as: Member(council: council), .waitThenAdd(number, in: council))
            }
            link.mixUpLastTwo()
            holdUp.end()
            // The first two have their answers before it shows: at the third, which takes the fourth along.
            #expect(try await tasks[0].value == 1)
            #expect(try await tasks[1].value == 1)
            for task in tasks[2...] { await #expect(throws: ConnectionLost(mayHaveCommitted: true)) { try await task.value } }
            try await World.wait("a new connection") { link.burden == 0 }
            try await expect(1) { try await db.send(as: Member.ofLillby, .add(9, "a", in: lillby)) }
        }
    }

    @Test func afterAMixUpReadsAreSentAgain() async throws {
        let name = "strangers_reads"
        try await World.with(name, { $0.reading = 1; $0.shared.lock = .zero }) { db in
            _ = try await db.send(as: Nobody(), .wait(then: ""))
            let holdUp = try HoldUp(name)
            let tasks = try await World.queue(1...3, length: { db.readLinks[0].burden }) { number in
                try await db.send(as: Nobody(), .wait(then: "\(number)"))
            }
            db.readLinks[0].mixUpLastTwo()
            holdUp.end()
            for (index, task) in tasks.enumerated() { #expect(try await task.value == "\(index + 1)") }
        }
    }

    /// All backends are terminated again and again under load.
    @Test(.timeLimit(.minutes(1))) func lostConnectionsMixNothingUpAndTellEveryone() async throws {
        let name = "strangers_storm"
        try await World.with(name) { db in
            for council in [lillby, storby] {
                for id in 1...20 { _ = try await db.send(as: Member(council: council), .add(id, council.uuidString, in: council)) }
            }
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
