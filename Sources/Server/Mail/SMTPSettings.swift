import Foundation

/// The mail server, and how we speak to it.
struct SMTPSettings: Discreet, Sendable {
    enum Security: String, Sendable, CaseIterable {
        /// Begins in the clear, and goes on only under TLS (RFC 3207); port 587.
        case startTLS = "starttls"
        /// Under TLS from the first byte (RFC 8314); port 465.
        case tls
        /// In the clear, to this machine only.
        case plain
    }

    enum Refusal: Error, Equatable, CustomStringConvertible {
        case host, port, plainBeyondLoopback, noLibcurl

        var description: String {
            switch self {
            case .host: "the mail server's or this service's host name is malformed"
            case .port: "the mail server's port is not between 1 and 65535"
            case .plainBeyondLoopback: "mail without TLS goes to this machine only (localhost, 127.0.0.1, ::1): links and passwords travel with it"
            case .noLibcurl: "libcurl cannot start"
            }
        }
    }

    let url: String
    let security: Security
    let login: (user: String, password: String)?
    /// PEM file of the authorities to trust; nil: the system's.
    let caFile: String?
    /// Milliseconds. `connect` bounds everything up to and with the login, as measured: also a server that accepts and says nothing.
    let timeouts: (connect: Int, total: Int)

    /// `helo`: the host of the service's own address, with which we greet the server.
    init(
        host: String, port: Int, security: Security, login: (user: String, password: String)?, caFile: String?, helo: String,
        timeouts: (connect: Int, total: Int) = (5_000, 8_000)
    ) throws(Refusal) {
        var ignored = in6_addr()
        let isIPv6 = inet_pton(AF_INET6, host, &ignored) == 1
        guard isIPv6 || Self.isHostName(host), Self.isHostName(helo) else { throw .host }
        guard (1...65535).contains(port) else { throw .port }
        guard security != .plain || ["localhost", "127.0.0.1", "::1"].contains(host) else { throw .plainBeyondLoopback }
        // The path of an SMTP address is what libcurl says in EHLO.
        url = "\(security == .tls ? "smtps" : "smtp")://\(isIPv6 ? "[\(host)]" : host):\(port)/\(helo)"
        (self.security, self.login, self.caFile, self.timeouts) = (security, login, caFile, timeouts)
    }

    private static func isHostName(_ text: String) -> Bool { (try? Mailbox("x@\(text)")) != nil }
}
