import Glibc
import Schema

/// The embedded PostgreSQL on disk: its folders, how it is made, and how it is started.
struct Cluster: Sendable {
    /// Absolute, without links; holds `data` and `socket`, and belongs to `account`.
    let home: String
    let log: String
    let account: Account?

    var data: String { "\(home)/data" }
    var socket: String { "\(home)/socket" }

    static let superuser = "nyttograd_super"
    static let database = "nyttograd"

    /// Finds or chooses the cluster's place: `postgres` in the data folder, or where that cannot be a folder linked from there.
    init(in folder: DataFolder) throws {
        account = try Account.forDatabase()
        log = folder.postgresLog
        home = try Place(folder: folder, account: account).find()
        try Files.makeFolder("\(home)/socket", mode: 0o700)
        try Files.give("\(home)/socket", to: account)
    }

    /// The programs of the version that made the cluster, or the newest for one to be made.
    func programs() throws -> Programs {
        guard let text = try Files.read("\(data)/PG_VERSION") else { return try Programs.find() }
        let version = String(decoding: text, as: UTF8.self).prefix { $0.isNumber }
        return try Programs.find(version: Int(version))
    }

    /// Makes the cluster with its database and login roles, unless it is there. It appears under its name only when whole.
    func makeIfMissing(with programs: Programs) throws {
        guard access("\(data)/PG_VERSION", F_OK) != 0 else { return }
        let new = "\(home)/data.new"
        try Files.removeTree(new)
        // C orders by code point, as every index on this machine will for ever; letters are those of Unicode.
        let locale = ["-E", "UTF8", "--locale=C.UTF-8", "--lc-collate=C"]
        try run([programs.initdb, "-D", new, "-U", Self.superuser, "-A", "trust", "--data-checksums"] + locale)
        try Files.write(Self.hostAccess, to: "\(new)/pg_hba.conf")
        for (database, statements) in try preparation() {
            try run([programs.postgres, "--single", "-D", new, "-c", "exit_on_error=on", database], input: statements)
        }
        guard rename(new, data) == 0 else { throw SystemFault("rename \(new)") }
    }

    private func run(_ command: [String], input: String = "") throws {
        let (ending, output) = try Child.run(command, as: account, input: input)
        guard ending == .exit(0) else { throw StartRefused("\(command[0]) failed with \(ending):\n\(output.suffix(2_000))") }
    }

    /// Everyone who can enter the socket's folder may be any role: that folder is the lock.
    private static let hostAccess = "# The socket's folder (mode 0700) is the lock; there is no other way in.\nlocal all all trust\n"

    /// sql/prepare.sql as single-user mode wants it: by database, one statement a line. The superuser is not used again.
    private func preparation() throws -> [(database: String, statements: String)] {
        guard let bytes = try Files.read(Schema.prepare) else { throw SystemFault("read \(Schema.prepare)", code: ENOENT) }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("--") }
        let halves = lines.split { $0.hasPrefix("\\connect") }.map { lines in
            lines.joined(separator: " ").split(separator: ";").map { $0 + ";\n" }.joined()
        }
        // Nobody has any business in the other databases.
        let others = "revoke all on database postgres from public;\nrevoke all on database template1 from public;\n"
        return zip(["postgres", Self.database], [halves[0] + others] + halves.dropFirst()).map { (database: $0, statements: $1) }
    }

    /// The command that runs it. What is said here holds for every start, whatever the cluster's files say.
    func command(with programs: Programs) -> [String] {
        [programs.postgres, "-D", data] + settings.flatMap { ["-c", "\($0.name)=\($0.value)"] }
    }

    private var settings: [(name: String, value: String)] {
        [
            ("listen_addresses", ""), ("unix_socket_directories", socket), ("unix_socket_permissions", "0700"), ("port", "5432"),
            ("max_connections", "200"), ("max_logical_replication_workers", "0"),
            ("fsync", "on"), ("full_page_writes", "on"), ("synchronous_commit", "on"),
            ("timezone", "UTC"), ("log_timezone", "UTC"),
            // Short statements only: compiling them costs more than it saves.
            ("jit", "off"),
            // The log never holds statements or row values. A statement's error is the server's to tell, which knows what
            // may be said: for the log, LOG stands above ERROR.
            ("logging_collector", "off"), ("log_destination", "stderr"), ("log_min_messages", "log"),
            ("log_min_error_statement", "panic"), ("log_error_verbosity", "terse"), ("log_statement", "none"),
            ("log_min_duration_statement", "-1"), ("log_min_duration_sample", "-1"), ("log_parameter_max_length", "0"),
            ("log_parameter_max_length_on_error", "0"), ("log_checkpoints", "off"), ("log_lock_waits", "off"),
            ("log_autovacuum_min_duration", "-1"), ("debug_print_parse", "off"), ("debug_print_rewritten", "off"),
            ("debug_print_plan", "off"),
        ]
    }
}
