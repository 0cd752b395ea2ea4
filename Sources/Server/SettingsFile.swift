import Glibc
import Rules

/// A file of settings: lines `NYTTOGRAD_NAME=value`, blank lines, and comments that begin with `#`. A value may stand between double quotes.
///
/// swift-configuration's own reader of such files skips what it does not understand; here that is an error.
struct SettingsFile {
    private(set) var values: [String: String] = [:]
    private(set) var problems: [SettingProblem] = []
    /// Whether nobody but its owner may read it.
    let isPrivate: Bool

    /// - Returns: nil when there is no such file, or it may not be read.
    init?(_ path: String) {
        var status = stat()
        guard let bytes = try? Files.read(path), stat(path, &status) == 0 else { return nil }
        isPrivate = status.st_mode & 0o077 == 0
        let lines = String(decoding: bytes, as: UTF8.self).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let line = line.trimmingSpaces
            if line.isEmpty || line.hasPrefix("#") { continue }
            let halves = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(\.trimmingSpaces)
            if halves.count < 2 || !halves[0].hasPrefix(Settings.prefix) {
                // Not the line itself: it may be a secret out of place.
                problems.append(SettingProblem(variable: "\(path), line \(index + 1)", reason: "is not NYTTOGRAD_NAME=value"))
            } else if values.updateValue(halves[1].unquoted, forKey: halves[0]) != nil {
                problems.append(SettingProblem(variable: halves[0], reason: "stands twice in \(path)"))
            }
        }
    }
}

extension String {
    fileprivate var unquoted: String { count > 1 && hasPrefix("\"") && hasSuffix("\"") ? String(dropFirst().dropLast()) : self }
}
