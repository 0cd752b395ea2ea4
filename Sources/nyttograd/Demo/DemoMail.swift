import Foundation

/// The mail that the embedded server writes as files, read as its addressee would.
struct DemoMail: Sendable {
    let folder: String

    struct NotCome: Error, CustomStringConvertible {
        let address: String
        var description: String { "no mail came to \(address)" }
    }

    /// The token of the link in the newest mail to the address that is not among `seen`; waits for it.
    func token(to address: String, after seen: Int = 0) async throws -> String {
        for _ in 0..<600 {
            let found = links(to: address)
            if found.count > seen, let link = found.last, let slash = link.lastIndex(of: "/") { return String(link[link.index(after: slash)...]) }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw NotCome(address: address)
    }

    func number(to address: String) -> Int { links(to: address).count }

    /// The link of each mail to the address, oldest first.
    func links(to address: String) -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.filter { $0.hasSuffix(".eml") }.sorted().compactMap { file in
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(file)") else { return nil }
            let text = DemoMail.unfolded(String(decoding: data, as: UTF8.self))
            guard text.contains("<\(address)>") || text.contains("To: \(address)\n") else { return nil }
            return text.firstMatch(of: /https?:\/\/[^\s]+\/[rse]\/[A-Za-z0-9_-]+/).map { String($0.output) }
        }
    }

    /// Quoted-printable, as far as a link needs it.
    private static func unfolded(_ text: String) -> String {
        text.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(of: "=\n", with: "").replacingOccurrences(of: "=3D", with: "=")
    }
}
