import Rules

/// Reads JSON (RFC 8259) as strictly as RFC 7493 asks, and more: no name twice, no broken UTF-8, no lone surrogate, no NUL, no fractions or exponents
/// (no field of ours takes one), nothing deeper than 16, nothing after the value. What it refuses it names by pointer.
struct JSONReader {
    /// Where reading stopped, as a JSON pointer, and why.
    struct Fault: Error, Equatable {
        let pointer: String
        let message: FieldMessage
    }

    private let bytes: [UInt8]
    private var place = 0
    private var path: [String] = []
    private var depth = 0

    static let deepest = 16

    static func read(_ bytes: [UInt8]) throws(Fault) -> JSON {
        var reader = JSONReader(bytes: bytes)
        let value = try reader.value()
        reader.skipSpace()
        guard reader.place == bytes.count else { throw reader.fault(.init(sv: "Det står något efter slutet.", en: "Something follows the end.")) }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    // MARK: Values

    private mutating func value() throws(Fault) -> JSON {
        skipSpace()
        guard let first = peek else { throw malformed }
        switch first {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try integer()
        default: throw malformed
        }
    }

    private mutating func object() throws(Fault) -> JSON {
        var members: [JSON.Member] = []
        // By code units: é in one code point and é in two are two names.
        var names: Set<[UInt8]> = []
        try enter("{")
        guard !leave("}") else { return .object([]) }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw malformed }
            let name = try string()
            path.append(name)
            guard names.insert(Array(name.utf8)).inserted else { throw fault(.repeated) }
            try expect(":")
            members.append(.init(name, try value()))
            path.removeLast()
        } while skip(",")
        guard leave("}") else { throw malformed }
        return .object(members)
    }

    private mutating func array() throws(Fault) -> JSON {
        var elements: [JSON] = []
        try enter("[")
        guard !leave("]") else { return .array([]) }
        repeat {
            path.append(String(elements.count))
            elements.append(try value())
            path.removeLast()
        } while skip(",")
        guard leave("]") else { throw malformed }
        return .array(elements)
    }

    private mutating func enter(_ mark: Unicode.Scalar) throws(Fault) {
        try expect(mark)
        depth += 1
        guard depth <= JSONReader.deepest else { throw fault(.init(sv: "Är för djupt.", en: "Is nested too deep.")) }
    }

    private mutating func leave(_ mark: Unicode.Scalar) -> Bool {
        guard skip(mark) else { return false }
        depth -= 1
        return true
    }

    private mutating func word(_ word: String, _ value: JSON) throws(Fault) -> JSON {
        guard bytes[place...].starts(with: word.utf8) else { throw malformed }
        place += word.utf8.count
        return value
    }

    private mutating func integer() throws(Fault) -> JSON {
        let start = place
        while let byte = peek, "+-.eE0123456789".utf8.contains(byte) { place += 1 }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        let digits = text.utf8.drop { $0 == UInt8(ascii: "-") }
        guard let first = digits.first, first != UInt8(ascii: "0") || digits.count == 1, let number = Int(text), number.magnitude < 1 << 53 else {
            throw fault(.notInteger)
        }
        return .integer(number)
    }

    // MARK: Strings

    private mutating func string() throws(Fault) -> String {
        place += 1
        var text: [UInt8] = []
        while let byte = peek {
            place += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw fault(.init(sv: "Är inte UTF-8.", en: "Is not UTF-8.")) }
                return string
            case UInt8(ascii: "\\"): text += String(try escaped()).utf8
            case 0..<0x20: throw malformed
            default: text.append(byte)
            }
        }
        throw malformed
    }

    private mutating func escaped() throws(Fault) -> Unicode.Scalar {
        guard let byte = peek else { throw malformed }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try codePoint()
        default: throw malformed
        }
    }

    private mutating func codePoint() throws(Fault) -> Unicode.Scalar {
        let first = try hex4()
        if first == 0 { throw fault(.controlCharacter) }
        if let scalar = Unicode.Scalar(first) { return scalar }
        // The first half of a pair must be followed by the second (RFC 8259 §7).
        guard (0xD800...0xDBFF).contains(first), skipExactly("\\u") else { throw malformed }
        let second = try hex4()
        guard (0xDC00...0xDFFF).contains(second), let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) else { throw malformed }
        return scalar
    }

    private mutating func hex4() throws(Fault) -> UInt32 {
        guard place + 4 <= bytes.count else { throw malformed }
        let digits = bytes[place..<place + 4]
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }), let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16) else {
            throw malformed
        }
        place += 4
        return number
    }

    // MARK: Bytes

    private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipSpace() {
        while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
    }

    /// Past white space and `mark`, if it is next.
    private mutating func skip(_ mark: Unicode.Scalar) -> Bool {
        skipSpace()
        guard peek == UInt8(ascii: mark) else { return false }
        place += 1
        return true
    }

    private mutating func skipExactly(_ text: String) -> Bool {
        guard bytes[place...].starts(with: text.utf8) else { return false }
        place += text.utf8.count
        return true
    }

    private mutating func expect(_ mark: Unicode.Scalar) throws(Fault) {
        guard skip(mark) else { throw malformed }
    }

    private var malformed: Fault { fault(.init(sv: "Är inte korrekt JSON.", en: "Is not well-formed JSON (byte \(place)).")) }

    private func fault(_ message: FieldMessage) -> Fault {
        Fault(pointer: path.map { "/" + JSONPointer.escape($0) }.joined(), message: message)
    }
}

/// JSON pointers (RFC 6901).
enum JSONPointer {
    /// One name as a part of a pointer.
    static func escape(_ name: String) -> String {
        guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return name }
        return name.unicodeScalars.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined()
    }
}
