import Glibc

/// PostgreSQL's programs of one major version.
struct Programs: Sendable {
    /// The folder of `initdb` and `postgres`.
    let folder: String
    /// 15, 16, …
    let version: Int

    var postgres: String { "\(folder)/postgres" }
    var initdb: String { "\(folder)/initdb" }

    /// The newest version on this machine, or exactly `version`, which an existing cluster asks for.
    static func find(version wanted: Int? = nil) throws -> Programs {
        let found = folders().compactMap(Programs.init(in:))
        if let wanted {
            guard let match = found.first(where: { $0.version == wanted }) else {
                throw StartRefused("The data are PostgreSQL \(wanted)'s, and this machine has \(found.isEmpty ? "none" : found.map { "\($0.version)" }.joined(separator: ", ")): install postgresql-\(wanted).")
            }
            return match
        }
        guard let newest = found.max(by: { $0.version < $1.version }) else {
            throw StartRefused("No PostgreSQL server was found (pg_config --bindir, /usr/lib/postgresql/*/bin): install the Debian package postgresql.")
        }
        return newest
    }

    private static func folders() -> [String] {
        let debian = Files.names(in: "/usr/lib/postgresql").map { "/usr/lib/postgresql/\($0)/bin" }
        guard let answer = try? Child.run(["/usr/bin/pg_config", "--bindir"], as: nil), answer.ending == .exit(0) else { return debian }
        return [String(answer.output.prefix { $0 != "\n" })] + debian
    }

    /// - Returns: nil where there is no server, as in the bin folder of the clients alone.
    private init?(in folder: String) {
        guard access("\(folder)/postgres", X_OK) == 0, access("\(folder)/initdb", X_OK) == 0,
            let answer = try? Child.run(["\(folder)/postgres", "--version"], as: nil),
            // "postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)"
            let number = answer.output.split(separator: " ").dropFirst(2).first,
            let major = Int(number.prefix { $0.isNumber })
        else { return nil }
        self.folder = folder
        self.version = major
    }
}
