/// The line of a file that a fault is about, and the place in it: enough to see what is meant, also where a whole file stands in one line.
public struct InstrumentExcerpt: Hashable, Sendable {
    /// What stands before the place; cut, if it is long, with an ellipsis.
    public let before: String
    /// What stands at the place; empty at the end of a line.
    public let at: String
    public let after: String

    /// Of a long line, what is kept on each side.
    private static let most = 60

    init(line: Substring, column: Int) {
        let scalars = Array(line.unicodeScalars), place = min(column - 1, scalars.count)
        let text = { (part: ArraySlice<Unicode.Scalar>) in String(String.UnicodeScalarView(part)) }
        let before = scalars[..<place], rest = scalars[place...]
        self.before = (before.count > Self.most ? "…" : "") + text(before.suffix(Self.most))
        at = text(rest.prefix(1))
        after = text(rest.dropFirst().prefix(Self.most)) + (rest.count > Self.most + 1 ? "…" : "")
    }
}

extension InstrumentFaults {
    /// For each fault the place in `text`, which the faults are of.
    public func excerpts(of text: String) -> [InstrumentExcerpt] {
        // Readers do not count the mark that a file may begin with.
        let lines = text.trimmingPrefix("\u{FEFF}").split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return faults.map { InstrumentExcerpt(line: $0.line <= lines.count ? lines[$0.line - 1] : "", column: $0.column) }
    }
}
