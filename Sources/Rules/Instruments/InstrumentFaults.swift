/// One fault of an instrument's or a glossary's file. Lines and columns count from 1, columns in Unicode scalars.
public struct InstrumentFault: Hashable, Sendable, CustomStringConvertible {
    public let line, column: Int
    /// Such as "dimensions[2].items[0].statement.en", counted from 0; empty for the file as a whole.
    public let path: String
    public let message: String

    public var description: String {
        "\(line):\(column): \(path.isEmpty ? "" : path + ": ")\(message)"
    }
}

/// Everything that is wrong with a file, from its top to its bottom: never empty.
public struct InstrumentFaults: Error, Hashable, Sendable, CustomStringConvertible {
    public let faults: [InstrumentFault]

    public var description: String { faults.map(\.description).joined(separator: "\n") }
}
