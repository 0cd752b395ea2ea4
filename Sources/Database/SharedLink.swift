import Logging
import Synchronization

/// One connection shared by many requests: each queues its segment under the lock, on its own thread; the reader hands out the answers.
///
/// Segments are answered in the order queued, so that an answer is matched by its place; the echo proves the match.
/// Whatever is doubtful ends the connection, and everyone on it is told so.
final class SharedLink: Sendable {
    fileprivate struct State: ~Copyable {
        var link: Link?
        var waiting = Queue<Waiter>()
        /// When the server last said something, or began to owe an answer.
        var lastHeard = ContinuousClock.now
        /// Whether the socket was full, so that the reader waits for room too.
        var isStalled = false
        var draining: [CheckedContinuation<Void, Never>] = []
        var isClosed = false
    }

    let index: Int
    private let state = Mutex(State())
    /// How many wait here: what the pools choose by.
    private let load = Atomic<Int>(0)
    private let isUp = Atomic<Bool>(false)
    private let poller: Poller
    private let lost: LostLinks
    private let bound: Int
    private let timeouts: Database.Timeouts
    private let grace: Duration
    private let logger: Logger

    init(_ index: Int, _ settings: Database.Settings, _ poller: Poller, _ lost: LostLinks) {
        self.index = index
        self.poller = poller
        self.lost = lost
        bound = settings.queue
        timeouts = settings.shared
        grace = settings.grace
        logger = settings.logger
    }

    /// What the pools choose by: fewest first, never one that is down while another is up.
    var burden: Int { isUp.load(ordering: .relaxed) ? load.load(ordering: .relaxed) : .max }

    /// Sends a segment and waits for its end. Cancelling the task has no effect from here on: the server will run the segment anyway,
    /// and a cancel request could hit a neighbour's statement. The timeouts bound the wait.
    ///
    /// - Returns: an answer for each statement.
    /// - Throws: `TooBusy`, `ConnectionLost`, `SQLError`.
    func send(_ segment: Segment) async throws -> [Answer] {
        guard load.wrappingAdd(1, ordering: .relaxed).newValue <= bound else {
            load.wrappingSubtract(1, ordering: .relaxed)
            throw TooBusy()
        }
        defer { load.wrappingSubtract(1, ordering: .relaxed) }
        return try await withCheckedThrowingContinuation { continuation in
            settle(state.withLock { state in queue(segment, continuation, &state) })
        }
    }

    private func queue(_ segment: Segment, _ continuation: Waiter.Continuation, _ state: inout State) -> Aftermath {
        guard !state.isClosed, state.link != nil else {
            return Aftermath(Delivery(to: continuation, .failure(ConnectionLost(mayHaveCommitted: false))))
        }
        if state.waiting.isEmpty { state.lastHeard = .now }
        guard let queued = state.link?.queue(segment.statements, for: segment.role) else {
            // Its Sync was never sent, or the server cannot have been told of it whole; but that is not certain enough to promise.
            state.waiting.append(Waiter(statements: [], segment: segment, continuation: continuation))
            return lose(&state, "a send failed")
        }
        for name in queued.preparations { state.waiting.append(Waiter(preparing: name)) }
        state.waiting.append(Waiter(statements: queued.statements, segment: segment, continuation: continuation))
        return flush(&state)
    }

    /// The socket has something for us, or room for more.
    func attend() {
        settle(state.withLock { state in
            guard state.link != nil else { return Aftermath() }
            guard state.link?.receive() == true else { return lose(&state, "the connection ended") }
            state.lastHeard = .now
            var aftermath = handOut(&state)
            aftermath.add(flush(&state))
            return aftermath
        })
    }

    /// Gives up a server that owes an answer and says nothing.
    func watch(at now: ContinuousClock.Instant) {
        settle(state.withLock { state in
            let owed = state.waiting.withFirst { $0.statements.count }
            guard let owed, let silence = timeouts.silence(over: owed, grace: grace), now - state.lastHeard > silence else { return Aftermath() }
            return lose(&state, "the server has been silent too long")
        })
    }

    private func flush(_ state: inout State) -> Aftermath {
        guard let done = state.link?.flush() else { return lose(&state, "a send failed") }
        if state.isStalled == done, let socket = state.link?.socket() {
            state.isStalled = !done
            poller.watch(socket, as: index, untilWritable: !done)
        }
        return Aftermath()
    }

