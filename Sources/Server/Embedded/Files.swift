import Glibc

/// The few things done to files by name, each with an error that names the file.
enum Files {
    /// The path without links and dots; nil where nothing is.
    static func resolved(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }

    /// Makes a folder, and those above it, unless it is there.
    static func makeFolder(_ path: String, mode: mode_t) throws {
        if mkdir(path, mode) == 0 {
            // Without this the umask decides.
            guard chmod(path, mode) == 0 else { throw SystemFault("set the mode of \(path)") }
        } else if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try makeFolder(String(path[..<slash]), mode: 0o755)
            try makeFolder(path, mode: mode)
        } else if errno != EEXIST {
            throw SystemFault("make the folder \(path)")
        }
    }

    static func give(_ path: String, to account: Account?) throws {
        guard let account else { return }
        guard chown(path, account.user, account.group) == 0 else { throw SystemFault("give \(path) to \(account.name)") }
    }

    /// What a link says, without following it; nil where there is no link or it may not be read.
    static func link(_ path: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &buffer, buffer.count)
        return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
    }

    /// The names in a folder, without `.` and `..`; none where there is no such folder.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// The bytes of a file; nil where there is none.
    static func read(_ path: String) throws -> [UInt8]? {
        let number = open(path, O_RDONLY | O_CLOEXEC)
        if number < 0, errno == ENOENT { return nil }
        let file = try Descriptor(number, "read \(path)")
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = Glibc.read(file.number, &chunk, chunk.count)
            guard count >= 0 else { throw SystemFault("read \(path)") }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }

    /// Writes a file that is durable and whole when this returns; its mode holds for a new file only.
    static func write(_ text: String, to path: String, mode: mode_t = 0o600, flags: Int32 = O_TRUNC) throws {
        let file = try Descriptor(open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | flags, mode), "write \(path)")
        var text = text
        try text.withUTF8 { bytes in
            guard Glibc.write(file.number, bytes.baseAddress, bytes.count) == bytes.count, fsync(file.number) == 0 else {
                throw SystemFault("write \(path)")
            }
        }
    }

    /// Removes a folder and all in it, following no link; nothing happens where there is none.
    static func removeTree(_ path: String) throws {
        for name in names(in: path) {
            let inner = "\(path)/\(name)"
            if unlink(inner) != 0 { try removeTree(inner) }
        }
        guard rmdir(path) == 0 || errno == ENOENT else { throw SystemFault("remove \(path)") }
    }
}
