import CLibPQ
import Glibc

/// The sockets of the shared connections, watched together.
final class Poller: Sendable {
    private let epoll: Int32

    init(wokenBy bell: Bell) throws(CannotConnect) {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard epoll >= 0 else { throw CannotConnect(reason: "no epoll (error \(errno))") }
        watch(bell.descriptor, as: -1, untilWritable: false)
    }

    deinit { close(epoll) }

    /// Watches a socket, or changes what is waited for. A closed socket is forgotten by the system.
    func watch(_ descriptor: Int32, as index: Int, untilWritable: Bool) {
        let wanted = EPOLLIN.rawValue | (untilWritable ? EPOLLOUT.rawValue : 0)
        var event = epoll_event(events: wanted, data: epoll_data(u64: UInt64(bitPattern: Int64(index))))
        if epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event) != 0 { epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) }
    }

    /// The indices of what is ready; -1 is the bell.
    func ready(within milliseconds: Int32) -> [Int] {
        withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 64) { events in
            let count = epoll_wait(epoll, events.baseAddress, 64, milliseconds)
            return (0..<max(0, Int(count))).map { Int(Int64(bitPattern: events[$0].data.u64)) }
        }
    }
}

/// The one thread that takes in the answers of all shared connections. Decoding is left to those who asked.
enum Reader {
    /// Runs until `stop` rings.
    static func run(_ links: [SharedLink], _ poller: Poller) {
        var nextLook = ContinuousClock.now
        while true {
            for index in poller.ready(within: 500) {
                if index < 0 { return }
                links[index].attend()
            }
            let now = ContinuousClock.now
            if now >= nextLook {
                for link in links { link.watch(at: now) }
                nextLook = now + .milliseconds(500)
            }
        }
    }
}
