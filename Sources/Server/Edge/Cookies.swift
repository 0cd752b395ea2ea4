/// A cookie to be set. Its name is plain here; the site adds what its scheme allows (`Site.cookieName`).
struct Cookie: Sendable, Equatable {
    let name: String
    /// ASCII letters, digits, `-`, `_` and `.`; base64url fits.
    let value: String
    /// Seconds that it lives; nil until the browser is closed, 0 removes it.
    let lifetime: Int?

    init(_ name: String, _ value: String, lifetime: Int? = nil) {
        precondition((name + value).utf8.allSatisfy(Cookie.mayHold), "a cookie of letters, digits, -, _ and .")
        (self.name, self.value, self.lifetime) = (name, value, lifetime)
    }

    static func removing(_ name: String) -> Cookie { Cookie(name, "", lifetime: 0) }

    fileprivate static func mayHold(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")].contains(byte)
        }
    }
}

/// The cookies of a request, by name as sent.
struct Cookies: Sendable, Equatable {
    private let values: [String: String]

    /// Of two with one name the first counts: browsers send the one with the longer path first, and ours all have `/`.
    init(_ headers: [String]) {
        var values: [String: String] = [:]
        for header in headers {
            for pair in header.split(separator: ";") {
                let halves = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard halves.count == 2, values[String(halves[0])] == nil, halves[1].utf8.allSatisfy(Cookie.mayHold) else { continue }
                values[String(halves[0])] = String(halves[1])
            }
        }
        self.values = values
    }

    subscript(name: String) -> String? {
        guard let value = values[name], !value.isEmpty else { return nil }
        return value
    }
}
