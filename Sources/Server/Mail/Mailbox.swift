/// Where a mail goes or comes from: `name <local@domain>`. Only what every server takes: ASCII (no SMTPUTF8, no IDN in its own script; an IDN
/// domain is written xn--…), a dotted local part without quotes, and a domain name.
struct Mailbox: Discreet, Hashable, Sendable {
    enum Refusal: Error, Equatable { case notASCII, form, controlCharacter }

    let address: String
    /// Shown to people; any script. nil: the address alone.
    let name: String?

    init(_ address: String, name: String? = nil) throws(Refusal) {
        guard address.utf8.allSatisfy({ $0 < 0x80 }) else { throw .notASCII }
        guard Self.isPlain(Array(address.utf8)) else { throw .form }
        guard !(name ?? "").unicodeScalars.contains(where: \.isControl) else { throw .controlCharacter }
        self.address = address
        self.name = name
    }

    /// RFC 5321 §4.5.3.1: local part at most 64, the whole at most 254 (a path of 256 less its brackets).
    private static func isPlain(_ address: [UInt8]) -> Bool {
        guard let at = address.lastIndex(of: UInt8(ascii: "@")), address.count <= 254 else { return false }
        let local = address[..<at], domain = address[(at + 1)...]
        return (1...64).contains(local.count)
            && local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty && $0.allSatisfy(isAtom) }
            && domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy(isLabel)
    }

    private static func isAtom(_ byte: UInt8) -> Bool { isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte) }

    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        let hyphen = UInt8(ascii: "-")
        return (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen && label.allSatisfy { isLetterOrDigit($0) || $0 == hyphen }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }
}

extension Unicode.Scalar {
    /// Characters that would end a line, or hide in one: C0, DEL, C1, and Unicode's line and paragraph separators.
    var isControl: Bool { properties.generalCategory == .control || self == "\u{2028}" || self == "\u{2029}" }
}
