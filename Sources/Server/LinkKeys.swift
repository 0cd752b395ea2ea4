import Foundation

/// The secrets behind every link. The first signs; any of them is accepted, so that a key can be changed while links are out:
/// put the new one first, and take the old one away when its links have had their time.
struct LinkKeys: Discreet, Sendable {
    enum Refusal: Error, Equatable, CustomStringConvertible {
        case count(Int), tooShort, twice, readableByOthers(path: String), unreadable(path: String)

        var description: String {
            switch self {
            case .count(let n): "one or two link keys are needed, not \(n)"
            case .tooShort: "a link key needs at least \(LinkKeys.shortest) bytes: try `openssl rand -hex 32`"
            case .twice: "the two link keys are the same"
            case .readableByOthers(let path): "others than the owner may read or write \(path): chmod 600 it, and think of changing the key"
            case .unreadable(let path): "\(path) cannot be read"
            }
        }
    }

    /// Bytes that a key needs: as many as the hash gives (RFC 2104 §3).
    static let shortest = 32

    let signing: [UInt8]
    private let former: [UInt8]?
    var all: [[UInt8]] { [signing] + (former.map { [$0] } ?? []) }

    /// One key or two with a comma between; the text itself is the key.
    init(setting: String) throws(Refusal) {
        let keys = setting.split(separator: ",", omittingEmptySubsequences: false).map { Array($0.trimmingCharacters(in: .whitespacesAndNewlines).utf8) }
        guard let first = keys.first, keys.count <= 2 else { throw .count(keys.count) }
        guard keys.allSatisfy({ $0.count >= Self.shortest }) else { throw .tooShort }
        guard Set(keys).count == keys.count else { throw .twice }
        (signing, former) = (first, keys.dropFirst().first)
    }

    /// The keys in this file, written as in the setting. If there is no file, one is made with a new random key, readable by the owner alone;
    /// when several processes start at once, all read the key of the one that was first.
    init(file path: String) throws {
        if access(path, F_OK) != 0 {
            let key = Base64URL.encode(try Crypto.random(Self.shortest))
            _ = try DurableFile.create(Array("\(key)\n".utf8), at: path, mode: 0o600)
        }
        guard let file = FileHandle(forReadingAtPath: path), let text = try file.readToEnd() else { throw Refusal.unreadable(path: path) }
        var status = stat()
        guard fstat(file.fileDescriptor, &status) == 0, status.st_mode & 0o077 == 0 else { throw Refusal.readableByOthers(path: path) }
        try self.init(setting: String(decoding: text, as: UTF8.self))
    }
}
