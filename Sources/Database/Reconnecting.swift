import Logging
import Synchronization

/// The shared connections that wait for a new link.
final class LostLinks: Sendable {
    private struct State {
        var indices: Set<Int> = []
        var isStopped = false
    }
    private let state = Mutex(State())
    private let bell: Bell

    init() throws(CannotConnect) { bell = try Bell() }

    func report(_ index: Int) {
        state.withLock { _ = $0.indices.insert(index) }
        bell.ring()
    }

    func stop() {
        state.withLock { $0.isStopped = true }
        bell.ring()
    }

    /// Waits for a ring, or as long as given. Nil: stop.
    fileprivate func wait(atMost pause: Duration?) -> Set<Int>? {
        bell.wait(atMost: pause)
        return state.withLock { $0.isStopped ? nil : $0.indices }
    }

    fileprivate func repaired(_ index: Int) { state.withLock { _ = $0.indices.remove(index) } }
}

/// The thread that replaces lost connections, with a pause that doubles while the server cannot be reached.
enum Reconnecting {
    private static let shortest = Duration.milliseconds(10), longest = Duration.seconds(2)

    /// Runs until told to stop, which also interrupts the pause.
    static func run(_ links: [SharedLink], _ lost: LostLinks, _ settings: Database.Settings) {
        var pause: Duration?
        while let indices = lost.wait(atMost: pause) {
            pause = next(pause, after: attempt(indices, links, lost, settings))
        }
    }

    /// - Returns: whether all are connected again.
    private static func attempt(_ indices: Set<Int>, _ links: [SharedLink], _ lost: LostLinks, _ settings: Database.Settings) -> Bool {
        for index in indices.sorted() {
            do {
                let link = try Link(settings.conninfo, options: settings.shared.options)
                lost.repaired(index)
                links[index].install(link)
            } catch {
                settings.logger.warning("no database connection yet", metadata: ["reason": "\(error)"])
                return false
            }
        }
        return true
    }

    private static func next(_ pause: Duration?, after success: Bool) -> Duration? {
        if success { return nil }
        return min((pause ?? shortest / 2) * 2, longest)
    }
}
