/// Any text as lines of printable ASCII: bodies (RFC 2045 §6.7) and headers (RFC 2047).
enum QuotedPrintable {
    /// The body with CRLF after each line, no line longer than 76 characters, ending in CRLF. Line ends of any kind are taken as line ends.
    static func body(_ text: String) -> String {
        var out = ""
        for line in lines(of: text) { out += encodeLine(line) + "\r\n" }
        return out
    }

    /// One or more encoded words of at most 75 characters, folded onto lines of their own; no character is split between two.
    /// `used`: how much of the first line is taken.
    static func header(_ text: String, used: Int) -> String {
        let open = "=?utf-8?Q?", close = "?="
        var words: [String] = []
        var word = "", room = 75 - used - open.count - close.count
        for scalar in text.unicodeScalars {
            let piece = String(scalar).utf8.map(headerByte).joined()
            if word.count + piece.count > room {
                words.append(word)
                (word, room) = ("", 75 - 1 - open.count - close.count)
            }
            word += piece
        }
        return (words + [word]).filter { !$0.isEmpty }.map { open + $0 + close }.joined(separator: "\r\n ")
    }

    private static func lines(of text: String) -> [[UInt8]] {
        // By bytes: "\r\n" is one Character in Swift.
        var lines: [[UInt8]] = [[]]
        var afterCR = false
        for byte in text.utf8 {
            switch byte {
            case 0x0a where afterCR: break
            case 0x0a, 0x0d: lines.append([])
            default: lines[lines.count - 1].append(byte)
            }
            afterCR = byte == 0x0d
        }
        if lines.count > 1, lines.last == [] { lines.removeLast() }
        return lines
    }

    private static func encodeLine(_ line: [UInt8]) -> String {
        var out = "", length = 0
        for (i, byte) in line.enumerated() {
            let piece = bodyByte(byte, first: i == 0, last: i == line.count - 1)
            let limit = i == line.count - 1 ? 76 : 75   // room for the "=" of a soft line break
            if length + piece.count > limit {
                out += "=\r\n"
                length = 0
            }
            out += piece
            length += piece.count
        }
        return out
    }

    private static func bodyByte(_ byte: UInt8, first: Bool, last: Bool) -> String {
        switch byte {
        // Relays may cut blanks at the end of a line, and a line of one dot ends a mail in SMTP.
        case 0x20, 0x09: last ? escaped(byte) : plain(byte)
        case UInt8(ascii: "."): first ? escaped(byte) : plain(byte)
        case UInt8(ascii: "="): escaped(byte)
        case 0x21...0x7e: plain(byte)
        default: escaped(byte)
        }
    }

    /// The characters that RFC 2047 §5 (3) allows in a word within a phrase, hence anywhere.
    private static func headerByte(_ byte: UInt8) -> String {
        switch byte {
        case 0x20: "_"
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): plain(byte)
        case UInt8(ascii: "!"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "/"): plain(byte)
        default: escaped(byte)
        }
    }

    private static func plain(_ byte: UInt8) -> String { String(Unicode.Scalar(byte)) }
    private static func escaped(_ byte: UInt8) -> String { "=" + Hex.encode([byte]).uppercased() }
}