    /// Takes answers while there are any, and delivers each segment at its Sync.
    private func handOut(_ state: inout State) -> Aftermath {
        var aftermath = Aftermath()
        var pauses = 0
        while !state.waiting.isEmpty, let arrival = state.link?.arrival() {
            switch arrival {
            case .nothingYet: return aftermath
            case .pause:
                pauses += 1
                if pauses < 2 { continue }
                aftermath.add(lose(&state, "the server's answers are out of step"))
            case .lost: aftermath.add(lose(&state, "the connection ended"))
            case .answer(let answer):
                pauses = 0
                guard state.waiting.withFirst({ $0.gathering.take(answer) }) == true, let waiter = state.waiting.popFirst() else { continue }
                aftermath.add(finish(waiter, &state))
            }
        }
        if state.waiting.isEmpty { swap(&aftermath.drained, &state.draining) }
        return aftermath
    }

    private func finish(_ waiter: Waiter, _ state: inout State) -> Aftermath {
        if waiter.isMixedUp {
            logger.critical("an answer came to the wrong waiter; the connection is ended", metadata: ["connection": "\(index)"])
            var aftermath = lose(&state, "an answer came to the wrong waiter")
            aftermath.add(Aftermath(waiter.failing))
            return aftermath
        }
        if let error = waiter.gathering.error { state.repair(after: error, of: waiter) }
        return waiter.delivery.map { Aftermath($0) } ?? Aftermath()
    }

    /// Ends the connection. Only whoever comes first here finds a link, and so asks for a new one; the queue is emptied with it,
    /// or its waiters would be matched with the next connection's answers.
    private func lose(_ state: inout State, _ reason: String) -> Aftermath {
        var aftermath = Aftermath()
        guard state.link.take() != nil else { return aftermath }
        isUp.store(false, ordering: .relaxed)
        aftermath.deliveries = state.waiting.removeAll().compactMap(\.failing)
        swap(&aftermath.drained, &state.draining)
        aftermath.lost = state.isClosed ? nil : reason
        return aftermath
    }

    /// Does, outside the lock, what was decided under it.
    private func settle(_ aftermath: consuming Aftermath) {
        if let reason = aftermath.lost {
            logger.warning("database connection lost", metadata: ["connection": "\(index)", "reason": "\(reason)"])
            lost.report(index)
        }
        for delivery in aftermath.deliveries { delivery.continuation.resume(with: delivery.outcome) }
        for continuation in aftermath.drained { continuation.resume() }
    }
}

extension SharedLink {
    /// Puts a new connection in the place of none.
    func install(_ link: consuming Link) {
        var fresh: Link? = link
        state.withLock { state in
            guard !state.isClosed, state.link == nil, let socket = fresh?.socket() else { return }
            state.link = fresh.take()
            state.lastHeard = .now
            state.isStalled = false
            poller.watch(socket, as: index, untilWritable: false)
            isUp.store(true, ordering: .relaxed)
        }
    }

    /// Refuses what comes from now on, waits until everyone has his answer, and closes the connection.
    func close() async {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                state.isClosed = true
                if state.waiting.isEmpty { return true }
                state.draining.append(continuation)
                return false
            }
            if isEmpty { continuation.resume() }
        }
        settle(state.withLock { lose(&$0, "closed") })
    }

    /// For the test that plants a mix-up: the last two who wait change places, so that each would get the other's answer.
    func mixUpLastTwo() { state.withLock { $0.waiting.swapLastTwo() } }
}

extension SharedLink.State {
    /// Keeps a failed or outdated preparation from failing for ever.
    fileprivate mutating func repair(after error: SQLError, of waiter: Waiter) {
        if waiter.isPreparation {
            // Those who trusted in it wait behind: they fail with the reason, not with "no such statement".
            waiting.changeAll { other in
                if other.statements.contains(where: waiter.statements.contains) { other.gathering.error = other.gathering.error ?? error }
            }
            link?.forget(waiter.statements)
        } else if error.state == "0A000" || error.state == "26000" {
            // The result type of a planned statement has changed with its table, or the statement is gone.
            link?.forget(waiter.statements)
        }
    }
}
