/// Where the service is found by those who use it, and the secret that its forms are signed with.
struct Site: Sendable {
    /// Scheme, host and perhaps port, without a slash at the end.
    let baseURL: String
    /// Whether people come by https; plain http is for loopback alone.
    let isSecure: Bool
    /// Signs the tokens of forms.
    let formKey: [UInt8]
    /// The page where members and operators sign in.
    let signInPath: String

    init(baseURL: String, formKey: [UInt8], signInPath: String = "/logga-in") {
        self.baseURL = baseURL
        isSecure = baseURL.hasPrefix("https://")
        self.formKey = formKey
        self.signInPath = signInPath
    }

    /// The absolute URL of a path.
    func url(_ path: String) -> String { baseURL + path }

    /// On https the browser itself holds the cookie to this host, this scheme and the whole path (`__Host-`).
    func cookieName(_ name: String) -> String { isSecure ? "__Host-" + name : name }

    /// The `Set-Cookie` line.
    func header(_ cookie: Cookie) -> String {
        let lifetime = cookie.lifetime.map { "; Max-Age=\($0)" } ?? ""
        return "\(cookieName(cookie.name))=\(cookie.value); Path=/; HttpOnly; SameSite=Lax\(lifetime)\(isSecure ? "; Secure" : "")"
    }
}
