import Synchronization

/// Threads with a connection each, and the bounded queue in front of them.
final class DatabaseThreads: Sendable {
    typealias Job = @Sendable (OwnLink) -> Void

    private struct State {
        var jobs = Queue<Job>()
        var isClosed = false
    }

    private let state = Mutex(State())
    private let bell: Bell
    /// Rings once and for all when the database is being closed; pauses end with it.
    private let stop: Bell
    private let ended: Latch
    private let count: Int
    private let bound: Int

    init(_ settings: Database.Settings) throws(CannotConnect) {
        bell = try Bell()
        stop = try Bell()
        count = settings.threads
        bound = settings.queue
        ended = Latch(expecting: settings.threads)
    }

    var waiting: Int { state.withLock { $0.jobs.count } }

    /// Connections are made when first needed.
    func start(_ settings: Database.Settings) throws(CannotConnect) {
        for _ in 0..<count {
            try startThread { [self] in
                let link = OwnLink(settings, stop)
                while let job = next() { job(link) }
                link.disconnect()
                ended.arrive()
            }
        }
    }

    /// Runs `work` on a thread. Once queued it is not cancelled.
    func run<R: Sendable>(_ work: @escaping @Sendable (OwnLink) throws -> R) async throws -> R {
        try await withCheckedThrowingContinuation { continuation in
            let refusal = add { link in continuation.resume(with: Result { try work(link) }) }
            if let refusal { continuation.resume(throwing: refusal) }
        }
    }

    /// Lets the threads finish what is queued, and ends them.
    func close() async {
        state.withLock { $0.isClosed = true }
        stop.ring()
        for _ in 0..<count { bell.ring() }
        await ended.wait()
    }

    private func add(_ job: @escaping Job) -> (any Error)? {
        let refusal = state.withLock { state -> (any Error)? in
            if state.isClosed { return DatabaseClosed() }
            if state.jobs.count >= bound { return TooBusy() }
            state.jobs.append(job)
            return nil
        }
        if refusal == nil { bell.ring() }
        return refusal
    }

    /// Each ring is a job, or the end once the jobs are done.
    private func next() -> Job? {
        bell.wait()
        return state.withLock { $0.jobs.popFirst() }
    }
}
