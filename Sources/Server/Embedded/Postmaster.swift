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

    /// Ends what a server that was killed left running on the cluster, so that a start of our own succeeds.
    ///
    /// A postmaster of that time is not kept: a child can be waited for, a stranger cannot. The caller holds the data folder's lock.
    static func takeOver(_ cluster: Cluster) throws {
        let data = cluster.data
        let recorded = Postmaster(in: data)?.pid
        if let recorded, processes(on: data).contains(recorded) { try end(recorded, by: SIGINT, on: data) }
        // A backend that has lost its postmaster ends by itself when it next looks; SIGQUIT makes it look now.
        for pid in processes(on: data) { try end(pid, by: SIGQUIT, on: data) }
        // Nobody is left. A number in these files may by now be another process, or a dead one that nobody has waited for: PostgreSQL
        // would then refuse to start.
        if let recorded, kill(recorded, 0) == 0 || errno == EPERM { _ = unlink("\(data)/postmaster.pid") }
        _ = unlink("\(cluster.socket)/.s.PGSQL.5432.lock")
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
