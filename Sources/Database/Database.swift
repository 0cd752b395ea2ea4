import Logging
import Synchronization

/// PostgreSQL, with two doors.
///
/// `send` is for statements known beforehand: one flush, one round trip, one transaction, on a few connections that all requests share.
/// `transaction` is for the few whose steps depend on answers: a synchronous body on a database thread with a connection of its own.
/// Both enter an authority first, and leave it at the end of the transaction.
///
/// `close()` must be called: threads hold on to it.
public final class Database: Sendable {
    private let settings: Settings
    let readLinks: [SharedLink]
    let writeLinks: [SharedLink]
    let threads: DatabaseThreads
    private let lost: LostLinks
    private let readerBell: Bell
    private let background: Latch
    private let isClosed = Atomic<Bool>(false)

    /// Connects; blocks for as long as that takes.
    /// - Throws: `CannotConnect`.
    public init(_ settings: Settings) throws {
        self.settings = settings
        readerBell = try Bell()
        let poller = try Poller(wokenBy: readerBell)
        let lost = try LostLinks()
        let links = (0..<settings.reading + settings.writing).map { SharedLink($0, settings, poller, lost) }
        for link in links { link.install(try Link(settings.conninfo, options: settings.shared.options)) }
        readLinks = Array(links.prefix(settings.reading))
        writeLinks = Array(links.dropFirst(settings.reading))
        self.lost = lost
        threads = try DatabaseThreads(settings)
        let background = Latch(expecting: 2)
        self.background = background
        try startThread {
            Reader.run(links, poller)
            background.arrive()
        }
        try startThread {
            Reconnecting.run(links, lost, settings)
            background.arrive()
        }
        try threads.start(settings)
    }

    /// One transaction, one round trip. If any of the queries is declared to write, it runs on a connection for writes.
    ///
    /// - Throws: `SQLError` (rolled back); `ConnectionLost`, which says whether it may have been committed; `TooBusy`, `DatabaseClosed`,
    ///   `StatementRefused`, `CancellationError` (nothing was sent); what decoding says (committed already).
    public func send<A: Authority, each R>(as authority: A, _ query: repeat Query<A, each R>) async throws -> (repeat each R) {
        var statements: [SQL] = []
        var writes = false
        var repeatable = true
        for query in repeat each query {
            statements.append(query.sql)
            writes = writes || query.writes
            repeatable = repeatable && query.repeatable
        }
        let answers = try await send(statements, as: authority, writes: writes, repeatable: repeatable)
        var position = 0  // the entering statement's
        func decode<T>(_ query: Query<A, T>) throws -> T {
            position += 1
            return try query.decode(answers[position])
        }
        return try (repeat decode(each query))
    }

    /// The same for one query. (A pack of one does not infer in closures and macros.)
    public func send<A: Authority, R>(as authority: A, _ query: Query<A, R>) async throws -> R {
        let answers = try await send([query.sql], as: authority, writes: query.writes, repeatable: query.repeatable)
        return try query.decode(answers[1])
    }

    /// One transaction on a database thread; commits when the body returns, rolls back when it throws.
    ///
    /// - Throws: as `send`, and what the body throws. `ConnectionLost` may have been committed only if the answer to `commit` did not come.
    public func transaction<A: Authority, R: Sendable>(
        as authority: A, _ body: @escaping @Sendable (inout Tx<A>) throws -> R
    ) async throws -> R {
        if isClosing { throw DatabaseClosed() }
        try Task.checkCancellation()
        let roundTrips = RoundTrips.counter
        return try await threads.run { link in try link.transaction(as: authority, counting: roundTrips, body) }
    }

    var isClosing: Bool { isClosed.load(ordering: .relaxed) }

    /// Refuses what comes from now on, waits for everything under way, and ends connections and threads.
    public func close() async {
        if isClosed.exchange(true, ordering: .relaxed) { return await background.wait() }
        for link in readLinks + writeLinks { await link.close() }
        await threads.close()
        lost.stop()
        readerBell.ring()
        await background.wait()
    }
}

extension Database {
    /// Sends, and once more if the connection was lost before anything was sent, or the work may be repeated.
    private func send(_ statements: [SQL], as authority: some Authority, writes: Bool, repeatable: Bool) async throws -> [Answer] {
        if isClosing { throw DatabaseClosed() }
        try Task.checkCancellation()
        do {
            return try await attempt(Segment(as: authority, statements, writes: writes))
        } catch let lost as ConnectionLost where repeatable || !lost.mayHaveCommitted {
            // Time for a new connection; a task cancelled in the meantime learns what became of the first attempt.
            guard (try? await Task.sleep(for: .milliseconds(50))) != nil else { throw lost }
            do {
                return try await attempt(Segment(as: authority, statements, writes: writes))
            } catch let again as ConnectionLost {
                throw ConnectionLost(mayHaveCommitted: lost.mayHaveCommitted || again.mayHaveCommitted)
            } catch is TooBusy {
                throw lost
            }
        }
    }

    private func attempt(_ segment: Segment) async throws -> [Answer] {
        let links = segment.writes ? writeLinks : readLinks
        guard let link = links.min(by: { $0.burden < $1.burden }) else { throw ConnectionLost(mayHaveCommitted: false) }
        RoundTrips.counter?.add()
        return try await link.send(segment)
    }
}
