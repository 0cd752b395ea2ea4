import Yams

/// A file as a tree of nodes that know their line.
struct InstrumentYAML {
    let root: Node
    /// Masked keys, by what they were masked as: see `init`.
    let maskedKeys: [String: String]

    /// Enough for an instrument of every size allowed; a larger file is a mistake.
    static let mostBytes = 1_000_000
    /// Each masked key costs a parse.
    private static let mostMaskedKeys: UInt32 = 100

    /// Yams gives up at the first mapping that names a key twice, and we want every fault. So the first of the two is masked in the text, by a
    /// private character in place of its first one, which keeps every line and column true, and the text is parsed again.
    init(_ yaml: String) throws(InstrumentFaults) {
        guard yaml.utf8.count <= Self.mostBytes else { throw InstrumentFaults("longer than \(Self.mostBytes) bytes", line: 1, column: 1) }
        var text = yaml
        var masked: [String: String] = [:]
        while true {
            do {
                guard let root = try compose(yaml: text) else { throw InstrumentFaults("the file is empty", line: 1, column: 1) }
                (self.root, maskedKeys) = (root, masked)
                return
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                let again = InstrumentFaults("\(keys[0]): given more than once", line: context.mark.line, column: context.mark.column)
                let mask = Unicode.Scalar(0xE000 + UInt32(masked.count))
                guard let mask, masked.count < Self.mostMaskedKeys, let key = text.mask(keys[0], at: context.mark, by: mask) else { throw again }
                masked[key] = keys[0]
            } catch {
                throw (error as? InstrumentFaults) ?? InstrumentFaults(syntax: error, in: yaml)
            }
        }
    }
}

extension String {
    /// Puts `mask` in place of the first character of the key that stands at `mark`, and returns what the key is called then.
    fileprivate mutating func mask(_ key: String, at mark: Mark, by mask: Unicode.Scalar) -> String? {
        var scalars = Array(unicodeScalars)
        var start = 0
        for _ in 1..<mark.line {
            guard let end = scalars[start...].firstIndex(of: "\n") else { return nil }
            start = end + 1
        }
        start += mark.column - 1
        if start < scalars.count, "\"'".unicodeScalars.contains(scalars[start]) { start += 1 }
        let name = Array(key.unicodeScalars)
        guard let first = name.first, start < scalars.count, scalars[start] == first else { return nil }   // written in some other way: escapes, tags
        scalars[start] = mask
        unicodeScalars = UnicodeScalarView(scalars)
        return String(UnicodeScalarView([mask] + name.dropFirst()))
    }
}

extension InstrumentFaults {
    fileprivate init(_ message: String, line: Int, column: Int) {
        self.init(faults: [InstrumentFault(line: line, column: column, path: "", message: message)])
    }

    /// What the parser says about text that is not YAML.
    fileprivate init(syntax error: any Error, in yaml: String) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            self.init("not YAML: \(problem)", line: mark.line, column: mark.column)
        case .reader(let problem, let offset, _, _):
            let lines = yaml.prefix(offset ?? 0).split(separator: "\n", omittingEmptySubsequences: false)
            self.init("not YAML: \(problem)", line: max(lines.count, 1), column: (lines.last?.unicodeScalars.count ?? 0) + 1)
        default:
            self.init("not YAML: \(error)", line: 1, column: 1)
        }
    }
}
