/// A JSON value as we write them: whole numbers only, because figures are strings that no reader can round.
public enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    /// Within ±(2⁵³ - 1), so that every reader has the same number (RFC 7493).
    case integer(Int)
    case string(String)
    case array([JSON])
    /// The names are distinct as UTF-16; their order means nothing in the canonical form.
    case object([Member])
    /// A value in its canonical form already: what is the same in many documents is written once. It is written, and neither read nor
    /// compared: it equals no other spelling of the value.
    case canonical([UInt8])

    public struct Member: Hashable, Sendable {
        public let name: String
        public let value: JSON
        public init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// The canonical form (RFC 8785): no white space, names sorted by UTF-16 code units, one way to write each string.
    /// Text is kept as it is spelled: é in one code point and é in two are two texts, though Swift calls them equal.
    public var canonicalBytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2_048)  // most answers of the API are shorter
        write(to: &bytes)
        return bytes
    }

    public var canonicalText: String { String(decoding: canonicalBytes, as: UTF8.self) }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map(Member.init)) }
}

// MARK: - RFC 8785

extension JSON {
    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value):
            precondition(value.magnitude < 1 << 53, "every reader can hold the number")
            bytes += String(value).utf8
        case .string(let text): JSON.write(text, to: &bytes)
        case .canonical(let written): bytes += written
        case .array(let elements): JSON.write(elements, between: ("[", "]"), to: &bytes) { $0.write(to: &$1) }
        case .object(let members):
            JSON.write(JSON.sorted(members), between: ("{", "}"), to: &bytes) { member, bytes in
                JSON.write(member.name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes)
            }
        }
    }

    private static func sorted(_ members: [Member]) -> [Member] {
        let areInOrder = zip(members, members.dropFirst()).allSatisfy { precedes($0.name, $1.name) }
        return areInOrder ? members : members.sorted { precedes($0.name, $1.name) }
    }

    /// By UTF-16 code units. Below U+E000, whose UTF-8 begins with 0xEE, UTF-8 has the same order and is what strings are kept as.
    private static func precedes(_ a: String, _ b: String) -> Bool {
        a.utf8.allSatisfy { $0 < 0xEE } && b.utf8.allSatisfy { $0 < 0xEE }
            ? a.utf8.lexicographicallyPrecedes(b.utf8) : a.utf16.lexicographicallyPrecedes(b.utf16)
    }

    private static func write<T>(
        _ elements: [T], between marks: (open: Unicode.Scalar, close: Unicode.Scalar), to bytes: inout [UInt8], _ writeOne: (T, inout [UInt8]) -> Void
    ) {
        bytes.append(UInt8(ascii: marks.open))
        for (place, element) in elements.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            writeOne(element, &bytes)
        }
        bytes.append(UInt8(ascii: marks.close))
    }

    /// Escaped is only what must be: the two marks and the control characters, those with a short form in it.
    private static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        if isPlain { bytes += text.utf8 } else { writeEscaped(text, to: &bytes) }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func writeEscaped(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes += #"\""#.utf8
            case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
            case 0x08: bytes += #"\b"#.utf8
            case 0x09: bytes += #"\t"#.utf8
            case 0x0A: bytes += #"\n"#.utf8
            case 0x0C: bytes += #"\f"#.utf8
            case 0x0D: bytes += #"\r"#.utf8
            case 0..<0x20:
                bytes += #"\u00"#.utf8
                bytes += [byte >> 4, byte & 15].map { $0 < 10 ? UInt8(ascii: "0") + $0 : UInt8(ascii: "a") + $0 - 10 }
            default: bytes.append(byte)
            }
        }
    }
}
