/// A request's place in a trace (W3C Trace Context): taken from the caller, or begun here.
struct Trace: Sendable, Equatable {
    /// 32 hexadecimal digits: what a user can quote and a log line holds.
    let id: String
    /// 16 hexadecimal digits: our own part of the trace.
    let span: String
    private let flags: String

    init(continuing header: String?) {
        span = Trace.random(16)
        if let header, let (id, flags) = Trace.parse(header) {
            (self.id, self.flags) = (id, flags)
        } else {
            (id, flags) = (Trace.random(32), "00")
        }
    }

    /// To be given back, and passed on.
    var header: String { "00-\(id)-\(span)-\(flags)" }

    /// Version 00, or the beginning of a later version (section 4.2 of the recommendation). Anything malformed begins a new trace.
    private static func parse(_ header: String) -> (id: String, flags: String)? {
        let parts = header.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, parts[0].utf8.count == 2, parts[1].utf8.count == 32, parts[2].utf8.count == 16, parts[3].utf8.count == 2,
            parts.prefix(4).allSatisfy({ $0.utf8.allSatisfy(isHex) }),
            parts[0] != "ff", parts[0] != "00" || parts.count == 4,
            parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" })
        else { return nil }
        return (String(parts[1]), String(parts[3]))
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    /// Never all zeros. It names, it guards nothing.
    private static func random(_ digits: Int) -> String {
        let text = (0..<digits / 16).map { _ in
            let hex = String(UInt64.random(in: 1...UInt64.max), radix: 16)
            return String(repeating: "0", count: 16 - hex.count) + hex
        }
        return text.joined()
    }
}
