import Database

/// What the server asks the database about itself.
public enum Readiness {
    /// Whether the database answers now.
    public static func isReady(_ database: Database) async -> Bool {
        (try? await database.send(as: Login(), .answers)) ?? false
    }

    /// Row-level security does not hold a superuser, and owners can lift it: the server refuses to run as one.
    /// - Throws: `StartRefused`.
    public static func refusePower(_ database: Database) async throws {
        guard try await database.send(as: Login(), .isPowerful) else { return }
        throw StartRefused("NYTTOGRAD_DATABASE: this login is a superuser, has BYPASSRLS, or owns the database or its tables, and would see through every wall between councils. Connect as nyttograd_app.")
    }
}

/// The server's own login, which has no rights: enough to ask the database about itself.
private struct Login: Authority {
    static let role = "login"
    var entry: SQL { "session_user::text" }
}

extension Query where A == Login, R == Bool {
    fileprivate static var answers: Self { .one("select true") { row in try row.next() } }

    fileprivate static var isPowerful: Self {
        .one("""
            select r.rolsuper or r.rolbypassrls
                or exists (select from pg_database d where d.datname = current_database() and pg_has_role(r.oid, d.datdba, 'member'))
                or exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                            where n.nspname = 'app' and pg_has_role(r.oid, c.relowner, 'member'))
              from pg_roles r where r.rolname = session_user
            """) { row in try row.next() }
    }
}
