/// What a request asks for: a canonical path, and its query as sent.
///
/// One resource has one path. Another spelling of it (`//`, a slash at the end, `.`, a letter or slash percent-encoded) is not found, so that no
/// check is passed by spelling; what cannot be a path at all is malformed.
struct Target: Sendable, Equatable {
    let path: String
    let rawQuery: String?

    init(_ raw: String) throws(Problem) {
        guard raw.utf8.count <= Target.longest else { throw .targetTooLong }
        guard raw.utf8.first == UInt8(ascii: "/"), raw.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !raw.utf8.contains(UInt8(ascii: "#")) else {
            throw .malformedTarget
        }
        let mark = raw.utf8.firstIndex(of: UInt8(ascii: "?"))
        let path = raw[..<(mark ?? raw.endIndex)]
        if path.utf8.contains(UInt8(ascii: "%")) {
            guard let decoded = PercentEncoding.decode(path), !decoded.utf8.contains(0) else { throw .malformedTarget }
            throw .notFound
        }
        let segments = path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard path == "/" || !segments.contains(where: Target.isDots) else { throw .notFound }
        self.path = String(path)
        rawQuery = mark.map { String(raw[raw.utf8.index(after: $0)...]) }
    }

    /// Empty, `.` or `..`.
    private static func isDots(_ segment: Substring.UTF8View) -> Bool {
        segment.count <= 2 && segment.allSatisfy { $0 == UInt8(ascii: ".") }
    }

    private static let longest = 4096
}

/// Percent-encoding (RFC 3986), and the form of it that HTML forms use.
enum PercentEncoding {
    /// nil if a `%` is not followed by two hexadecimal digits, or the bytes are not UTF-8.
    static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else { return nil }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Everything but the unreserved characters of RFC 3986.
    static func encode(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            if scalar.properties.isAlphabetic && byte < 0x80 || ("0"..."9").contains(scalar) || "-._~".unicodeScalars.contains(scalar) {
                encoded.unicodeScalars.append(scalar)
            } else {
                encoded += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }

    /// The pairs of `a=1&b=2`, in order. nil if one of them is malformed.
    static func pairs(_ text: some StringProtocol) -> [(name: String, value: String)]? {
        guard !text.isEmpty else { return [] }
        var pairs: [(String, String)] = []
        // By scalar: a combining mark does not hide a `&`.
        for pair in String(text).unicodeScalars.split(separator: "&", omittingEmptySubsequences: true) {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(Substring.init)
            guard let name = decode(halves[0], plusIsSpace: true), let value = decode(halves.count == 2 ? halves[1] : "", plusIsSpace: true) else {
                return nil
            }
            pairs.append((name, value))
        }
        return pairs
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
