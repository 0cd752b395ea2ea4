import Rules
import Server
import Synchronization

/// Time that is led: it stands where it was set last, and goes on from there.
final class DemoCalendar: Sendable {
    private let set: Mutex<Clock>

    init(at time: Instant) { set = Mutex(Clock(startingAt: time)) }

    func go(to time: Instant) { set.withLock { $0 = Clock(startingAt: time) } }

    /// For a service that is to go by it.
    var clock: Clock { Clock { self.set.withLock { $0 }.now() } }
}
