import Synchronization

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

    /// Never all zeros. It names, it guards nothing: so the numbers are mixed from a count, without asking the system for each.
    private static func random(_ digits: Int) -> String {
        String(unsafeUninitializedCapacity: digits) { text in
            for start in stride(from: 0, to: digits, by: 16) {
                var rest = number()
                for place in (start..<start + 16).reversed() {
                    text[place] = hexDigits[Int(rest & 15)]
                    rest >>= 4
                }
            }
            return digits
        }
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)
    private static let count = Atomic<UInt64>(.random(in: 0...UInt64.max))

    /// The next of SplitMix64 (Steele, Lea & Flood 2014), which comes round to 0 once in 2⁶⁴: then the next but one.
    private static func number() -> UInt64 {
        var mixed = count.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return mixed == 0 ? number() : mixed
    }
}
