import Foundation

/// Small files that are whole or absent, also after a power cut: written beside their place, flushed to disk, then put there in one step.
enum DurableFile {
    struct Failure: Error, CustomStringConvertible {
        let step: String, path: String, code: Int32
        var description: String { "cannot \(step) \(path): \(String(cString: strerror(code)))" }
    }

    /// Puts the file at `path`, in place of what is there.
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws(Failure) {
        let draft = try draft(bytes, for: path, mode: mode)
        try orRemove(draft) { () throws(Failure) in try check(rename(draft, path), "write", path) }
        try flushFolder(of: path)
    }

    /// Puts the file at `path` unless something is there: of several who try at once exactly one gets true.
    static func create(_ bytes: [UInt8], at path: String, mode: mode_t) throws(Failure) -> Bool {
        let draft = try draft(bytes, for: path, mode: mode)
        defer { unlink(draft) }
        // link refuses an existing name, where rename would replace it.
        if link(draft, path) == 0 {
            try flushFolder(of: path)
            return true
        }
        guard errno == EEXIST else { throw Failure(step: "create", path: path, code: errno) }
        return false
    }

    /// The path of a new file in the same folder with these bytes, on disk.
    private static func draft(_ bytes: [UInt8], for path: String, mode: mode_t) throws(Failure) -> String {
        let draft = folder(of: path) + "/.draft-" + UUID().uuidString.lowercased()
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        try check(file, "create", draft)
        defer { close(file) }
        try orRemove(draft) { () throws(Failure) in
            // The umask may have taken more away than was asked for.
            try check(fchmod(file, mode), "set the mode of", draft)
            var written = 0
            while written < bytes.count {
                let count = bytes.withUnsafeBytes { rest in
                    Foundation.write(file, rest.baseAddress?.advanced(by: written), bytes.count - written)
                }
                if count < 0 && errno == EINTR { continue }
                try check(Int32(clamping: count), "write", draft)
                written += count
            }
            try check(fsync(file), "flush", draft)
        }
        return draft
    }

    /// A name is on disk when its folder is.
    private static func flushFolder(of path: String) throws(Failure) {
        let file = open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        try check(file, "open", folder(of: path))
        defer { close(file) }
        try check(fsync(file), "flush", folder(of: path))
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func orRemove(_ draft: String, _ work: () throws(Failure) -> Void) throws(Failure) {
        do { try work() } catch {
            unlink(draft)
            throw error
        }
    }

    private static func check(_ result: Int32, _ step: String, _ path: String) throws(Failure) {
        guard result < 0 else { return }
        throw Failure(step: step, path: path, code: errno)
    }
}
