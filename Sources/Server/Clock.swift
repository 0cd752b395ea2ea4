import Glibc
import Rules

/// The service's time: the machine's, moved by what the start asked for. The one place that reads a clock for anything that is stored or decided.
public struct Clock: Sendable {
    private let read: @Sendable () -> Instant

    /// The machine's own time.
    public static let machine = Clock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }

    /// Says `start` now, and goes on from there.
    public init(startingAt start: Instant) {
        let offset = start.microseconds - Clock.machine.now().microseconds
        self.init { Instant(microseconds: Clock.machine.now().microseconds + offset) }
    }

    /// Says what it is told to, for one who leads a service through time.
    public init(_ read: @escaping @Sendable () -> Instant) { self.read = read }

    public func now() -> Instant { read() }
}
