import Dispatch

/// What became of a mail. Nothing here names an address or a link, so that it may be logged as it is.
enum MailOutcome: Equatable, Sendable {
    /// A server, or the disk, has taken it.
    case sent
    /// The mail server said no, and will say so again: its reply, 500 to 599.
    case refusedForGood(code: Int)
    /// Not now: nobody answered, or no answer came, or a reply from 400 to 499. The mail may have been taken all the same.
    case tryAgain(reason: String)

    /// The refusal is of our account at the mail server (RFC 4954 §6), not of the person's address: one for the operator.
    var isOfOurAccount: Bool {
        guard case .refusedForGood(let code) = self else { return false }
        return [530, 534, 535, 538].contains(code)
    }
}

/// Where mail leaves the house. It may take seconds, and does not throw: every ending is an outcome.
protocol MailRoom: Sendable {
    func send(_ message: MailMessage) async -> MailOutcome
}

/// When to try again a mail that was not taken.
enum MailRetry {
    /// Seconds to wait after this many failed attempts (1 or more); nil: give up. The last attempt comes almost two days after the first.
    static func delay(afterAttempts attempts: Int) -> Int? {
        let minute = 60, hour = 3600
        let delays = [minute, 5 * minute, 30 * minute, 2 * hour, 6 * hour, 12 * hour, 24 * hour]
        return (1...delays.count).contains(attempts) ? delays[attempts - 1] : nil
    }
}

/// A thread for calls that block, one at a time: neither a request nor anything else that awaits stands still behind a slow mail server.
struct BlockingThread: Sendable {
    private let queue: DispatchQueue

    init(_ name: String) {
        queue = DispatchQueue(label: name)
    }

    func run<R: Sendable>(_ work: @escaping @Sendable () -> R) async -> R {
        await withCheckedContinuation { done in
            queue.async { done.resume(returning: work()) }
        }
    }
}
