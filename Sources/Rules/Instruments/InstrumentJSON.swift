/// A file in JSON (RFC 8259, and nothing more) as a tree of nodes that know their line, which a name given twice does not end.
struct InstrumentJSON {
    private let scalars: [Unicode.Scalar]
    private var place = 0, line = 1, column = 1, depth = 0

    /// No instrument needs more.
    private static let deepest = 16

    static func read(_ text: String) throws(InstrumentFaults) -> InstrumentNode {
        var reader = InstrumentJSON(scalars: Array(text.unicodeScalars.drop { $0 == "\u{FEFF}" }))
        let root = try reader.value()
        reader.skipSpace()
        guard reader.next == nil else { throw reader.fault(.afterEnd) }
        return root
    }

    private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    // MARK: Values

    private mutating func value() throws(InstrumentFaults) -> InstrumentNode {
        skipSpace()
        let (line, column) = (line, column)
        let content: InstrumentNode.Content = switch next {
        case "{": .mapping(try fields())
        case "[": .list(try elements())
        case "\"": .scalar(.text, try text())
        case "-", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9": .scalar(.number, try number())
        default: try word()
        }
        return InstrumentNode(line: line, column: column, content: content)
    }

    private mutating func fields() throws(InstrumentFaults) -> [InstrumentNode.Field] {
        var fields: [InstrumentNode.Field] = []
        try enter()
        defer { depth -= 1 }
        if skip("}") { return [] }
        repeat {
            skipSpace()
            let (line, column) = (line, column)
            guard next == "\"" else { throw fault(.noName) }
            let name = try text()
            guard skip(":") else { throw fault(.noColon) }
            fields.append(.init(name: name, line: line, column: column, value: try value()))
        } while skip(",")
        guard skip("}") else { throw fault(.noCommaOrBrace) }
        return fields
    }

    private mutating func elements() throws(InstrumentFaults) -> [InstrumentNode] {
        var elements: [InstrumentNode] = []
        try enter()
        defer { depth -= 1 }
        if skip("]") { return [] }
        repeat { elements.append(try value()) } while skip(",")
        guard skip("]") else { throw fault(.noCommaOrBracket) }
        return elements
    }

    private mutating func enter() throws(InstrumentFaults) {
        guard depth < Self.deepest else { throw fault(.tooDeep) }
        depth += 1
        step()
    }

    private mutating func word() throws(InstrumentFaults) -> InstrumentNode.Content {
        let words: [(String, InstrumentFault.Kind)] = [("true", .truth), ("false", .truth), ("null", .nothing)]
        for (word, kind) in words where scalars[place...].starts(with: word.unicodeScalars) {
            for _ in word.unicodeScalars { step() }
            return .scalar(kind, word)
        }
        throw fault(.noValue)
    }

    private mutating func number() throws(InstrumentFaults) -> String {
        var text = "", end = self
        while let scalar = end.next, "+-.eE0123456789".unicodeScalars.contains(scalar) {
            text.unicodeScalars.append(scalar)
            end.step()
        }
        guard text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil else { throw fault(.badNumber) }
        self = end
        return text
    }

    // MARK: Text

    private mutating func text() throws(InstrumentFaults) -> String {
        let opening = self
        var text = String.UnicodeScalarView()
        step()
        while let scalar = next {
            switch scalar {
            case "\"":
                step()
                return String(text)
            case "\\": text.append(try escaped())
            case "\0"..."\u{1F}": throw fault(.rawControl)
            default:
                text.append(scalar)
                step()
            }
        }
        throw opening.fault(.openText)
    }

    private mutating func escaped() throws(InstrumentFaults) -> Unicode.Scalar {
        let start = self
        step()
        guard let mark = next else { throw start.fault(.badEscape) }
        step()
        switch mark {
        case "\"", "\\", "/": return mark
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u": break
        default: throw start.fault(.badEscape)
        }
        guard let first = hex4() else { throw start.fault(.badEscape) }
        if let scalar = Unicode.Scalar(first) { return scalar }
        // The first half of a pair must be followed by the second (RFC 8259 §7).
        guard first < 0xDC00, skipExactly("\\"), skipExactly("u"), let second = hex4(), (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw start.fault(.halfPair) }
        return scalar
    }

    private mutating func hex4() -> UInt32? {
        var number: UInt32 = 0
        for _ in 0..<4 {
            guard let scalar = next, scalar.isASCII, let digit = Character(scalar).hexDigitValue else { return nil }
            number = number << 4 + UInt32(digit)
            step()
        }
        return number
    }

    // MARK: Scalars

    private var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    /// Past the next scalar. A line ends as it does in YAML.
    private mutating func step() {
        let isBreak = switch scalars[place] {
        case "\r": place + 1 == scalars.count || scalars[place + 1] != "\n"
        case "\n", "\u{85}", "\u{2028}", "\u{2029}": true
        default: false
        }
        place += 1
        (line, column) = isBreak ? (line + 1, 1) : (line, column + 1)
    }

    private mutating func skipSpace() {
        while let scalar = next, scalar == " " || scalar == "\n" || scalar == "\r" || scalar == "\t" { step() }
    }

    /// Past white space and `mark`, if it is next.
    private mutating func skip(_ mark: Unicode.Scalar) -> Bool {
        skipSpace()
        return skipExactly(mark)
    }

    private mutating func skipExactly(_ mark: Unicode.Scalar) -> Bool {
        guard next == mark else { return false }
        step()
        return true
    }

    private func fault(_ problem: InstrumentFault.JSONProblem) -> InstrumentFaults {
        InstrumentFaults(.notJSON(problem), line: line, column: column)
    }
}
