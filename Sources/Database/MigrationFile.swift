import FoundationEssentials

/// A file of SQL, whole.
struct SQLFile {
    /// With its ending: `0001_begin.sql`.
    let name: String
    let text: String

    /// All `.sql` files of a folder, in the order of their names' bytes.
    static func all(in folder: String) throws -> [SQLFile] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".sql") && !$0.hasPrefix(".") }
        return try names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { name in
            guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)"), let text = String(bytes: bytes, encoding: .utf8) else {
                throw MigrationFault(name, .unreadable)
            }
            return SQLFile(name: name, text: text)
        }
    }

    /// Adds the file's name to whatever goes wrong.
    func naming(_ work: () throws -> Void) throws {
        do { try work() } catch { throw MigrationFault(name, .failed(error)) }
    }
}

/// A file `NNNN_name.sql`.
struct MigrationFile {
    let number: Int
    let sql: SQLFile

    static func all(in folder: String) throws -> [MigrationFile] {
        var files: [MigrationFile] = []
        for sql in try SQLFile.all(in: folder) {
            let digits = sql.name.prefix(4)
            guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits), sql.name.dropFirst(4).first == "_" else {
                throw MigrationFault(sql.name, .badName)
            }
            if let twin = files.last, twin.number == number { throw MigrationFault(sql.name, .sameNumber(as: twin.sql.name)) }
            files.append(MigrationFile(number: number, sql: sql))
        }
        return files
    }
}

/// Why the migrator stopped, and at which file.
public struct MigrationFault: Error, CustomStringConvertible {
    public enum Reason: Sendable {
        /// Applied, but no longer in the folder.
        case missing
        /// Applied, but its text is another one now.
        case changed
        case renamed(from: String)
        /// Not applied, though one with a higher number is.
        case reordered(before: String)
        case sameNumber(as: String)
        /// Not `NNNN_name.sql`.
        case badName
        /// Not to be read, or not UTF-8.
        case unreadable
        case failed(any Error)
    }

    public let file: String
    public let reason: Reason

    init(_ file: String, _ reason: Reason) {
        self.file = file
        self.reason = reason
    }

    public var description: String {
        switch reason {
        case .missing: "\(file): has been applied, but is missing"
        case .changed: "\(file): has been changed since it was applied"
        case .renamed(let old): "\(file): was applied as \(old)"
        case .reordered(let later): "\(file): is new, but \(later) has been applied already"
        case .sameNumber(let twin): "\(file): has the number of \(twin)"
        case .badName: "\(file): is not named NNNN_name.sql"
        case .unreadable: "\(file): cannot be read as UTF-8"
        case .failed(let error): "\(file): \(error)"
        }
    }
}
