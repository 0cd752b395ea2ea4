import CLinux
import Glibc
import Logging
import Synchronization

/// The thread that makes, starts, watches, restarts and stops PostgreSQL.
///
/// It lives as long as the database is wanted: PostgreSQL gets SIGINT when the thread that started it ends (`Child`), so that even
/// a killed server leaves no database behind.
final class Supervisor: Sendable {
    private enum Phase {
        case starting(CheckedContinuation<Void, any Error>)
        case running
        case stopping([CheckedContinuation<Void, Never>])
        case ended
    }

    private let cluster: Cluster
    private let logger: Logger
    private let phase: Mutex<Phase?> = Mutex(nil)
    /// Written to once, when the database is wanted no more.
    private let stopSignal: Descriptor

    init(_ cluster: Cluster, logger: Logger) throws {
        self.cluster = cluster
        self.logger = logger
        self.stopSignal = try Descriptor(eventfd(0, Int32(EFD_CLOEXEC)), "make an eventfd")
    }

    // MARK: Called by anyone

    /// Returns when the database takes connections; throws why it could not be started.
    func start() async throws {
        try await withCheckedThrowingContinuation { waiter in
            phase.withLock { $0 = .starting(waiter) }
            Thread.start { self.run() }
        }
    }

    /// Returns when the database has ended.
    func stop() async {
        await withCheckedContinuation { waiter in
            let ended = phase.withLock { phase in
                switch phase {
                case .running: phase = .stopping([waiter])
                case .stopping(let waiters): phase = .stopping(waiters + [waiter])
                case .starting, .ended, nil: return true
                }
                return false
            }
            if ended { return waiter.resume() }
            eventfd_write(stopSignal.number, 1)
        }
    }

    // MARK: On the thread

    private func run() {
        do {
            let programs = try cluster.programs()
            try cluster.makeIfMissing(with: programs)
            try superviseUntilStopped(cluster.command(with: programs))
            end(nil)
        } catch {
            end(error)
        }
    }

    /// Starts it, and starts it again when it dies, later each time while it does not stay up.
    private func superviseUntilStopped(_ command: [String]) throws {
        var attempts = 0
        var pause: Int32 = 100  // ms
        while true {
            try Postmaster.takeOver(cluster)
            switch try runOnce(command) {
            case .stopped:
                return
            case .died(let ending, let wasReady):
                attempts += 1
                // What a killed postmaster held may take a moment to be let go; after that it will not start at all.
                guard isRunning || attempts < 3 else {
                    throw StartRefused("PostgreSQL ended with \(ending) while starting. Its log, \(cluster.log), ends:\n\(logTail)")
                }
                pause = wasReady ? 100 : min(pause * 2, 5_000)
                logger.error("The embedded PostgreSQL ended and is started again", metadata: ["ending": "\(ending)", "pause_ms": "\(pause)"])
                if Descriptor.wait(for: [stopSignal.number], milliseconds: pause) == [true] { return }
            }
        }
    }

    private enum Outcome {
        case stopped
        case died(Child.Ending, wasReady: Bool)
    }

    private func runOnce(_ command: [String]) throws -> Outcome {
        let log = try Descriptor(open(cluster.log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600), "open \(cluster.log)")
        let changes = try Descriptor(inotify_init1(Int32(IN_CLOEXEC)), "watch \(cluster.data)")
        let kinds = UInt32(IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO)
        guard inotify_add_watch(changes.number, cluster.data, kinds) >= 0 else { throw SystemFault("watch \(cluster.data)") }

        let child = try Child(command, as: cluster.account, output: log.number)
        var ready = false
        while true {
            // Once it is ready the files in its folder are no news.
            let watched = [child.ended.number, stopSignal.number] + (ready ? [] : [changes.number])
            let news = Descriptor.wait(for: watched)
            if news[0] { return .died(child.wait(), wasReady: ready) }
            if news[1] { return stop(child) }
            changes.drain()
            if let file = Postmaster(in: cluster.data), file.pid == child.pid, file.ready {
                ready = true
                announceReady()
            }
        }
    }

    /// A fast shutdown: open transactions are rolled back, what is committed is on disk.
    private func stop(_ child: consuming Child) -> Outcome {
        child.send(SIGINT)
        _ = child.wait()
        return .stopped
    }

    private var isRunning: Bool {
        phase.withLock { if case .starting = $0 { false } else { true } }
    }

    private func announceReady() {
        let waiter = phase.withLock { phase -> CheckedContinuation<Void, any Error>? in
            guard case .starting(let waiter) = phase else { return nil }
            phase = .running
            return waiter
        }
        waiter?.resume()
    }

    private func end(_ error: (any Error)?) {
        let last = phase.withLock { phase in
            defer { phase = .ended }
            return phase
        }
        switch last {
        case .starting(let waiter): waiter.resume(throwing: error ?? StartRefused("The embedded PostgreSQL was stopped while starting."))
        case .stopping(let waiters): for waiter in waiters { waiter.resume() }
        case .running: logger.critical("The embedded PostgreSQL is gone and cannot be started again", metadata: ["reason": "\(error.map { "\($0)" } ?? "")"])
        case .ended, nil: break
        }
    }

    private var logTail: String {
        let bytes = (try? Files.read(cluster.log)) ?? []
        return String(decoding: bytes.suffix(2_000), as: UTF8.self)
    }
}

/// A thread of its own, for work that blocks for as long as the server runs.
private final class Thread: Sendable {
    private let body: @Sendable () -> Void

    private init(_ body: @escaping @Sendable () -> Void) { self.body = body }

    static func start(_ body: @escaping @Sendable () -> Void) {
        var id = pthread_t()
        let context = Unmanaged.passRetained(Thread(body)).toOpaque()
        let code = pthread_create(&id, nil, { context in
            Unmanaged<Thread>.fromOpaque(context!).takeRetainedValue().body()
            return nil
        }, context)
        precondition(code == 0, "the system has no thread left")
        pthread_detach(id)
    }
}
