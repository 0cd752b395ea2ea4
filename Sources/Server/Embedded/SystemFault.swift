import Glibc

/// A call to the operating system that failed: what was tried, and the system's reason.
struct SystemFault: Error, CustomStringConvertible {
    let attempt: String
    let code: Int32

    /// Takes the reason from `errno`: make it right after the failed call.
    init(_ attempt: String, code: Int32 = errno) {
        self.attempt = attempt
        self.code = code
    }

    var description: String { "\(attempt): \(String(cString: strerror(code)))" }
}

/// Why the server does not start, said to the person who starts it.
public struct StartRefused: Error, CustomStringConvertible {
    public let description: String

    public init(_ reason: String) { self.description = reason }
}

/// An open descriptor, closed when its holder is gone.
struct Descriptor: ~Copyable, Sendable {
    let number: Int32

    /// - Throws: `SystemFault` with `attempt` when the call that made `number` failed.
    init(_ number: Int32, _ attempt: @autoclosure () -> String) throws {
        guard number >= 0 else { throw SystemFault(attempt()) }
        self.number = number
    }

    deinit { _ = close(number) }

    /// Waits until one of the descriptors can be read (a pidfd: until its process has ended).
    /// - Parameter milliseconds: the longest wait; -1 is for ever.
    /// - Returns: for each descriptor in turn whether it can be read; all false after the longest wait.
    static func wait(for numbers: [Int32], milliseconds: Int32 = -1) -> [Bool] {
        var polled = numbers.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while poll(&polled, nfds_t(polled.count), milliseconds) < 0, errno == EINTR {}
        return polled.map { $0.revents != 0 }
    }

    /// Throws away what can be read now, so that the next wait waits for news.
    func drain() {
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { _ = read(number, $0.baseAddress, $0.count) }
    }
}
