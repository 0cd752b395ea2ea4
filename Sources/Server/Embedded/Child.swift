import CLinux
import Glibc

/// A program started by this process, in a session of its own: Ctrl-C in the terminal reaches the server alone, which then decides.
///
/// It gets SIGINT when the *thread* that started it ends, so whoever starts a lasting child must be a lasting thread.
struct Child: ~Copyable {
    let pid: pid_t
    /// Readable when the child has ended.
    let ended: Descriptor

    /// How a child ended.
    enum Ending: Equatable, CustomStringConvertible {
        case exit(Int32)
        case signal(Int32)

        /// From the status of `waitpid`, whose macros Swift does not import.
        init(status: Int32) {
            self = status & 0x7f == 0 ? .exit((status >> 8) & 0xff) : .signal(status & 0x7f)
        }

        var description: String {
            switch self {
            case .exit(let code): "exit code \(code)"
            case .signal(let number): "signal \(number)"
            }
        }
    }

    /// - Parameters:
    ///   - command: the program's absolute path and its arguments.
    ///   - account: whom it runs as; nil is the user of this process.
    ///   - input: its standard input; nil is nothing.
    ///   - output: its standard output and error.
    init(_ command: [String], as account: Account?, input: Int32? = nil, output: Int32) throws {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        if let input { posix_spawn_file_actions_adddup2(&actions, input, 0) } else { posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) }
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, output, 2)
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        // The working folder may be one that the other user cannot enter, and PostgreSQL then cannot find itself.
        posix_spawn_file_actions_addchdir_np(&actions, "/")
        var all = sigset_t()
        var none = sigset_t()
        sigfillset(&all)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(Int32(CLINUX_SPAWN_SETSID) | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        let words = Self.cStrings(["/usr/bin/setpriv"] + Self.privileges(of: account) + ["--pdeathsig", "INT", "--"] + command)
        // Nothing of our environment: PGPORT or PGDATA would change what PostgreSQL does, and secrets are not its business.
        let environment = Self.cStrings(["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC"])
        defer { for text in words + environment { free(text) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, "/usr/bin/setpriv", &actions, &attributes, words, environment)
        guard code == 0 else { throw SystemFault("start /usr/bin/setpriv for \(command[0])", code: code) }
        let ended = try Descriptor(pidfd_open(pid, 0), "watch process \(pid)")
        self.pid = pid
        self.ended = ended
    }

    /// What C takes for a list of strings; each is to be freed.
    private static func cStrings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        texts.map { text -> UnsafeMutablePointer<CChar>? in strdup(text) } + [nil]
    }

    private static func privileges(of account: Account?) -> [String] {
        guard let account else { return [] }
        return ["--reuid=\(account.user)", "--regid=\(account.group)", "--clear-groups"]
    }

    func send(_ signal: Int32) { _ = pidfd_send_signal(ended.number, signal, nil, 0) }

    /// Waits for the end and lets the system forget the process.
    consuming func wait() -> Ending {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return Ending(status: status)
    }

    /// Runs a command to its end.
    /// - Parameter input: at most 64 KiB, what a pipe holds.
    /// - Returns: how it ended and all that it wrote.
    static func run(_ command: [String], as account: Account?, input: String = "") throws -> (ending: Ending, output: String) {
        let forInput = try Pipe()
        let forOutput = try Pipe()
        var text = input
        try text.withUTF8 { bytes in
            guard write(forInput.writer.number, bytes.baseAddress, bytes.count) == bytes.count else { throw SystemFault("write to a pipe") }
        }
        let inputReader = forInput.closeWriter()
        let child = try Child(command, as: account, input: inputReader.number, output: forOutput.writer.number)
        let reader = forOutput.closeWriter()
        let output = readAll(reader.number)
        return (child.wait(), output)
    }

    private static func readAll(_ number: Int32) -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(number, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }
}

/// What is written at one end is read at the other, which sees the end when no writer is left.
private struct Pipe: ~Copyable {
    let reader: Descriptor
    let writer: Descriptor

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw SystemFault("make a pipe") }
        let reader = try Descriptor(ends[0], "pipe")
        let writer = try Descriptor(ends[1], "pipe")
        self.reader = reader
        self.writer = writer
    }

    consuming func closeWriter() -> Descriptor { reader }
}
