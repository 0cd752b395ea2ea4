import CLibPQ
import Glibc

/// The connection of one database thread: it waits for each answer. It never leaves its thread.
final class OwnLink {
    private var link: Link?
    private let settings: Database.Settings
    private let stop: Bell
    private var hopelessUntil = ContinuousClock.now

    init(_ settings: Database.Settings, _ stop: Bell) {
        self.settings = settings
        self.stop = stop
    }

    /// Makes sure of a living connection: one that the server has ended in the meantime would fail a transaction that has sent nothing yet.
    /// A server that is just starting gets half a second, unless `close()` comes first; whoever comes within a second of a failure
    /// fails at once, so that a queue does not wait for one time-out after the other.
    func connect() throws(ConnectionLost) {
        if link != nil, isStale() { link = nil }
        let begin = ContinuousClock.now
        var pause = Duration.milliseconds(20)
        while link == nil {
            if begin < hopelessUntil { throw ConnectionLost(mayHaveCommitted: false) }
            do {
                link = try Link(settings.conninfo, options: settings.own.options)
            } catch {
                guard ContinuousClock.now - begin < .milliseconds(500), !stop.isRinging(within: pause) else {
                    settings.logger.warning("no database connection", metadata: ["reason": "\(error)"])
                    hopelessUntil = .now + .seconds(1)
                    throw ConnectionLost(mayHaveCommitted: false)
                }
                pause *= 2
            }
        }
    }

    func disconnect() { link = nil }

    /// Sends one segment and waits for its end.
    /// - Parameter opening: a statement without values that goes first in the segment.
    /// - Returns: an answer for each statement, the opening's included.
    /// - Throws: `SQLError`; `ConnectionLost` as if nothing had been committed, which holds for all but `commit`.
    func run(_ statements: [SQL], for role: String, after opening: String? = nil) throws -> [Answer] {
        guard let queued = link?.queue(statements, for: role, after: opening) else { throw lose() }
        var fault: SQLError?
        for name in queued.preparations {
            let preparation = try gather(1)
            guard let error = preparation.error else { continue }
            fault = fault ?? error
            link?.forget([name])
        }
        let segment = try gather(statements.count + 1)
        if let error = fault ?? segment.error {
            if error.state == "0A000" || error.state == "26000" { link?.forget(queued.statements) }
            throw error
        }
        guard segment.answers.count == statements.count + (opening == nil ? 0 : 1) else { throw lose() }
        return segment.answers
    }

    /// Sends one statement without values, in a segment of its own.
    func run(plain text: String) throws -> Answer {
        guard link?.queue(plain: text) == true else { throw lose() }
        let segment = try gather(1)
        if let error = segment.error { throw error }
        guard let answer = segment.answers.first else { throw lose() }
        return answer
    }

    /// Ends the connection, and says so.
    func lose() -> ConnectionLost {
        link = nil
        return ConnectionLost(mayHaveCommitted: false)
    }

    private func gather(_ statements: Int) throws(ConnectionLost) -> Gathering {
        var gathering = Gathering()
        var pauses = 0
        while let arrival = link?.arrival(), pauses < 2 {
            switch arrival {
            case .answer(let answer):
                pauses = 0
                if gathering.take(answer) { return gathering }
            case .pause: pauses += 1
            case .nothingYet: try waitForMore(statements)
            case .lost: throw lose()
            }
        }
        throw lose()
    }

    /// Waits until the server has said something; gives it up if it is silent for longer than these statements may take.
    private func waitForMore(_ statements: Int) throws(ConnectionLost) {
        guard let flushed = link?.flush(), let socket = link?.socket() else { throw lose() }
        var watched = pollfd(fd: socket, events: Int16(POLLIN | (flushed ? 0 : POLLOUT)), revents: 0)
        let silence = settings.own.silence(over: statements, grace: settings.grace).map { Int32(clamping: $0.milliseconds) } ?? -1
        let ready = poll(&watched, 1, silence)
        guard ready > 0 || (ready < 0 && errno == EINTR), link?.receive() == true else { throw lose() }
    }

    /// Looks at the idle socket; several times, since the server's last words come before the end of the stream.
    private func isStale() -> Bool {
        for _ in 0..<8 {
            guard let socket = link?.socket() else { return true }
            var watched = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            if poll(&watched, 1, 0) == 0 { return false }
            if link?.receive() != true { return true }
        }
        return true
    }
}
