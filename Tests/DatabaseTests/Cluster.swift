import Database
import Foundation

/// A private PostgreSQL in a folder of its own, reached by a Unix socket only.
///
/// A guardian process holds the other end of a pipe. When the tests end, in whatever way, the pipe closes, and the guardian stops the server
/// and removes the folder.
final class Cluster: Sendable {
    struct Failure: Error { let command: String, output: String }

    let folder: String
    private let bin: String

    static let shared = Result { try Cluster() }

    init() throws {
        bin = try Cluster.binaries()
        folder = try Cluster.shell("mktemp -d /tmp/ngdbXXXXXX")
        try Cluster.startGuardian(of: folder)
        if getuid() == 0 { try Cluster.shell("chown postgres \(folder)") }
        try server("initdb -D \(folder)/data -U owner -A trust --no-locale -E UTF8 --no-sync")
        try start()
        try PlainConnection(owner).execute("""
            create role login login noinherit;
            create role t_member; create role t_guest;
            grant t_member, t_guest to login;
            """)
    }

    /// As the owner of everything, a superuser.
    var owner: String { "host=\(folder) dbname=postgres user=owner" }
    /// As the login role, which may do nothing but enter other roles.
    func login(_ name: String, database: String = "postgres") -> String {
        "host=\(folder) dbname=\(database) user=login application_name=\(name)"
    }

    func start() throws {
        let options = "-c listen_addresses= -c unix_socket_directories=\(folder) -c fsync=off -c max_connections=300"
        try server("pg_ctl -D \(folder)/data -w -l \(folder)/log -o '\(options)' start")
    }

    func stop() throws { try server("pg_ctl -D \(folder)/data -w -m immediate stop") }

    /// Sends a signal to the server and all its processes, as with SIGSTOP, which leaves connections open and silent.
    func signal(_ name: String) throws {
        try Cluster.shell("p=$(head -1 \(folder)/data/postmaster.pid); kill -\(name) $p $(ps -o pid= --ppid $p)")
    }

    private func server(_ command: String) throws {
        let become = getuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --clear-groups -- " : ""
        try Cluster.shell("cd \(folder) && \(become)\(bin)/\(command) >\(folder)/out 2>&1 </dev/null || { cat \(folder)/out; exit 1; }")
    }

    private static func binaries() throws -> String {
        try shell("""
            for d in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr) $(pg_config --bindir 2>/dev/null); do
                if [ -x $d/initdb ]; then echo $d; exit; fi
            done; exit 1
            """)
    }

    /// The stream is never closed here: its end is the end of this process.
    private static func startGuardian(of folder: String) throws {
        let script = """
            exec >/dev/null 2>&1; trap '' INT; cat
            p=$(head -1 \(folder)/data/postmaster.pid)
            if [ -n "$p" ]; then kill -CONT $p; kill -QUIT $p; while [ -e \(folder)/data/postmaster.pid ] && [ -d /proc/$p ]; do sleep 0.1; done; fi
            rm -rf \(folder)
            """
        guard popen(script, "we") != nil else { throw Failure(command: "guardian", output: "") }
    }

    /// Not Foundation's `Process`: it waits for everything that a command leaves behind, the server too.
    @discardableResult
    private static func shell(_ command: String) throws -> String {
        guard let stream = popen(command, "re") else { throw Failure(command: command, output: "") }
        var text = "", line = [CChar](repeating: 0, count: 4096)
        while fgets(&line, Int32(line.count), stream) != nil {
            text += String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
        guard pclose(stream) == 0 else { throw Failure(command: command, output: text) }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
