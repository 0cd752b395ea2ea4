import CLibPQ
import Glibc
import Synchronization

/// Starts a thread of its own for work that blocks: the cooperative pool must never wait.
func startThread(_ body: @escaping @Sendable () -> Void) throws(CannotConnect) {
    final class Start {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    let start = Unmanaged.passRetained(Start(body))
    var thread = pthread_t()
    let failure = pthread_create(&thread, nil, { argument in
        if let argument { Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
    }, start.toOpaque())
    guard failure == 0 else {
        start.release()
        throw CannotConnect(reason: "no thread can be started (error \(failure))")
    }
    pthread_detach(thread)
}

/// Wakes a thread. Each ring wakes one wait.
final class Bell: Sendable {
    let descriptor: Int32

    init() throws(CannotConnect) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_SEMAPHORE))
        guard descriptor >= 0 else { throw CannotConnect(reason: "no eventfd (error \(errno))") }
    }

    deinit { close(descriptor) }

    func ring() { eventfd_write(descriptor, 1) }

    /// Waits for a ring, at most as long as given.
    func wait(atMost pause: Duration? = nil) {
        if let pause, !isRinging(within: pause) { return }
        var rings: eventfd_t = 0
        eventfd_read(descriptor, &rings)
    }

    /// Waits for a ring, but leaves it to others too.
    func isRinging(within pause: Duration) -> Bool {
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&watched, 1, Int32(clamping: pause.milliseconds)) > 0
    }
}

/// Opens when as many have arrived as were expected.
final class Latch: Sendable {
    private struct State {
        var missing: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }
    private let state: Mutex<State>

    init(expecting count: Int) { state = Mutex(State(missing: count)) }

    func arrive() {
        let released = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.missing -= 1
            if state.missing > 0 { return [] }
            defer { state.waiting = [] }
            return state.waiting
        }
        released.forEach { $0.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if state.missing <= 0 { return true }
                state.waiting.append(continuation)
                return false
            }
            if isOpen { continuation.resume() }
        }
    }
}
