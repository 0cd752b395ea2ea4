/// A node with the path to it, such as "levels[0].name".
struct InstrumentPlace {
    let node: InstrumentNode
    let path: String
}

/// Reads node after node and notes every fault on its way.
///
/// What is faulty yields a placeholder ("" or 0) that nobody sees, because one fault fails the whole reading. A place that is nil was noted
/// as missing before, and yields its placeholder in silence.
struct InstrumentReader {
    private var faults: [InstrumentFault] = []

    /// Reads a whole file, in YAML or JSON, by `body`.
    static func read<Whole>(_ text: String, _ body: (inout InstrumentReader, InstrumentPlace) -> Whole) throws(InstrumentFaults) -> Whole {
        var reader = InstrumentReader()
        let whole = body(&reader, InstrumentPlace(node: try InstrumentFormat.tree(of: text), path: ""))
        guard reader.faults.isEmpty else { throw InstrumentFaults(reader.faults) }
        return whole
    }

    private init() {}

    mutating func note(_ reason: InstrumentFault.Reason, at place: InstrumentPlace) {
        note(reason, place.path, line: place.node.line, column: place.node.column)
    }

    private mutating func note(_ reason: InstrumentFault.Reason, _ path: String, line: Int, column: Int) {
        faults.append(InstrumentFault(line: line, column: column, path: path, reason: reason))
    }

    /// The fields of a mapping that must have exactly those names, and may have the optional ones.
    mutating func fields(of place: InstrumentPlace?, _ names: String..., optional: [String] = []) -> [String: InstrumentPlace] {
        guard let place else { return [:] }
        guard case .mapping(let given) = place.node.content else {
            note(.wrongKind(expected: .mapping, found: place.node.kind), at: place)
            return [:]
        }
        var fields: [String: InstrumentPlace] = [:]
        for field in given {
            let path = place.path(to: field.name)
            if !names.contains(field.name), !optional.contains(field.name) {
                note(.unknownKey, path, line: field.line, column: field.column)
            } else if fields[field.name] != nil {
                note(.repeatedKey, path, line: field.line, column: field.column)
            } else {
                fields[field.name] = InstrumentPlace(node: field.value, path: path)
            }
        }
        for name in names where fields[name] == nil { note(.missing, at: InstrumentPlace(node: place.node, path: place.path(to: name))) }
        return fields
    }

    /// The elements of a list; those beyond the highest count are not read.
    mutating func elements(of place: InstrumentPlace?, _ count: ClosedRange<Int>) -> [InstrumentPlace] {
        guard let place else { return [] }
        guard case .list(let elements) = place.node.content else {
            note(.wrongKind(expected: .list, found: place.node.kind), at: place)
            return []
        }
        if !count.contains(elements.count) { note(.count(expected: count, found: elements.count), at: place) }
        return elements.prefix(count.upperBound).enumerated().map { InstrumentPlace(node: $1, path: "\(place.path)[\($0)]") }
    }

    /// Text without the white space around it, of at most so many characters (code points, so that none is heavier than it looks).
    mutating func text(_ place: InstrumentPlace?, atMost most: Int) -> String {
        guard let place else { return "" }
        guard place.node.kind == .text, let written = place.node.written else {
            let found = place.node.kind
            note([.nothing, .list, .mapping].contains(found) ? .wrongKind(expected: .text, found: found) : .needsQuotes(found: found), at: place)
            return ""
        }
        let text = written.trimmingSpaces
        if text.isEmpty { note(.emptyText, at: place) }
        let length = text.unicodeScalars.count
        if length > most { note(.tooLong(limit: most, found: length), at: place) }
        if text.unicodeScalars.contains(where: \.isUnusable) { note(.unusableCharacter, at: place) }
        return text
    }

    mutating func text2(_ place: InstrumentPlace?, atMost most: Int) -> Text2 {
        let languages = fields(of: place, "sv", "en")
        return Text2(sv: text(languages["sv"], atMost: most), en: text(languages["en"], atMost: most))
    }

    mutating func number(_ place: InstrumentPlace?, in range: ClosedRange<Int>) -> Int {
        guard let place else { return 0 }
        guard place.node.kind == .number, let number = place.node.written.flatMap({ Int($0) }) else {
            note(.wrongKind(expected: .wholeNumber, found: place.node.kind), at: place)
            return 0
        }
        if !range.contains(number) { note(.outOfRange(number, range), at: place) }
        return number
    }

    /// A short name in lower-case letters, digits, hyphens and dots that none in `taken` has.
    mutating func key(_ place: InstrumentPlace?, notIn taken: inout Set<String>) -> String {
        let key = text(place, atMost: 40)
        guard let place, !key.isEmpty else { return "" }
        if key.wholeMatch(of: /[a-z][a-z0-9]*([-.][a-z0-9]+)*/) == nil { note(.notAKey(key), at: place) }
        claim(key, at: place, in: &taken)
        return key
    }

    /// Notes a word that another place has taken.
    mutating func claim(_ word: String, at place: InstrumentPlace?, in taken: inout Set<String>) {
        guard let place, !word.isEmpty else { return }
        if !taken.insert(word.lowercased()).inserted { note(.usedAbove(word), at: place) }
    }
}

extension InstrumentPlace {
    fileprivate func path(to name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}

extension Unicode.Scalar {
    /// Controls but the line break, other separators of lines, and the marks that turn the direction of what follows them, so that a text would say
    /// other than it shows.
    fileprivate var isUnusable: Bool {
        switch value {
        case 0x0A: false
        case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }
}
