import Yams

/// A file in YAML as a tree of nodes.
enum InstrumentYAML {
    /// Yams gives up at the first mapping that names a key twice, and we want every fault. So the first of the two is masked in the text, by a
    /// private character in place of its first one, which keeps every line and column true, and the text is parsed again.
    static func read(_ yaml: String) throws(InstrumentFaults) -> InstrumentNode {
        var text = withoutAliases(yaml)
        var masked: [String: String] = [:]
        while true {
            do {
                guard let root = try compose(yaml: text) else { throw InstrumentFaults(.empty) }
                return InstrumentNode(root, masked)
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                let again = InstrumentFaults([
                    InstrumentFault(line: context.mark.line, column: context.mark.column, path: keys[0], reason: .repeatedKey)
                ])
                let mask = Unicode.Scalar(0xE000 + UInt32(masked.count)), mayGoOn = masked.count < min(mostMaskedKeys, mostParsedBytes / text.utf8.count)
                guard let mask, mayGoOn, let key = text.mask(keys[0], at: context.mark, by: mask) else { throw again }
                masked[key] = keys[0]
            } catch {
                throw (error as? InstrumentFaults) ?? InstrumentFaults(syntax: error, in: yaml)
            }
        }
    }

    /// Each masked key costs a parse.
    private static let mostMaskedKeys = 100, mostParsedBytes = 20_000_000

    /// A few aliases of aliases unfold to more than any memory holds, and Yams unfolds them. So where there may be some, the letter after each star is
    /// masked: the parser stops at an alias, and text gets its letter back.
    private static func withoutAliases(_ yaml: String) -> String {
        guard yaml.utf8.contains(UInt8(ascii: "&")), yaml.utf8.contains(UInt8(ascii: "*")) else { return yaml }
        return yaml.afterStars { $0.isInAlias ? Unicode.Scalar(aliasMask + $0.value) : nil }
    }

    fileprivate static func withAliases(_ text: String) -> String {
        text.afterStars { (aliasMask..<aliasMask + 128).contains($0.value) ? Unicode.Scalar($0.value - aliasMask) : nil }
    }

    private static let aliasMask: UInt32 = 0xE200
}

extension InstrumentNode {
    fileprivate init(_ node: Node, _ masked: [String: String]) {
        (line, column) = (node.mark?.line ?? 1, node.mark?.column ?? 1)   // a parsed node always has its mark
        content = switch node {
        case .mapping(let mapping): .mapping(mapping.map { Field($0.key, $0.value, masked) })
        case .sequence(let sequence): .list(sequence.map { InstrumentNode($0, masked) })
        case .scalar(let scalar): .scalar(InstrumentFault.Kind(node.tag), InstrumentYAML.withAliases(scalar.string))
        case .alias: .scalar(.nothing, "")   // none is left after parsing
        }
    }
}

extension InstrumentNode.Field {
    fileprivate init(_ key: Node, _ value: Node, _ masked: [String: String]) {
        let written = key.scalar?.string ?? "?"
        self.init(
            name: masked[written] ?? InstrumentYAML.withAliases(written), line: key.mark?.line ?? 1, column: key.mark?.column ?? 1,
            value: InstrumentNode(value, masked))
    }
}

extension InstrumentFault.Kind {
    fileprivate init(_ tag: Tag) {
        self = switch Tag.Name(rawValue: tag.rawValue) {
        case .null: .nothing
        case .bool: .truth
        case .int, .float: .number
        case .timestamp: .date
        default: .text
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isInAlias: Bool { isASCII && (properties.isAlphabetic || ("0"..."9").contains(self) || self == "-" || self == "_") }
}

extension String {
    /// With the scalar after each star as `change` has it, if it has.
    fileprivate func afterStars(_ change: (Unicode.Scalar) -> Unicode.Scalar?) -> String {
        var result = UnicodeScalarView(), isAfterStar = false
        for scalar in unicodeScalars {
            result.append(isAfterStar ? change(scalar) ?? scalar : scalar)
            isAfterStar = scalar == "*"
        }
        return String(result)
    }

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
    /// What the parser says about text that is not YAML.
    fileprivate init(syntax error: any Error, in yaml: String) {
        switch error as? YamlError {
        case .scanner(let context?, _, _, _) where context.text == "while scanning an alias":
            self.init(.alias, line: context.mark.line, column: context.mark.column)
        case .composer(_, "found undefined alias", let mark, _):
            self.init(.alias, line: mark.line, column: mark.column)
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            self.init(.notYAML(problem), line: mark.line, column: mark.column)
        case .reader(let problem, let offset, _, _):
            let lines = yaml.prefix(offset ?? 0).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            self.init(.notYAML(problem), line: lines.count, column: (lines.last?.unicodeScalars.count ?? 0) + 1)
        default:
            self.init(.notYAML("\(error)"))
        }
    }
}
