import Foundation

/// The mail that the embedded server writes as files, read as its addressee would.
struct DemoMail: Sendable {
    let folder: String

    struct NotCome: Error, CustomStringConvertible {
        let address: String
        var description: String { "no mail came to \(address)" }
    }

    /// What a link is for, as its path says.
    enum Kind: String { case registration = "r", signIn = "s", questionnaire = "e" }

    /// The token of the newest link of the kind that was mailed to the address after `seen` others; waits for it.
    func token(_ kind: Kind, to address: String, after seen: Int = 0) async throws -> String {
        for _ in 0..<600 {
            let found = links(kind, to: address)
            if found.count > seen, let link = found.last, let slash = link.lastIndex(of: "/") { return String(link[link.index(after: slash)...]) }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw NotCome(address: address)
    }

    /// The links of the kind that were mailed to the address, oldest first.
    func links(_ kind: Kind, to address: String) -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(
            at: URL(filePath: folder), includingPropertiesForKeys: [.contentModificationDateKey])) ?? []
        let dated = files.filter { $0.pathExtension == "eml" }.map { file in
            (file, (try? file.resourceValues(forKeys: [.contentModificationDateKey]))?.contentModificationDate ?? .distantPast)
        }
        return dated.sorted { $0.1 < $1.1 }.compactMap { link(kind, to: address, in: $0.0) }
    }

    private func link(_ kind: Kind, to address: String, in file: URL) -> String? {
        guard let data = try? Data(contentsOf: file) else { return nil }
        let text = DemoMail.unfolded(String(decoding: data, as: UTF8.self))
        guard text.contains("<\(address)>") || text.contains("To: \(address)\n"),
              let link = text.firstMatch(of: /https?:\/\/[^\s]+\/([rse])\/[A-Za-z0-9_-]+/), link.1 == kind.rawValue else { return nil }
        return String(link.0)
    }

    /// Quoted-printable, as far as a link needs it.
    private static func unfolded(_ text: String) -> String {
        text.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(of: "=\n", with: "").replacingOccurrences(of: "=3D", with: "=")
    }
}
