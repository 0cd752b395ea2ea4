import Foundation

/// What the demo has begun and what is whole, kept in the data folder: a start that was interrupted is completed by the next, and a council that
/// somebody has registered himself is left alone.
struct DemoNotes: Sendable {
    private let file: String

    enum Mark: String { case begun, whole }

    /// - Parameter folder: the data folder's path.
    init(folder: String) { file = "\(folder)/demo.txt" }

    /// Nil of what the demo has not made.
    subscript(part: String) -> Mark? {
        lines.last { $0.first == part }.flatMap { Mark(rawValue: $0.last ?? "") }
    }

    func set(_ part: String, _ mark: Mark) throws {
        let text = (lines + [[part, mark.rawValue]]).map { $0.joined(separator: " ") + "\n" }.joined()
        try Data(text.utf8).write(to: URL(filePath: file), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    }

    private var lines: [[String]] {
        ((try? String(contentsOfFile: file, encoding: .utf8)) ?? "").split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    }
}
