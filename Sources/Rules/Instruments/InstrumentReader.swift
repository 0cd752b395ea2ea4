import Yams

/// A node with the path to it, such as "levels[0].name".
struct InstrumentPlace {
    let node: Node
    let path: String

    /// What `message` is about, as a fault. A parsed node always has its mark.
    func fault(_ message: String) -> InstrumentFault {
        InstrumentFault(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, path: path, message: message)
    }

    var kind: String {
        switch node {
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        case .scalar:
            switch Tag.Name(rawValue: node.tag.rawValue) {
            case .null: "nothing"
            case .bool: "yes or no"
            case .int, .float: "a number"
            case .timestamp: "a date"
            default: "text"
            }
        }
    }
}

/// Reads node after node and notes every fault on its way.
///
/// What is faulty yields a placeholder ("" or 0) that nobody sees, because one fault fails the whole reading. A place that is nil was noted
/// as missing before, and yields its placeholder in silence.
struct InstrumentReader {
    private var faults: [InstrumentFault] = []
    private let maskedKeys: [String: String]

    /// Reads a whole file by `body`.
    static func read<Whole>(_ yaml: String, _ body: (inout InstrumentReader, InstrumentPlace) -> Whole) throws(InstrumentFaults) -> Whole {
        let tree = try InstrumentYAML(yaml)
        var reader = InstrumentReader(maskedKeys: tree.maskedKeys)
        let whole = body(&reader, InstrumentPlace(node: tree.root, path: ""))
        guard reader.faults.isEmpty else {
            throw InstrumentFaults(faults: reader.faults.sorted { ($0.line, $0.column, $0.path) < ($1.line, $1.column, $1.path) })
        }
        return whole
    }

    private init(maskedKeys: [String: String]) {
        self.maskedKeys = maskedKeys
    }

    mutating func note(_ message: String, at place: InstrumentPlace) {
        faults.append(place.fault(message))
    }

    /// The fields of a mapping that must have exactly those names, and may have the optional ones.
    mutating func fields(of place: InstrumentPlace?, _ names: String..., optional: [String] = []) -> [String: InstrumentPlace] {
        guard let place else { return [:] }
        guard case .mapping(let mapping) = place.node else {
            note("expected a mapping, found \(place.kind)", at: place)
            return [:]
        }
        var fields: [String: InstrumentPlace] = [:]
        for (key, value) in mapping {
            let written = key.scalar?.string ?? "?"
            let name = maskedKeys[written] ?? written
            let path = place.path.isEmpty ? name : "\(place.path).\(name)"
            if !names.contains(name), !optional.contains(name) {
                note("unknown key", at: InstrumentPlace(node: key, path: path))
            } else if name != written || fields[name] != nil {
                note("given more than once", at: InstrumentPlace(node: key, path: path))
            } else {
                fields[name] = InstrumentPlace(node: value, path: path)
            }
        }
        for name in names where fields[name] == nil {
            note("missing", at: InstrumentPlace(node: place.node, path: place.path.isEmpty ? name : "\(place.path).\(name)"))
        }
        return fields
    }

    /// The elements of a list; those beyond the highest count are not read.
    mutating func elements(of place: InstrumentPlace?, _ count: ClosedRange<Int>) -> [InstrumentPlace] {
        guard let place else { return [] }
        guard case .sequence(let sequence) = place.node else {
            note("expected a list, found \(place.kind)", at: place)
            return []
        }
        if !count.contains(sequence.count) {
            let expected = count.count == 1 ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
            note("expected \(expected) elements, found \(sequence.count)", at: place)
        }
        return sequence.prefix(count.upperBound).enumerated().map { InstrumentPlace(node: $1, path: "\(place.path)[\($0)]") }
    }

    /// Text without the white space around it, of at most so many characters.
    mutating func text(_ place: InstrumentPlace?, atMost most: Int) -> String {
        guard let place else { return "" }
        guard place.kind == "text", let written = place.node.scalar?.string else {
            let hint = place.node.scalar == nil || place.kind == "nothing" ? "" : " (put quotes around it)"
            note("expected text, found \(place.kind)\(hint)", at: place)
            return ""
        }
        let text = written.trimmed
        if text.isEmpty { note("the text is empty", at: place) }
        if text.count > most { note("longer than \(most) characters (\(text.count))", at: place) }
        if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control && $0 != "\n" }) {
            note("contains a control character", at: place)
        }
        return text
    }

    mutating func text2(_ place: InstrumentPlace?, atMost most: Int) -> Text2 {
        let languages = fields(of: place, "sv", "en")
        return Text2(sv: text(languages["sv"], atMost: most), en: text(languages["en"], atMost: most))
    }

    mutating func number(_ place: InstrumentPlace?, in range: ClosedRange<Int>) -> Int {
        guard let place else { return 0 }
        guard place.kind == "a number", let number = place.node.scalar.flatMap({ Int($0.string) }) else {
            note("expected a whole number, found \(place.kind)", at: place)
            return 0
        }
        if !range.contains(number) { note("\(number) is not in \(range.lowerBound) to \(range.upperBound)", at: place) }
        return number
    }

    /// A short name in lower-case letters, digits, hyphens and dots that none in `taken` has.
    mutating func key(_ place: InstrumentPlace?, notIn taken: inout Set<String>) -> String {
        let key = text(place, atMost: 40)
        guard let place, !key.isEmpty else { return "" }
        if key.wholeMatch(of: /[a-z][a-z0-9]*([-.][a-z0-9]+)*/) == nil {
            note("\"\(key)\" is not a key: lower-case letters and digits, with single hyphens or dots between them", at: place)
        }
        claim(key, at: place, in: &taken)
        return key
    }

    /// Notes a word that another place has taken.
    mutating func claim(_ word: String, at place: InstrumentPlace?, in taken: inout Set<String>) {
        guard let place, !word.isEmpty else { return }
        if !taken.insert(word.lowercased()).inserted { note("\"\(word)\" is used above already", at: place) }
    }
}

extension String {
    fileprivate var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[first...last])
    }
}
