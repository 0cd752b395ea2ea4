import ArgumentParser
import Database
import FoundationEssentials
import Logging
import Rules
import Server

/// What every command that touches data begins with.
struct Start {
    let settings: Settings
    let logger: Logger

    /// Reads the settings from the environment, and sends log lines to standard error.
    init() throws {
        let settings = try Settings(environment: ProcessInfo.processInfo.environment)
        self.settings = settings
        var logger = Logger(label: "nyttograd", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = settings.logLevel
        self.logger = logger
    }

    /// The machine's clock, or one moved to `now` as it was given: on the embedded database only.
    func clock(startingAt now: String?) throws -> Clock {
        guard let now else { return .machine }
        guard settings.isEmbedded else { throw StartRefused("--now moves time for trying things out: on the embedded database only.") }
        guard let instant = Instant(rfc3339: now) else { throw ValidationError("--now is not a time like 2026-11-23T12:00:00Z.") }
        return Clock(startingAt: instant)
    }

    /// Runs `body` with a way to the database: a PostgreSQL of the operator's, the embedded one of a running server, or the embedded
    /// one started for this command alone.
    func withDatabase<R>(_ body: (Connections) async throws -> R) async throws -> R {
        if let app = settings.database { return try await body(Connections(app: app.clear, owner: settings.ownerDatabase?.clear)) }
        let folder = try DataFolder(settings.data)
        guard let embedded = try await Embedded.start(in: folder, logger: logger) else {
            return try await body(try Connections(runningIn: folder))
        }
        return try await embedded.during { try await body(Connections(embedded)) }
    }

    /// Runs `body` with a client of the database, closed afterwards.
    func withClient<R>(_ body: (Database) async throws -> R) async throws -> R {
        try await withDatabase { connections in
            let database = try Database(settings.database(connections.app, logger: logger))
            let result: Result<R, any Error>
            do { result = .success(try await body(database)) } catch { result = .failure(error) }
            await database.close()
            return try result.get()
        }
    }
}

/// How to connect to one database, for libpq.
struct Connections: Sendable {
    /// As the server, which owns nothing.
    let app: String
    /// As the owner, who migrates; nil when the settings do not say how.
    let owner: String?
}

extension Connections {
    init(_ embedded: Embedded) {
        self.init(app: embedded.conninfo(for: .app), owner: embedded.conninfo(for: .owner))
    }

    /// The database of the server that runs on this data folder.
    init(runningIn folder: DataFolder) throws {
        guard let app = Embedded.conninfo(for: .app, in: folder) else {
            throw StartRefused("A server is just making its database in \(folder.path): try again when it has said its address.")
        }
        self.init(app: app, owner: Embedded.conninfo(for: .owner, in: folder))
    }
}

extension Embedded {
    /// Runs `body`, and stops the database when it is done or has failed.
    func during<R>(_ body: () async throws -> R) async throws -> R {
        do {
            let result = try await body()
            await stop()
            return result
        } catch {
            await stop()
            throw error
        }
    }
}

extension Settings {
    /// How the server uses its connections.
    func database(_ conninfo: String, logger: Logger) -> Database.Settings {
        var settings = Database.Settings(conninfo: conninfo)
        settings.reading = databaseReads
        settings.writing = databaseWrites
        settings.threads = databaseThreads
        settings.queue = databaseQueue
        settings.logger = logger
        return settings
    }
}
