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

    /// Rings for the first only: the others are found with it, and must not cut its pause short.
    func report(_ index: Int) {
        let isFirst = state.withLock { state in
            defer { state.indices.insert(index) }
            return state.indices.isEmpty
        }
        if isFirst { bell.ring() }
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

    fileprivate var isEmpty: Bool { state.withLock { $0.indices.isEmpty } }
    fileprivate func repaired(_ index: Int) { state.withLock { _ = $0.indices.remove(index) } }
}

/// The thread that replaces lost connections, with a pause that doubles while the server cannot be reached.
enum Reconnecting {
    private static let shortest = Duration.milliseconds(10), longest = Duration.seconds(2)

    /// Runs until told to stop, which also interrupts the pause.
    static func run(_ links: [SharedLink], _ lost: LostLinks, _ settings: Database.Settings) {
        var pause: Duration?
        while let indices = lost.wait(atMost: pause) {
            do {
                for index in indices.sorted() { try replace(links[index], lost, settings) }
                pause = lost.isEmpty ? nil : shortest
            } catch {
                settings.logger.log(
                    level: pause == nil ? .warning : .debug, "no database connection yet", metadata: ["reason": "\(error)"])
                pause = min((pause ?? shortest / 2) * 2, longest)
            }
        }
    }

    private static func replace(_ link: SharedLink, _ lost: LostLinks, _ settings: Database.Settings) throws(CannotConnect) {
        let fresh = try Link(settings.conninfo, options: settings.shared.options)
        // Before it is used: if it is lost at once, it is reported anew.
        lost.repaired(link.index)
        link.install(fresh)
    }
}
