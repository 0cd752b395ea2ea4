import Mustache

/// Escapes for HTML by Unicode scalar. The library's own goes by grapheme, and lets `"` through when a combining mark follows it.
struct ScalarEscaping: MustacheContentType {
    /// What each template begins with.
    static let name = "ESCAPED"
    static let pragma = "{{% CONTENT_TYPE: \(name) }}"

    /// By byte, which is the same: what is escaped is one byte of UTF-8, and part of nothing else. Most texts have nothing to escape.
    func escapeText(_ text: String) -> String {
        guard text.utf8.contains(where: { Self.entity(of: $0) != nil }) else { return text }
        var escaped: [UInt8] = []
        for byte in text.utf8 {
            if let entity = Self.entity(of: byte) { escaped += entity.utf8 } else { escaped.append(byte) }
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    private static func entity(of byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
