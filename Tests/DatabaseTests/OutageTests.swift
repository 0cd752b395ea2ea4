import Foundation
import Logging
import Testing

@testable import Database

/// The server goes away, or says nothing more, and comes back. On a cluster of its own.
@Suite(.serialized) struct OutageTests {
    @Test(.timeLimit(.minutes(1))) func theServerStopsInMidQueryAndComesBack() async throws {
        let cluster = try Cluster()
        try await World.with("outage", on: cluster) { db in
            let write = Task { try await db.send(as: Member.ofLillby, .sleepThenAdd(5, 1, in: lillby)) }
            let read = Task { try await db.send(as: Nobody(), .sleep(5, then: "a")) }
            let transaction = Task { try await db.transaction(as: Member.ofLillby) { try $0.run(.sleepThenAdd(5, 2, in: lillby)) } }
            try await World.wait("three sleep") {
                try World.look("outage", "select count(*) from pg_stat_activity where wait_event = 'PgSleep'", on: cluster) == [["3"]]
            }
            try cluster.stop()
            await #expect(throws: ConnectionLost(mayHaveCommitted: true)) { try await write.value }
            await #expect(throws: ConnectionLost(mayHaveCommitted: false)) { try await read.value }
            await #expect(throws: ConnectionLost(mayHaveCommitted: false)) { try await transaction.value }
            await #expect(throws: ConnectionLost(mayHaveCommitted: false)) { try await db.send(as: Member.ofLillby, .add(3, "c", in: lillby)) }
            try cluster.start()
            try await World.wait("all connections are back") { (db.readLinks + db.writeLinks).allSatisfy { $0.burden == 0 } }
            try await expect(0) { try await db.send(as: Member.ofLillby, .count) }
            try await expect(1) { try await db.send(as: Member.ofLillby, .add(3, "c", in: lillby)) }
            try await Task.sleep(for: .seconds(1))  // the threads' own pause after a failure
            try await expect(1) { try await db.transaction(as: Member.ofLillby) { try $0.run(.count) } }
        }
    }

    @Test(.timeLimit(.minutes(1))) func aSilentServerIsGivenUp() async throws {
        let cluster = try Cluster()
        try await World.with("silence", on: cluster, {
            $0.shared.statement = .milliseconds(300)
            $0.own.statement = .milliseconds(300)
            $0.grace = .milliseconds(300)
        }) { db in
            _ = try await db.transaction(as: Member.ofLillby) { try $0.run(.count) }
            try cluster.signal("STOP")
            let write = Task { try await db.send(as: Member.ofLillby, .add(1, "a", in: lillby)) }
            let transaction = Task { try await db.transaction(as: Member.ofLillby) { try $0.run(.count) } }
            await #expect(throws: ConnectionLost(mayHaveCommitted: true)) { try await write.value }
            await #expect(throws: ConnectionLost(mayHaveCommitted: false)) { try await transaction.value }
            try cluster.signal("CONT")
            try await World.wait("the connection is back") { db.writeLinks.allSatisfy { $0.burden == 0 } }
            try await expect(1) { try await db.send(as: Member.ofLillby, .add(2, "a", in: lillby)) }
        }
    }

    @Test(.timeLimit(.minutes(1))) func closingDoesNotWaitForAServerThatIsGone() async throws {
        let cluster = try Cluster()
        var settings = Database.Settings(conninfo: try World.database("gone", on: cluster))
        settings.logger = Logger(label: "gone") { _ in SwiftLogNoOpLogHandler() }
        let db = try Database(settings)
        try cluster.stop()
        let begin = ContinuousClock.now
        await db.close()
        #expect(ContinuousClock.now - begin < .seconds(2))
        let conninfo = settings.conninfo
        #expect(throws: CannotConnect.self) { try Database(Database.Settings(conninfo: conninfo)) }
    }
}
