extension Instrument {
    /// The instrument as a file, in the one way that we write it: what is read from it is the same instrument, and is written as the same bytes.
    public func file(_ format: InstrumentFormat) -> String {
        switch format {
        case .yaml: content.yaml
        case .json: content.indented
        }
    }

    private var content: JSON {
        .object(crosswalks.isEmpty ? members : members + [.init("crosswalks", .array(crosswalks.map { $0.json(items, broken: nil) }))])
    }
}

// MARK: - Text

/// Files that people read: members in the order given, lists of simple values in one line.
extension JSON {
    fileprivate var indented: String {
        var text = ""
        writeJSON(to: &text, "\n")
        return text + "\n"
    }

    /// - Parameter newLine: a line break and the indentation of the lines of this value.
    private func writeJSON(to text: inout String, _ newLine: String) {
        let deeper = newLine + "  "
        switch self {
        case .object(let members):
            for (place, member) in members.enumerated() {
                text += (place == 0 ? "{" : ",") + deeper + JSON.string(member.name).canonicalText + ": "
                member.value.writeJSON(to: &text, deeper)
            }
            text += newLine + "}"
        case .array(let elements) where !isInOneLine:
            for (place, element) in elements.enumerated() {
                text += (place == 0 ? "[" : ",") + deeper
                element.writeJSON(to: &text, deeper)
            }
            text += newLine + "]"
        default: text += inOneLine
        }
    }

    fileprivate var yaml: String {
        var text = ""
        writeYAML(to: &text, "\n")
        return text.dropFirst() + "\n"
    }

    /// Text stands in quotes, in which YAML means what JSON means; if it has line breaks, as a block of lines.
    private func writeYAML(to text: inout String, _ newLine: String) {
        let deeper = newLine + "  "
        switch self {
        case .object(let members):
            for member in members {
                text += newLine + member.name + ":"
                member.value.writeYAML(to: &text, deeper)
            }
        case .array(let elements) where !isInOneLine:
            for element in elements {
                // The first member stands beside the hyphen.
                var lines = ""
                element.writeYAML(to: &lines, deeper)
                text += newLine + "- " + lines.dropFirst(deeper.count)
            }
        case .string(let lines) where lines.utf8.contains(UInt8(ascii: "\n")):
            text += " |-"
            for line in lines.split(separator: "\n", omittingEmptySubsequences: false) { text += line.isEmpty ? "\n" : newLine + line }
        default: text += " " + inOneLine
        }
    }

    private var isInOneLine: Bool {
        switch self {
        case .object: false
        case .array(let elements): elements.allSatisfy { if case .object = $0 { false } else { true } }
        default: true
        }
    }

    private var inOneLine: String {
        guard case .array(let elements) = self else { return canonicalText }
        return "[" + elements.map(\.canonicalText).joined(separator: ", ") + "]"
    }
}
