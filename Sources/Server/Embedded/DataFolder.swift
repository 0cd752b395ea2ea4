import CLinux
import Glibc

/// The folder that holds what the server keeps: the embedded database, mail as files, the key of the links.
public struct DataFolder: Sendable {
    /// Absolute, without links.
    public let path: String

    public var mail: String { "\(path)/mail" }
    public var linkKey: String { "\(path)/link.key" }
    var postgres: String { "\(path)/postgres" }
    var postgresLog: String { "\(path)/postgresql.log" }

    /// Makes the folder unless it is there.
    /// - Parameter path: relative to the working folder, or absolute.
    public init(_ path: String) throws {
        // Others may pass through (PostgreSQL runs as another user when we are root) but not look around; what is in it has modes of its own.
        try Files.makeFolder(path, mode: 0o711)
        guard let resolved = Files.resolved(path) else { throw SystemFault("find the data folder \(path)") }
        self.path = resolved
        try Files.makeFolder(mail, mode: 0o700)
    }

    /// Holds the folder for one server: the database below it can have one supervisor only.
    ///
    /// The lock ends with the process, however it ends.
    public struct Lock: ~Copyable, Sendable {
        private let file: Descriptor

        /// - Returns: nil when a running process holds it.
        init?(_ folder: DataFolder) throws {
            let path = "\(folder.path)/lock"
            file = try Descriptor(open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600), "open \(path)")
            guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else { return nil }
        }
    }

    /// - Returns: nil when another server runs on this folder.
    public func lock() throws -> Lock? { try Lock(self) }
}
