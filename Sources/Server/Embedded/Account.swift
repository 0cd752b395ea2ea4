import Glibc

/// The unprivileged user that PostgreSQL runs as when the server runs as root, which PostgreSQL refuses.
struct Account: Sendable {
    let name: String
    let user: uid_t
    let group: gid_t

    /// The user `postgres` when this process is root; nil when it is an ordinary user, who then runs PostgreSQL too.
    static func forDatabase() throws -> Account? {
        guard geteuid() == 0 else { return nil }
        guard let entry = getpwnam("postgres") else {
            throw StartRefused("Run as root, the embedded database needs the user \"postgres\", which the Debian package postgresql makes.")
        }
        return Account(name: "postgres", user: entry.pointee.pw_uid, group: entry.pointee.pw_gid)
    }
}
