import Glibc
import Rules

/// The service's time: the machine's, moved by what the start asked for. The one place that reads a clock for anything that is stored or decided.
public struct Clock: Sendable {
    /// How far ahead of the machine's clock, in microseconds.
    let offset: Int64

    /// The machine's own time.
    public static let machine = Clock(offset: 0)

    private init(offset: Int64) { self.offset = offset }

    /// Says `start` now, and goes on from there.
    public init(startingAt start: Instant) {
        offset = start.microseconds - Clock.machine.now().microseconds
    }

    public func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000 + offset)
    }
}
