import CLinux
import Glibc

/// What the data folder says of the process that runs on it.
struct Postmaster {
    let pid: pid_t
    /// Whether it takes connections.
    let ready: Bool

    /// From `postmaster.pid`: line 1 is the process, line 8 its state. Nil where there is none, or it is being written.
    init?(in data: String) {
        guard let bytes = try? Files.read("\(data)/postmaster.pid") else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, let pid = pid_t(first) else { return nil }
        self.pid = pid
        self.ready = lines.count > 7 && lines[7].prefix { $0 != " " } == "ready"
    }

    /// Ends what a server that was killed left running on `data`, so that a start of our own succeeds.
    ///
    /// A postmaster of that time is not kept: a child can be waited for, a stranger cannot. The caller holds the data folder's lock.
    static func takeOver(_ data: String) throws {
        let recorded = Postmaster(in: data)?.pid
        let left = processes(on: data)
        if let recorded {
            if left.contains(recorded) {
                try end(recorded, by: SIGINT, on: data)
            } else if kill(recorded, 0) == 0 || errno == EPERM {
                // The number is another process by now. If it is the same user's, PostgreSQL would refuse to start for ever.
                _ = unlink("\(data)/postmaster.pid")
            }
        }
        // A backend that has lost its postmaster ends by itself when it next looks; SIGQUIT makes it look now.
        for pid in processes(on: data) { try end(pid, by: SIGQUIT, on: data) }
    }

    /// Those whose program is postgres and whose working folder is `data`.
    private static func processes(on data: String) -> [pid_t] {
        Files.names(in: "/proc").compactMap { pid_t($0) }.filter { pid in
            guard let program = Files.link("/proc/\(pid)/exe"), Files.link("/proc/\(pid)/cwd") == data else { return false }
            // An upgrade of the package leaves "…/postgres (deleted)".
            return program.hasSuffix("/postgres") || program.hasSuffix("/postgres (deleted)")
        }
    }

    private static func end(_ pid: pid_t, by signal: Int32, on data: String) throws {
        let number = pidfd_open(pid, 0)
        if number < 0, errno == ESRCH { return }
        let process = try Descriptor(number, "watch process \(pid)")
        _ = pidfd_send_signal(process.number, signal, nil, 0)
        guard Descriptor.wait(for: [process.number], milliseconds: 60_000) == [true] else {
            throw StartRefused("An earlier PostgreSQL (process \(pid)) still runs on \(data) and does not end.")
        }
    }
}
