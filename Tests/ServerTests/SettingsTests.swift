import FoundationEssentials
import Rules
import Testing

@testable import Server

/// The environment is the input; what is read and what is refused is the output.
struct SettingsTests {
    /// The variables refused, in no particular order.
    private func refused(_ environment: [String: String]) -> Set<String> {
        do {
            _ = try Settings(environment: environment)
            return []
        } catch {
            return Set(error.problems.map(\.variable))
        }
    }

    @Test func nothingSetIsEnough() throws {
        let settings = try Settings(environment: ["PATH": "/bin"])
        #expect(settings.isEmbedded)
        #expect(settings.listen == ListenAddress(host: "127.0.0.1", port: 8080))
        #expect(settings.baseURL == nil)
        #expect(settings.language == .sv)
        #expect(settings.databaseWrites == 16)
        guard case .files = settings.mail else { return #expect(Bool(false), "mail is written to files") }
    }

    @Test(arguments: Settings.all.filter { !$0.default.isEmpty })
    func everyDefaultIsAcceptedWhenSaid(_ setting: Setting) {
        #expect(refused([setting.variable: setting.default]).isEmpty)
    }

    @Test(arguments: Settings.all.filter { !["settings", "link-keys", "mail-password"].contains($0.name) })
    func everyExampleIsAcceptedInItsCompany(_ setting: Setting) {
        let company = [
            "NYTTOGRAD_BASE_URL": "https://nyttograd.example", "NYTTOGRAD_DATABASE": "host=/x", "NYTTOGRAD_MAIL_USER": "u", "NYTTOGRAD_MAIL_PASSWORD": "p",
        ]
        #expect(refused(company.merging([setting.variable: setting.example]) { $1 }).isEmpty)
    }

    @Test(arguments: ["NYTTOGRAD_LISTN", "NYTTOGRAD_", "nyttograd_listen", "Nyttograd_X"])
    func anUnknownNameIsRefused(_ name: String) {
        #expect(refused([name: "127.0.0.1:1"]) == [name])
    }

    @Test(arguments: [
        ("LISTEN", ["", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:x", ":80", "[::1:80", "a b:80", "127.0.0.1:+80"]),
        ("BASE_URL", ["x.example", "ftp://x.example", "https://", "https://x.example/path", "https://u@x.example", "https://x.example:99999", "https://x?y"]),
        ("MAIL", ["smtp", "smtp://", "smtp://x", "smtp://x:0", "smtps://x:465", "smtp://x:25/"]),
        ("MAIL_TLS", ["", "yes", "STARTTLS"]), ("LOG_LEVEL", ["", "loud"]), ("LANGUAGE", ["", "no", "SV"]),
        ("DATA", [""]), ("MAIL_FROM", ["", "Nyttograd", "a@b <c>", "<a@b", "å@b.example"]), ("LINK_KEYS", ["short", "a,b,c"]),
        ("DATABASE_READS", ["", "0", "-1", "1.0", "two", "65", "1e3"]), ("DATABASE_QUEUE", ["0", "100001"]),
    ])
    func aMalformedValueIsRefusedByName(_ name: String, _ values: [String]) {
        for value in values { #expect(refused(["NYTTOGRAD_" + name: value]) == ["NYTTOGRAD_" + name], "\(name)=\(value)") }
    }

    @Test func allMistakesAreToldAtOnce() {
        #expect(refused(["NYTTOGRAD_X": "", "NYTTOGRAD_LISTEN": "x", "NYTTOGRAD_DATABASE_READS": "x"]).count == 3)
    }

    @Test(arguments: [
        ("https://nyttograd.example", "127.0.0.1:8080", nil), ("https://nyttograd.example/", "0.0.0.0:8080", nil),
        ("http://127.0.0.1:9", "127.0.0.1:9", nil), ("http://localhost:9", "[::1]:9", nil), ("http://[::1]:9", "localhost:9", nil), ("", "127.9.9.9:1", nil),
        ("http://nyttograd.example", "127.0.0.1:8080", "NYTTOGRAD_BASE_URL"), ("http://127.0.0.1.evil.example", "127.0.0.1:1", "NYTTOGRAD_BASE_URL"),
        ("http://127.0.0.1:9", "0.0.0.0:9", "NYTTOGRAD_LISTEN"), ("", "0.0.0.0:8080", "NYTTOGRAD_BASE_URL"), ("", "[::]:8080", "NYTTOGRAD_BASE_URL"),
    ] as [(String, String, String?)])
    func plainHTTPStaysOnLoopback(_ baseURL: String, _ listen: String, _ problem: String?) {
        #expect(refused(["NYTTOGRAD_BASE_URL": baseURL, "NYTTOGRAD_LISTEN": listen]) == Set([problem].compactMap(\.self)))
    }

    @Test(arguments: [
        (["OWNER_DATABASE": "host=/x"], "OWNER_DATABASE"), (["MAIL_USER": "u"], "MAIL_PASSWORD"), (["MAIL_PASSWORD": "p"], "MAIL_USER"),
        (["MAIL": "smtp://mail.example:25", "MAIL_TLS": "plain"], "MAIL_TLS"), (["DATABASE_WRITES": "128", "DATABASE_READS": "64"], "DATABASE_WRITES"),
    ])
    func whatDoesNotGoTogetherIsRefused(_ values: [String: String], _ problem: String) {
        #expect(refused(Dictionary(uniqueKeysWithValues: values.map { ("NYTTOGRAD_" + $0, $1) })) == ["NYTTOGRAD_" + problem])
    }

    @Test func mailToAServerIsRead() throws {
        let settings = try Settings(environment: [
            "NYTTOGRAD_MAIL": "smtp://mail.example:465", "NYTTOGRAD_MAIL_TLS": "tls", "NYTTOGRAD_MAIL_USER": "u", "NYTTOGRAD_MAIL_PASSWORD": "hemligt",
        ])
        guard case .smtp(let server) = settings.mail else { return #expect(Bool(false), "mail goes to a server") }
        #expect(server.url == "smtps://mail.example:465/localhost" && server.security == .tls && server.login?.password == "hemligt")
        #expect(!"\(settings)".contains("hemligt"))
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!dumped.contains("hemligt"))
    }

    // MARK: The file

    private func withFile<R>(_ text: String, mode: Int = 0o600, _ body: (String) throws -> R) throws -> R {
        let path = FileManager.default.temporaryDirectory.path + "/settings-\(UUID().uuidString)"
        try Data(text.utf8).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return try body(path)
    }

    @Test func theFileIsReadAndTheEnvironmentWins() throws {
        let text = "# where\n\nNYTTOGRAD_DATA = /srv/a b \nNYTTOGRAD_MAIL_FROM=\"Å <a@b.example>\"\r\nNYTTOGRAD_LANGUAGE=en\nNYTTOGRAD_LINK_KEYS=a=kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\n"
        let settings = try withFile(text) { try Settings(environment: ["NYTTOGRAD_SETTINGS": $0, "NYTTOGRAD_LANGUAGE": "sv"]) }
        #expect(settings.data == "/srv/a b")
        try #expect(settings.mailFrom == Mailbox("a@b.example", name: "Å"))
        #expect(settings.linkKeys?.signing == Array("a=kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk".utf8))
        #expect(settings.language == .sv)
    }

    @Test(arguments: [
        ("NYTTOGRAD_DTA=x", "NYTTOGRAD_DTA"), ("NYTTOGRAD_LANGUAGE=xx", "NYTTOGRAD_LANGUAGE"), ("NYTTOGRAD_SETTINGS=/x", "NYTTOGRAD_SETTINGS"),
        ("NYTTOGRAD_DATA=a\nNYTTOGRAD_DATA=b", "NYTTOGRAD_DATA"),
    ])
    func aMistakeInTheFileIsRefusedByName(_ text: String, _ variable: String) throws {
        #expect(try withFile(text) { refused(["NYTTOGRAD_SETTINGS": $0]) } == [variable])
    }

    @Test(arguments: ["LANGUAGE=en", "NYTTOGRAD_DATA", "export NYTTOGRAD_DATA=x", "=x"])
    func aLineThatIsNoSettingIsRefusedByNumber(_ line: String) throws {
        try withFile("#\n" + line) { path in #expect(refused(["NYTTOGRAD_SETTINGS": path]) == ["\(path), line 2"]) }
    }

    @Test func aSecretInAFileThatOthersMayReadIsRefused() throws {
        #expect(try withFile("NYTTOGRAD_LINK_KEYS=kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", mode: 0o640) { refused(["NYTTOGRAD_SETTINGS": $0]) } == ["NYTTOGRAD_LINK_KEYS"])
    }

    @Test func aMissingFileIsRefused() {
        #expect(refused(["NYTTOGRAD_SETTINGS": "/nowhere/settings"]) == ["NYTTOGRAD_SETTINGS"])
    }

    // MARK: The table

    @Test func namesAreUniqueAndEveryRowIsFilledIn() {
        #expect(Set(Settings.all.map(\.name)).count == Settings.all.count)
        for setting in Settings.all { #expect(setting.meaning.hasSuffix(".") && !setting.example.isEmpty && !setting.meaning.contains("|"), "\(setting.name)") }
    }

    @Test func theManualShowsTheTableAsItIs() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().path + "/../../docs/operating.md"
        let manual = try String(contentsOf: URL(filePath: path), encoding: .utf8)
        #expect(manual.contains("\n\(Settings.markdownTable)\n\n"), "print it anew: nyttograd settings --markdown")
    }
}
