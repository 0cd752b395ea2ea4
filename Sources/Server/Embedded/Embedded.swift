import Logging

/// A PostgreSQL of our own, made and supervised by this process: the default, so that two commands are enough to begin.
///
/// It takes connections by a Unix socket only, in a folder that nobody else may enter.
public final class Embedded: Sendable {
    /// Who connects.
    public enum Login: String, Sendable, CaseIterable {
        /// Owns the database and changes its schema: `migrate` only.
        case owner = "nyttograd_owner"
        /// The server: owns nothing, and reads nothing until it has entered a role.
        case app = "nyttograd_app"
    }

    private let supervisor: Supervisor
    private let lock: DataFolder.Lock
    private let socket: String

    private init(supervisor: Supervisor, lock: consuming DataFolder.Lock, socket: String) {
        self.supervisor = supervisor
        self.lock = lock
        self.socket = socket
    }

    /// Makes the cluster if it is missing, ends what a killed server left, and returns when the database takes connections.
    ///
    /// If the database dies later it is started again, with a pause that grows.
    /// - Returns: nil when another process runs the database of this folder; `conninfo(for:in:)` then leads to it.
    /// - Throws: `StartRefused` with a reason for the person who starts it.
    public static func start(in folder: DataFolder, logger: Logger) async throws -> Embedded? {
        guard let lock = try folder.lock() else { return nil }
        let cluster = try Cluster(in: folder)
        let supervisor = try Supervisor(cluster, logger: logger)
        try await supervisor.start()
        return Embedded(supervisor: supervisor, lock: lock, socket: cluster.socket)
    }

    /// Ends the database and returns when it is gone. Connections still open are ended.
    public func stop() async { await supervisor.stop() }

    /// How to connect, for libpq.
    public func conninfo(for login: Login) -> String { Self.conninfo(for: login.rawValue, socket: socket) }

    /// How to connect to the database that another process runs on this folder; nil where none was ever made.
    public static func conninfo(for login: Login, in folder: DataFolder) -> String? {
        Files.resolved("\(folder.postgres)/socket").map { conninfo(for: login.rawValue, socket: $0) }
    }

    private static func conninfo(for user: String, socket: String) -> String { "host=\(socket) dbname=\(Cluster.database) user=\(user)" }
}
