import Rules

/// Where the server listens.
public struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
    public let host: String
    /// 0 is a free port that the system chooses.
    public let port: Int

    /// From `host:port`; an IPv6 address stands in brackets.
    init(_ text: String) throws(Malformed) {
        guard let (host, port) = Host.split(text), let port else { throw Malformed("is not host:port, as in 127.0.0.1:8080") }
        self.init(host: host, port: port)
    }

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    var isLoopback: Bool { Host.isLoopback(host) }
    public var description: String { Host.isIPv6(host) ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// What people type to come here: scheme, host and port, no path.
public struct BaseURL: Sendable, Equatable, CustomStringConvertible {
    /// Without a slash at the end.
    public let description: String
    public let isSecure: Bool
    /// The machine's name alone.
    let host: String

    var isLoopback: Bool { Host.isLoopback(host) }

    init(_ text: String) throws(Malformed) {
        let text = (text.hasSuffix("/") ? String(text.dropLast()) : text).lowercased()
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { throw Malformed("does not begin with https:// or http://") }
        guard let (host, _) = Host.split(String(text.dropFirst(scheme.count))) else {
            throw Malformed("is not a scheme, a host and perhaps a port, as in https://nyttograd.example")
        }
        description = text
        isSecure = scheme == "https://"
        self.host = host
    }

    /// Plain http on the address where the server listens.
    public init(_ address: ListenAddress) {
        description = "http://\(address)"
        isSecure = false
        host = address.host
    }
}

/// How mail leaves.
enum MailRoute: Sendable {
    /// As `.eml` files in the data folder's `mail`.
    case files
    case smtp(SMTPSettings)
}

/// A mail server's address.
struct MailServer {
    let host: String
    let port: Int

    /// - Returns: nil for `files`.
    static func read(_ text: String) throws(Malformed) -> MailServer? {
        if text == "files" { return nil }
        guard text.hasPrefix("smtp://"), let (host, port) = Host.split(String(text.dropFirst("smtp://".count))), let port, port > 0 else {
            throw Malformed("is neither files nor smtp://host:port")
        }
        return MailServer(host: host, port: port)
    }
}

extension Mailbox {
    /// From `Name <local@domain>`, or the address alone.
    init(setting text: String) throws(Malformed) {
        let parts = text.split(separator: "<", maxSplits: 1, omittingEmptySubsequences: false)
        do throws(Refusal) {
            if parts.count == 1 {
                try self.init(text)
            } else {
                let name = parts[0].trimmingSpaces
                try self.init(String(parts[1].hasSuffix(">") ? parts[1].dropLast() : ""), name: name.isEmpty ? nil : name)
            }
        } catch {
            throw Malformed("is not a sender as in Nyttograd <nyttograd@kommun.example>")
        }
    }
}

/// A text that no log line or error message shows.
public struct Secret: Sendable, Discreet {
    public let clear: String
    public var description: String { "Secret" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The part of an address that names a machine.
private enum Host {
    /// `host`, `host:port`, `[v6]`, `[v6]:port`; nil for anything else, such as a path or a user.
    static func split(_ text: String) -> (host: String, port: Int?)? {
        var rest = text[...]
        let host: Substring
        if rest.first == "[" {
            guard let close = rest.firstIndex(of: "]") else { return nil }
            host = rest[rest.index(after: rest.startIndex)..<close]
            guard isIPv6(host), host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else { return nil }
            rest = rest[rest.index(after: close)...]
        } else {
            host = rest.prefix { $0 != ":" }
            guard !host.isEmpty, host.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") }) else { return nil }
            rest = rest[host.endIndex...]
        }
        guard let colon = rest.first else { return (String(host), nil) }
        let digits = rest.dropFirst()
        guard colon == ":", digits.count <= 5, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let port = Int(digits), port <= 65_535 else { return nil }
        return (String(host), port)
    }

    static func isIPv6(_ host: some StringProtocol) -> Bool { host.contains(":") }

    static func isLoopback(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return host == "localhost" || host == "::1" || (parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil })
    }
}
