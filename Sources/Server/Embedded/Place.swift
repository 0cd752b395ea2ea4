import COpenSSL
import Glibc

/// Where the cluster of a data folder lies.
struct Place {
    let folder: DataFolder
    let account: Account?

    /// The address of a Unix socket holds 107 bytes, and PostgreSQL makes a lock file beside the socket.
    private static let longestSocketFolder = 107 - "/.s.PGSQL.5432.lock".utf8.count

    /// The cluster's folder, made if it is missing, without links.
    func find() throws -> String {
        if let present = Files.resolved(folder.postgres) {
            if let reason = obstacle(at: present) { throw StartRefused(reason) }
            return present
        }
        if let target = Files.link(folder.postgres) {
            throw StartRefused("\(folder.postgres) leads to \(target), which is gone: put it back, or remove the link to begin with an empty database.")
        }
        try make(folder.postgres)
        guard let reason = obstacle(at: folder.postgres) else { return folder.postgres }
        guard rmdir(folder.postgres) == 0 else { throw SystemFault("remove \(folder.postgres)") }
        return try elsewhere(because: reason)
    }

    private func make(_ path: String) throws {
        try Files.makeFolder(path, mode: 0o700)
        try Files.give(path, to: account)
    }

    /// A folder with a short path that everyone may reach, and a link to it from the data folder.
    private func elsewhere(because reason: String) throws -> String {
        let short = "/var/lib/nyttograd-\(fingerprint(folder.path))"
        if Files.resolved(short) != nil {
            // A database nobody asked for must not come back to life, nor be thrown away unasked.
            throw StartRefused("\(short) holds the database of an earlier data folder of this name. Remove it (rm -r \(short)) to begin anew, or keep it (ln -s \(short) \(folder.postgres)).")
        }
        do { try make(short) } catch { throw StartRefused("\(reason) And \(short) cannot be made (\(error)). Choose another data folder by NYTTOGRAD_DATA.") }
        guard symlink(short, folder.postgres) == 0 else { throw SystemFault("link \(folder.postgres)") }
        return short
    }

    /// Why the cluster cannot lie at `path`; nil when it can.
    private func obstacle(at path: String) -> String? {
        if "\(path)/socket".utf8.count > Self.longestSocketFolder { return "\(path) is too long a path for a Unix socket." }
        // These mean something to PostgreSQL's settings or to connection strings.
        if path.contains(where: { ", \"'\\".contains($0) }) { return "\(path) has a character in it that a connection string cannot hold." }
        guard let account else { return nil }
        // Asked as the user itself: the modes of all folders above, access lists and mounts have their say.
        let answer = try? Child.run(["/usr/bin/test", "-w", path], as: account)
        return answer?.ending == .exit(0) ? nil : "The user \(account.name) cannot enter \(path)."
    }

    private func fingerprint(_ path: String) -> String {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        let bytes = Array(path.utf8)
        _ = SHA256(bytes, bytes.count, &digest)
        return digest.prefix(6).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
