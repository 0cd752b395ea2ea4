import Foundation
import Synchronization

/// The mail that the embedded server writes as files, read as its addressee would.
final class DemoMail: Sendable {
    let folder: String
    /// By the name of its file. A mail is whole when it has its name, and never changes.
    private let read = Mutex<[String: Mail]>([:])

    init(folder: String) { self.folder = folder }

    struct NotCome: Error, CustomStringConvertible {
        let address: String
        var description: String { "no mail came to \(address)" }
    }

    /// What a link is for, as its path says.
    enum Kind: String { case registration = "r", signIn = "s", questionnaire = "e" }

    /// The token of the newest link of the kind that was mailed to the address after `seen` others; waits for it.
    func token(_ kind: Kind, to address: String, after seen: Int = 0) async throws -> String {
        for _ in 0..<1500 {
            let found = links(kind, to: address)
            if found.count > seen, let link = found.last, let slash = link.lastIndex(of: "/") { return String(link[link.index(after: slash)...]) }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw NotCome(address: address)
    }

    /// The links of the kind that were mailed to the address, oldest first.
    func links(_ kind: Kind, to address: String) -> [String] {
        read.withLock { read in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            for name in names where name.hasSuffix(".eml") && read[name] == nil {
                read[name] = Mail(URL(filePath: folder).appending(path: name))
            }
            return read.values.filter { $0.kind == kind && $0.address == address }.sorted { $0.written < $1.written }.map(\.link)
        }
    }

    private struct Mail: Sendable {
        let written: Date
        let address, link: String
        let kind: Kind?

        init?(_ file: URL) {
            guard let data = try? Data(contentsOf: file), let values = try? file.resourceValues(forKeys: [.contentModificationDateKey])
            else { return nil }
            let text = Mail.unfolded(String(decoding: data, as: UTF8.self))
            let address = text.firstMatch(of: /\nTo: (?:[^\n]*\n? ?<)?([^<>\s]+@[^<>\s]+)/)
            let link = text.firstMatch(of: /https?:\/\/[^\s]+\/([rse])\/[A-Za-z0-9_-]+/)
            written = values.contentModificationDate ?? .distantPast
            self.address = address.map { String($0.1) } ?? ""
            self.link = link.map { String($0.0) } ?? ""
            kind = link.flatMap { Kind(rawValue: String($0.1)) }
        }

        /// Quoted-printable, as far as a link needs it.
        private static func unfolded(_ text: String) -> String {
            text.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(of: "=\n", with: "").replacingOccurrences(of: "=3D", with: "=")
        }
    }
}
