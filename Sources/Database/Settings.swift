import Logging

extension Database {
    /// How to reach the server, and the bounds of every queue and wait.
    public struct Settings: Sendable {
        /// A libpq connection string. Options given in it are kept; the timeouts below are added.
        public var conninfo: String
        /// Shared connections for transactions that only read.
        public var reading = 2
        /// Shared connections for transactions that write. One connection commits once per flush of the log, so that they are many.
        public var writing = 16
        /// Threads, each with a connection of its own, for `transaction`.
        public var threads = 4
        /// As many may wait on one shared connection, or for the threads; the next gets `TooBusy`.
        public var queue = 4096
        /// On shared connections. Whoever waits for a lock holds up all behind him, so that it is short.
        public var shared = Timeouts(statement: .seconds(5), lock: .milliseconds(200), idleInTransaction: .seconds(10))
        /// On the threads' connections.
        public var own = Timeouts(statement: .seconds(60), lock: .seconds(5), idleInTransaction: .seconds(10))
        /// A server that says nothing for this long beyond the statements' timeouts is given up.
        public var grace: Duration = .seconds(5)
        public var logger = Logger(label: "database")

        public init(conninfo: String) { self.conninfo = conninfo }
    }

    /// Kept by PostgreSQL; zero turns one off.
    public struct Timeouts: Sendable {
        public var statement, lock, idleInTransaction: Duration

        public init(statement: Duration, lock: Duration, idleInTransaction: Duration) {
            self.statement = statement
            self.lock = lock
            self.idleInTransaction = idleInTransaction
        }

        /// As command line options of the server, which a connection passes on as it begins.
        var options: String {
            """
            -c statement_timeout=\(statement.milliseconds) -c lock_timeout=\(lock.milliseconds) \
            -c idle_in_transaction_session_timeout=\(idleInTransaction.milliseconds)
            """
        }

        /// How long the server may be silent over a segment of so many statements, whose answers it may send all at once;
        /// nil without a statement timeout.
        func silence(over statements: Int, grace: Duration) -> Duration? {
            statement > .zero ? statement * statements + grace : nil
        }
    }
}

extension Duration {
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
