import Database
import Schema

/// Bringing a database to the schema that this program was built with.
public enum Migration {
    /// - Parameter owner: how the owner of the database connects, for libpq.
    /// - Throws: `MigrationFault`, which names the file, among them one that was applied and has been changed since.
    public static func run(owner: String, clock: Clock) throws -> Migrator.Applied {
        try Migrator(conninfo: owner, migrations: Schema.migrations, access: Schema.access) { text in
            Crypto.sha256(text.utf8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }.run(now: clock.now().rfc3339)
    }
}
