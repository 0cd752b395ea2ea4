extension Instrument {
    /// The instrument as a file, in the one way that we write it: what is read from it is the same instrument, and is written as the same bytes.
    public func file(_ format: InstrumentFormat) -> String {
        switch format {
        case .yaml: content.yaml
        case .json: content.indented
        }
    }

    /// In the order in which people read it.
    private var content: JSON {
        let all: [JSON.Member] = [
            .init("key", .string(key)), .init("version", .integer(version)), .init("source", .string(source)), .init("name", JSON(name)),
            .init("introduction", JSON(introduction)),
            .init("levels", .array(levels.map { ["name": JSON($0.name), "descriptor": JSON($0.descriptor)] })),
            .init("dimensions", .array(dimensions.map(JSON.init))),
        ]
        return .object(crosswalks.isEmpty ? all : all + [.init("crosswalks", .array(crosswalks.map { JSON($0, items) }))])
    }
}

extension JSON {
    fileprivate init(_ text: Text2) { self = ["sv": .string(text.sv), "en": .string(text.en)] }

    fileprivate init(_ dimension: Instrument.Dimension) {
        self = [
            "key": .string(dimension.key), "name": JSON(dimension.name), "description": JSON(dimension.description),
            "anchors": .array(dimension.anchors.map { JSON($0) }),
            "items": .array(dimension.items.map { item in
                [
                    "key": .string(item.key), "statement": JSON(item.statement), "clarification": JSON(item.clarification),
                    "example": JSON(item.example), "questions": .array(item.questions.map(JSON.integer)), "terms": .array(item.terms.map(JSON.string)),
                ]
            }),
        ]
    }

    /// The items in the instrument's order.
    fileprivate init(_ crosswalk: Crosswalk, _ items: [Instrument.Item]) {
        self = [
            "version": .integer(crosswalk.version),
            "items": .array(items.compactMap { item in
                crosswalk.items[item.key].map { step in
                    let link = [Member("item", .string(item.key)), Member("link", .string(step.link.rawValue))]
                    return .object(step.was.map { link + [Member("was", .string($0))] } ?? link)
                }
            }),
        ]
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
