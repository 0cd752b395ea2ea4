import Foundation
import Testing

@testable import Database

/// Files are applied once, in order, unchanged; access files every time.
@Suite struct MigratorTests {
    @Test func itAppliesWhatIsMissingAndThenAccess() throws {
        let place = try Place("migrate_applies")
        try place.write("migrations/0001_begin.sql", "create table app.a (n int8); insert into app.a values (1);")
        try place.write("access/a.sql", "create or replace view app.v as select n from app.a; insert into app.a values (2);")
        #expect(try place.run() == .init(migrations: ["0001_begin.sql"], access: ["a.sql"]))
        try place.write("migrations/0002_more.sql", "update app.a set n = 10 where n = 1;\n-- å")
        #expect(try place.run() == .init(migrations: ["0002_more.sql"], access: ["a.sql"]))
        #expect(try place.run() == .init(migrations: [], access: ["a.sql"]))
        #expect(try place.rows("select n from app.a order by n") == [["2"], ["2"], ["2"], ["10"]])
        let kept = "select number, name, applied_at at time zone 'utc' from app.schema_migrations order by number"
        #expect(try place.rows(kept) == [["1", "0001_begin.sql", "2026-11-23 19:54:13"], ["2", "0002_more.sql", "2026-11-23 19:54:13"]])
    }

    @Test func whatWasAppliedMayNotChange() throws {
        let place = try Place("migrate_changed")
        for number in 1...3 { try place.write("migrations/000\(number)_x.sql", "select \(number)") }
        _ = try place.run()
        try place.write("migrations/0002_x.sql", "select 2 ")
        #expect(fault(place) == "0002_x.sql: has been changed since it was applied")
        try place.remove("migrations/0002_x.sql")
        #expect(fault(place) == "0002_x.sql: has been applied, but is missing")
        try place.write("migrations/0002_y.sql", "select 2")
        #expect(fault(place) == "0002_y.sql: was applied as 0002_x.sql")
    }

    @Test func nothingNewMayComeBefore() throws {
        let place = try Place("migrate_reordered")
        try place.write("migrations/0001_a.sql", "select 1")
        try place.write("migrations/0003_c.sql", "select 3")
        _ = try place.run()
        try place.write("migrations/0002_b.sql", "create table app.never ()")
        #expect(fault(place) == "0002_b.sql: is new, but 0003_c.sql has been applied already")
        #expect(try place.rows("select to_regclass('app.never')::text") == [[nil]])
    }

    @Test func namesAreNumbered() throws {
        let place = try Place("migrate_names")
        try place.write("migrations/0001_a.sql", "select 1")
        try place.write("migrations/0001_b.sql", "select 1")
        #expect(fault(place) == "0001_b.sql: has the number of 0001_a.sql")
        try place.remove("migrations/0001_b.sql")
        try place.write("migrations/2_b.sql", "select 1")
        #expect(fault(place) == "2_b.sql: is not named NNNN_name.sql")
    }

    @Test func aFileIsAppliedWholeOrNotAtAll() throws {
        let place = try Place("migrate_whole")
        try place.write("migrations/0001_a.sql", "create table app.a ();\n\ncreate tabel app.b ();")
        #expect(fault(place)?.hasPrefix("0001_a.sql: line 3: SQLSTATE 42601") == true)
        try place.write("migrations/0001_a.sql", "create table app.a ();")
        try place.write("access/a.sql", "create table app.b ()")
        try place.write("access/b.sql", "select 1/0")
        #expect(fault(place)?.hasPrefix("b.sql: SQLSTATE 22012") == true)
        #expect(try place.rows("select to_regclass('app.a')::text, to_regclass('app.b')::text") == [["app.a", nil]])
        try place.write("access/b.sql", "commit")
        #expect(fault(place) == "b.sql: it ends the transaction that it runs in")
    }

    @Test func twoAtOnceSerialise() async throws {
        let place = try Place("migrate_race")
        try place.write("migrations/0001_a.sql", "create table app.a (n int8); select pg_sleep(0.3);")
        try place.write("access/a.sql", "insert into app.a values (1)")
        let applied = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<3 { group.addTask { try place.run().migrations.count } }
            return try await group.reduce(0, +)
        }
        #expect(applied == 1)
        #expect(try place.rows("select count(*) from app.a") == [["3"]])
    }

    private func fault(_ place: Place) -> String? {
        do {
            _ = try place.run()
            return nil
        } catch { return "\(error)" }
    }
}

/// A database and the two folders.
private struct Place {
    private let name: String
    private let folder: String

    init(_ name: String) throws {
        self.name = name
        folder = "\(try Cluster.shared.get().folder)/\(name)"
        _ = try World.database(name)
        for part in ["migrations", "access"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(part)", withIntermediateDirectories: true)
        }
    }

    func write(_ path: String, _ text: String) throws { try text.write(toFile: "\(folder)/\(path)", atomically: true, encoding: .utf8) }
    func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: "\(folder)/\(path)") }
    func rows(_ text: String) throws -> [[String?]] { try World.look(name, text) }

    func run() throws -> Migrator.Applied {
        let owner = "\(try Cluster.shared.get().owner) dbname=\(name)"
        let migrator = Migrator(conninfo: owner, migrations: "\(folder)/migrations", access: "\(folder)/access") { text in
            String(text.utf8.reduce(5381) { ($0 &* 33) ^ Int($1) })
        }
        return try migrator.run(now: "2026-11-23T19:54:13Z")
    }
}
