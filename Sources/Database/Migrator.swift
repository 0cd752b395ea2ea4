/// Brings a database to the state of two folders: numbered migrations, each applied once, and access files, applied every time.
///
/// Everything happens under an advisory lock, so that of two migrators at once the second waits, and then finds nothing to do.
public struct Migrator {
    /// What a run has applied, by file name.
    public struct Applied: Equatable, Sendable {
        public var migrations: [String] = []
        public var access: [String] = []
    }

    private let conninfo: String
    private let migrations: String
    private let access: String
    private let checksum: (String) -> String

    /// - Parameters:
    ///   - conninfo: the owner's.
    ///   - migrations: the folder of files `NNNN_name.sql`.
    ///   - access: the folder of files re-applied by every run, in the order of their names.
    ///   - checksum: of a file's text, e.g. SHA-256 in hex.
    public init(conninfo: String, migrations: String, access: String, checksum: @escaping (String) -> String) {
        self.conninfo = conninfo
        self.migrations = migrations
        self.access = access
        self.checksum = checksum
    }

    /// Applies what is missing, each file in one transaction, and then all access files in one.
    ///
    /// - Parameter now: the time kept for each file, in RFC 3339.
    /// - Throws: `MigrationFault`, which names the file; `CannotConnect`; `ConnectionLost`.
    public func run(now: String) throws -> Applied {
        let files = try MigrationFile.all(in: migrations)
        let accessFiles = try SQLFile.all(in: access)
        let connection = try PlainConnection(conninfo)
        _ = try connection.rows("select pg_advisory_lock(hashtextextended('app.schema_migrations', 0))::text")
        try prepareTable(connection)
        let done = try check(files, against: appliedFiles(connection))
        var applied = Applied()
        for file in files.dropFirst(done) {
            try apply(file, connection, now)
            applied.migrations.append(file.sql.name)
        }
        try apply(accessFiles, connection)
        applied.access = accessFiles.map(\.name)
        return applied
    }

    private func prepareTable(_ connection: borrowing PlainConnection) throws {
        // Asked first: "if not exists" wants the right to create even where there is nothing to do.
        guard try connection.rows("select to_regclass('app.schema_migrations')::text")[0][0] == nil else { return }
        if try connection.rows("select to_regnamespace('app')::text")[0][0] == nil { try connection.execute("create schema app") }
        try connection.execute("""
            create table app.schema_migrations (
                number     integer     primary key,
                name       text        not null,
                checksum   text        not null,
                applied_at timestamptz not null
            )
            """)
    }

    private struct Entry {
        let number: Int
        let name, checksum: String
    }

    private func appliedFiles(_ connection: borrowing PlainConnection) throws -> [Entry] {
        try connection.rows("select number, name, checksum from app.schema_migrations order by number").map { row in
            Entry(number: Int(row[0] ?? "") ?? 0, name: row[1] ?? "", checksum: row[2] ?? "")
        }
    }

    /// The applied files must be the beginning of those in the folder, unchanged.
    /// - Returns: how many they are.
    private func check(_ files: [MigrationFile], against entries: [Entry]) throws(MigrationFault) -> Int {
        for (index, entry) in entries.enumerated() {
            guard let file = files.first(where: { $0.number == entry.number }) else { throw MigrationFault(entry.name, .missing) }
            guard file.sql.name == entry.name else { throw MigrationFault(file.sql.name, .renamed(from: entry.name)) }
            guard checksum(file.sql.text) == entry.checksum else { throw MigrationFault(entry.name, .changed) }
            // All that were applied are there, so that one in between is new, and would run after what it should come before.
            guard files[index].number == entry.number else { throw MigrationFault(files[index].sql.name, .reordered(before: entry.name)) }
        }
        return entries.count
    }

    private func apply(_ file: MigrationFile, _ connection: borrowing PlainConnection, _ now: String) throws {
        let values = [String(file.number), file.sql.name, checksum(file.sql.text), now]
        try file.sql.naming {
            try connection.transaction {
                try connection.executeInside(file.sql.text)
                _ = try connection.rows(
                    "insert into app.schema_migrations (number, name, checksum, applied_at) values ($1::int, $2, $3, $4::timestamptz)", values)
            }
        }
    }

    private func apply(_ files: [SQLFile], _ connection: borrowing PlainConnection) throws {
        if files.isEmpty { return }
        try connection.transaction {
            for file in files { try file.naming { try connection.executeInside(file.text) } }
        }
    }
}
