import Database
import Foundation
import Logging

/// Two councils, and somebody in one of them.
let lillby = UUID(), storby = UUID()

/// May read and write the notes of one council.
struct Member: Authority {
    static let role = "t_member"
    let council: UUID
    var isRevoked = false
    var entry: SQL { "t.enter('t_member', \(council), \(isRevoked))" }
}

/// May do nothing but enter.
struct Guest: Authority {
    static let role = "t_guest"
    var entry: SQL { "t.enter('t_guest', \(lillby), false)" }
}

/// Stays the login role, which has no grants: shows what a connection is like before anybody has entered.
struct Nobody: Authority {
    static let role = "nobody"
    var entry: SQL { "'none'" }
}

extension Member {
    static let ofLillby = Member(council: lillby)
    static let ofStorby = Member(council: storby)
    var other: Member { council == lillby ? .ofStorby : .ofLillby }
}

extension Query where A == Member, R == Int {
    static func add(_ id: Int, _ text: String, in council: UUID) -> Self {
        .write("insert into t.notes (council, id, text) values (\(council), \(id), \(text))")
    }
    /// Repeatable: the value is absolute.
    static func change(_ id: Int, to text: String, in council: UUID) -> Self {
        .write("update t.notes set text = \(text) where council = \(council) and id = \(id)", repeatable: true)
    }
    /// Without naming the council: only row-level security tells them apart.
    static var count: Self { .one("select count(*) from t.notes") { try $0.next() } }
    /// Waits for `HoldUp` first.
    static func waitThenAdd(_ id: Int, in council: UUID) -> Self {
        .write("insert into t.notes (council, id, text) select \(council), \(id), 'waited' from pg_advisory_xact_lock_shared(7)")
    }
    static func sleepThenAdd(_ seconds: Double, _ id: Int, in council: UUID) -> Self {
        .write("insert into t.notes (council, id, text) select \(council), \(id), 'slept' from pg_sleep(\(seconds))")
    }
}

extension Query where A == Member, R == String? {
    static func text(_ id: Int) -> Self { .optional("select text from t.notes where id = \(id)") { try $0.next() } }
}

extension Query where R == String {
    /// Any authority; slow on request.
    static func sleep(_ seconds: Double, then text: String) -> Self {
        .one("select \(text) from pg_sleep(\(seconds))") { try $0.next() }
    }
}

extension Query where R == String {
    /// Waits for `HoldUp` first.
    static func wait(then text: String) -> Self {
        .one("select \(text) from pg_advisory_xact_lock_shared(7)") { try $0.next() }
    }
}

/// Keeps statements that wait for it waiting, until it ends.
struct HoldUp: ~Copyable {
    private let owner: PlainConnection

    init(_ name: String) throws {
        let owner = try World.owner(name)
        try owner.execute("select pg_advisory_lock(7)")
        self.owner = owner
    }

    consuming func end() {}
}

extension Query where R == [String] {
    /// Role and council, as the server sees them.
    static var whoAmI: Self {
        .one("select current_user::text, coalesce(current_setting('t.council', true), '')") { try [$0.next(), $0.next()] }
    }
}

enum World {
    /// A database of its own, with the schema `t` in it, on the shared cluster or another.
    static func database(_ name: String, on cluster: Cluster? = nil) throws -> String {
        let cluster = try cluster ?? Cluster.shared.get()
        let owner = try PlainConnection(cluster.owner)
        try owner.execute("create database \(name)")
        try PlainConnection("\(cluster.owner) dbname=\(name)").execute(schema)
        return cluster.login(name, database: name)
    }

    /// Runs `test` with a database and closes it, whatever happens.
    @discardableResult
    static func with<R>(
        _ name: String, on cluster: Cluster? = nil, _ change: (inout Database.Settings) -> Void = { _ in }, _ test: (Database) async throws -> R
    ) async throws -> R {
        var settings = Database.Settings(conninfo: try database(name, on: cluster))
        settings.reading = 2
        settings.writing = 4
        settings.threads = 2
        settings.logger = Logger(label: name) { _ in SwiftLogNoOpLogHandler() }
        change(&settings)
        let db = try Database(settings)
        do {
            let result = try await test(db)
            await db.close()
            return result
        } catch {
            await db.close()
            throw error
        }
    }

    /// Waits until `condition` holds; fails after five seconds.
    static func wait(_ what: String, until condition: () throws -> Bool) async throws {
        for _ in 0..<500 {
            if try condition() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Never(what: what)
    }

    /// Starts one task after the other, so that they wait in this order.
    static func queue<R: Sendable>(
        _ numbers: ClosedRange<Int>, length: () -> Int, _ work: @escaping @Sendable (Int) async throws -> R
    ) async throws -> [Task<R, any Error>] {
        var tasks: [Task<R, any Error>] = []
        for number in numbers {
            tasks.append(Task { try await work(number) })
            try await wait("number \(number) waits") { length() == number }
        }
        return tasks
    }

    struct Never: Error { let what: String }

    /// The owner's own look at a database.
    static func look(_ name: String, _ text: String, on cluster: Cluster? = nil) throws -> [[String?]] {
        try owner(name, on: cluster).rows(text)
    }

    static func owner(_ name: String, on cluster: Cluster? = nil) throws -> PlainConnection {
        try PlainConnection("\(try (cluster ?? Cluster.shared.get()).owner) dbname=\(name)")
    }

    static func waitForStatement(_ part: String, in name: String, on cluster: Cluster? = nil) async throws {
        try await wait(part) {
            try look(name, """
                select count(*) from pg_stat_activity
                where datname = current_database() and usename = 'login' and state = 'active' and query like '%\(part)%'
                """, on: cluster) != [["0"]]
        }
    }

    /// Ends every connection of the login role to this database.
    static func terminate(_ name: String, on cluster: Cluster? = nil) throws {
        _ = try look(name, "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and usename = 'login'", on: cluster)
    }

    private static let schema = """
        create schema t;
        grant usage on schema t to login, t_member, t_guest;
        create table t.notes (
            council uuid not null, id int8 not null, text text, levels int2[],
            primary key (council, id), constraint notes_text_short check (length(text) < 100));
        create table t.places (
            council uuid not null, place int8 not null,
            constraint places_once unique (council, place) deferrable initially deferred);
        alter table t.notes enable row level security, force row level security;
        alter table t.places enable row level security, force row level security;
        create policy own on t.notes using (council = nullif(current_setting('t.council', true), '')::uuid);
        create policy own on t.places using (council = nullif(current_setting('t.council', true), '')::uuid);
        grant select, insert, update, delete on t.notes, t.places to t_member;
        create function t.enter(role text, council uuid, revoked bool) returns text language plpgsql set search_path = '' as $$
        begin
            if revoked then raise exception 'revoked' using errcode = '28000'; end if;
            perform set_config('t.council', council::text, true);
            return role;
        end $$;
        """
}
