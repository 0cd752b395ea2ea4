/// One fault of an instrument's or a glossary's file. Lines and columns count from 1, columns in Unicode scalars.
public struct InstrumentFault: Hashable, Sendable, CustomStringConvertible {
    public let line, column: Int
    /// Such as "dimensions[2].items[0].statement.en", counted from 0; empty for the file as a whole.
    public let path: String
    public let reason: Reason

    /// What a value in a file is, whatever its notation.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case nothing, truth, number, wholeNumber, date, text, list, mapping
    }

    public enum Reason: Hashable, Sendable {
        // The file as a whole
        case empty
        case tooLarge(bytes: Int)
        /// In the words of the parser.
        case notYAML(String)
        case notJSON(JSONProblem)
        case alias
        /// So many faults more, which are not told.
        case more(Int)
        // Its shape
        case wrongKind(expected: Kind, found: Kind)
        /// Text that its notation takes for something else.
        case needsQuotes(found: Kind)
        case missing, unknownKey, repeatedKey
        case count(expected: ClosedRange<Int>, found: Int)
        // A value
        case emptyText, unusableCharacter
        case tooLong(limit: Int, found: Int)
        case outOfRange(Int, ClosedRange<Int>)
        case notAKey(String)
        case usedAbove(String)
        case notInGlossary(String)
        case notExpected(expected: String, found: String)
        // A crosswalk
        case notEarlier(Int, than: Int)
        case itemLeftOut(String), noSuchItem(String), noSuchLink(String)
        case brokenWasSomething, wasMissing
        case noSuchVersion(Int), notPublished(Int), notInVersion(String, Int)
    }

    /// What is not JSON (RFC 8259) where reading stopped.
    public enum JSONProblem: String, Hashable, Sendable, CaseIterable {
        case noValue, noName, noColon, noCommaOrBrace, noCommaOrBracket, openText, rawControl, badEscape, halfPair, badNumber, tooDeep, afterEnd
    }

    public var description: String {
        "\(line):\(column): \(path.isEmpty ? "" : path + ": ")\(text.en)"
    }
}

/// Everything that is wrong with a file, from its top to its bottom: never empty.
public struct InstrumentFaults: Error, Hashable, Sendable, CustomStringConvertible {
    public let faults: [InstrumentFault]

    /// Enough to work on at a time; how many there are beyond is told in one fault more.
    public static let most = 200

    init(_ found: [InstrumentFault]) {
        let sorted = found.sorted { ($0.line, $0.column, $0.path) < ($1.line, $1.column, $1.path) }
        guard sorted.count > Self.most else {
            faults = sorted
            return
        }
        let next = sorted[Self.most]
        faults = sorted.prefix(Self.most) + [
            InstrumentFault(line: next.line, column: next.column, path: "", reason: .more(sorted.count - Self.most))
        ]
    }

    /// Of the file as a whole.
    init(_ reason: InstrumentFault.Reason, line: Int = 1, column: Int = 1) {
        faults = [InstrumentFault(line: line, column: column, path: "", reason: reason)]
    }

    public var description: String { faults.map(\.description).joined(separator: "\n") }
}
