import Foundation

/// Mail as `.eml` files in a folder, for trying the service without a mail server. A file holds a link that lets its reader in: its owner alone may read it.
struct MailFiles: MailRoom {
    private let folder: String
    private let thread = BlockingThread("mail files")

    /// Makes the folder if it is not there.
    init(folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        self.folder = folder
    }

    func send(_ message: MailMessage) async -> MailOutcome {
        let path = folder + "/" + Self.name(of: message)
        return await thread.run {
            do throws(DurableFile.Failure) {
                try DurableFile.write(message.bytes, to: path, mode: 0o600)
                return .sent
            } catch {
                return .tryAgain(reason: error.description)
            }
        }
    }

    /// `20261123T195413Z-<job>.<generation>.eml`: sorted by time, and a retry writes the same file again.
    static func name(of message: MailMessage) -> String {
        let seconds = message.date.rfc3339.prefix(19).filter { $0 != "-" && $0 != ":" }
        return "\(seconds)Z-\(message.id).eml"
    }
}
