import Rules

/// `Content-Type` and `Accept` (RFC 9110 §8.3, §12.5.1), as far as a server that speaks one type each needs them.
enum MediaTypes {
    /// Whether a body of this `Content-Type` is `type` in UTF-8. A missing header says nothing, so it is no.
    static func isUTF8(_ header: String?, _ type: String) -> Bool {
        guard let header else { return false }
        if header == type { return true }  // what most programs send
        let (essence, parameters) = parse(header)
        guard essence == type else { return false }
        return parameters.allSatisfy { $0.name != "charset" || ["utf-8", "\"utf-8\""].contains($0.value) }
    }

    /// Whether one of `types` may be given to a client that accepts `header`. No header, or an empty one, accepts everything.
    static func accepts(_ header: String?, anyOf types: [String]) -> Bool {
        guard let header, header != "*/*", header.utf8.contains(where: { $0 != UInt8(ascii: " ") }) else { return true }
        if types.contains(header) { return true }  // what most programs send
        return types.contains { accepts(header, $0) }
    }

    /// Which of `types` a client would rather have that accepts `header`; of equals the first.
    static func preferred(_ header: String?, of types: [String]) -> String {
        guard let header, let first = types.first else { return types.first ?? "" }
        return types.dropFirst().reduce(first) { weight(header, of: $1) > weight(header, of: $0) ? $1 : $0 }
    }

    private static func accepts(_ header: String, _ type: String) -> Bool { weight(header, of: type) > 0 }

    /// The most specific range that matches decides, by its q.
    private static func weight(_ header: String, of type: String) -> Double {
        let main = type.prefix { $0 != "/" } + "/*"
        var best = (rank: 0, q: 0.0)
        for range in header.split(separator: ",") {
            let (essence, parameters) = parse(range)
            let rank = essence == type ? 3 : essence == main ? 2 : essence == "*/*" ? 1 : 0
            let q = parameters.first { $0.name == "q" }.flatMap { Double($0.value) } ?? 1
            if rank > best.rank || (rank == best.rank && rank > 0 && q > best.q) { best = (rank, q) }
        }
        return best.q
    }

    private static func parse(_ header: some StringProtocol) -> (essence: String, parameters: [(name: String, value: String)]) {
        let parts = header.lowercased().split(separator: ";").map(\.trimmingSpaces)
        let parameters = parts.dropFirst().compactMap { part -> (String, String)? in
            let halves = part.split(separator: "=", maxSplits: 1)
            return halves.count == 2 ? (String(halves[0]), String(halves[1])) : nil
        }
        return (parts.first ?? "", parameters)
    }
}
