import Foundation
import Synchronization
import Testing

@testable import Database

/// Two councils in turn on one connection for reads and one for writes, 10,000 times, with everything that goes wrong in between.
@Suite struct TwoCouncilsTests {
    private static let turns = 10_000, atOnce = 25

    @Test(.timeLimit(.minutes(3))) func neverARowOfTheOther() async throws {
        let name = "two_councils"
        try await World.with(name, { $0.reading = 1; $0.writing = 1; $0.threads = 1 }) { db in
            for member in [Member.ofLillby, .ofStorby] {
                for id in 1...10 { _ = try await db.send(as: member, .add(id, text(id, member), in: member.council)) }
            }
            let seen = Mutex<[String: Int]>([:])
            for start in stride(from: 0, to: Self.turns, by: Self.atOnce) {
                if start % 1000 == 500 { try World.terminate(name) }
                await withTaskGroup(of: String.self) { group in
                    for turn in start..<start + Self.atOnce {
                        group.addTask { await take(turn, as: turn % 2 == 0 ? .ofLillby : .ofStorby, db) }
                    }
                    for await outcome in group { seen.withLock { $0[outcome, default: 0] += 1 } }
                }
            }
            let outcomes = seen.withLock { $0 }
            let expected: Set = ["own rows", "own write", "nobody else's row changed", "42501", "22012", "28000", "cancelled", "refused", "lost"]
            #expect(Set(outcomes.keys).subtracting(expected) == [], "\(outcomes)")
            #expect(outcomes.values.reduce(0, +) == Self.turns)
            for outcome in expected.subtracting(["lost"]) { #expect(outcomes[outcome, default: 0] >= 400, "\(outcome): \(outcomes)") }
            #expect(try World.look(name, "select count(*) from t.notes where text not like council || '%'") == [["0"]])
            #expect(try World.look(name, "select count(*) from t.notes") == [["20"]])
        }
    }

    private func text(_ id: Int, _ member: Member) -> String { "\(member.council.uuidString.lowercased()) \(id)" }

    /// One turn, and what became of it in a word.
    private func take(_ turn: Int, as member: Member, _ db: Database) async -> String {
        do {
            return try await attempt(turn, as: member, db)
        } catch let error as SQLError {
            return error.state
        } catch is CancellationError {
            return "cancelled"
        } catch is StatementRefused {
            return "refused"
        } catch is ConnectionLost {
            return "lost"
        } catch { return "\(error)" }
    }

    private func attempt(_ turn: Int, as member: Member, _ db: Database) async throws -> String {
        let id = turn % 10 + 1, other = member.other
        switch turn % 22 / 2 {
        case 0:
            let touched = try await db.send(as: member, .change(id, to: text(id, member), in: member.council))
            return touched == 1 ? "own write" : "touched \(touched)"
        case 1:
            let touched = try await db.send(as: member, .change(id, to: "stolen", in: other.council))
            return touched == 0 ? "nobody else's row changed" : "changed \(touched) rows of the other"
        case 2: _ = try await db.send(as: member, .add(1000 + turn, "planted", in: other.council))  // 42501
        case 3: _ = try await db.send(as: member, .change(id, to: "half", in: member.council), .fails)  // 22012
        case 4: _ = try await db.send(as: Member(council: member.council, isRevoked: true), .texts)  // 28000
        case 5: _ = try await db.send(as: member, .change(id, to: "\0", in: member.council))
        case 6:
            return try await Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await own(db.send(as: member, .texts), member)
            }.value
        case 7: return try await own(db.transaction(as: member) { tx in try tx.run(.texts) }, member)
        default: return try await own(db.send(as: member, .texts), member)
        }
        return "not refused"
    }

    private func own(_ texts: [String], _ member: Member) -> String {
        let isOwn = texts.count == 10 && texts.allSatisfy { $0.hasPrefix(member.council.uuidString.lowercased()) }
        return isOwn ? "own rows" : "rows of the other: \(texts)"
    }
}

extension Query where A == Member, R == [String] {
    /// Without naming the council.
    fileprivate static var texts: Self { .rows("select text from t.notes order by id") { try $0.next() } }
}

extension Query where A == Member, R == Int {
    fileprivate static var fails: Self { .one("select 1 / (count(*) - count(*)) from t.notes", writes: true) { try $0.next() } }
}
