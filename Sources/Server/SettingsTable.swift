/// A name that the person who runs the service may set.
public struct Setting: Sendable {
    /// As in the table of docs/operating.md: `base-url` is `NYTTOGRAD_BASE_URL` in the environment and in the settings file.
    public let name: String
    /// Empty where nothing is set unless it is asked for.
    public let `default`: String
    public let meaning: String
    public let example: String
    /// Never printed, and not accepted from a file that others may read.
    public let isSecret: Bool

    init(_ name: String, default: String = "", _ meaning: String, example: String, isSecret: Bool = false) {
        self.name = name
        self.default = `default`
        self.meaning = meaning
        self.example = example
        self.isSecret = isSecret
    }

    public var variable: String { Settings.prefix + name.uppercased().replacing("-", with: "_") }
}

extension Settings {
    static let prefix = "NYTTOGRAD_"

    /// Every setting there is. docs/operating.md shows this table, and a test keeps the two in step.
    public static let all: [Setting] = [
        Setting("settings", "A file with more settings, `NYTTOGRAD_NAME=value` a line; the environment wins over it.", example: "/etc/nyttograd/settings"),
        Setting("listen", default: "127.0.0.1:8080", "Address and port that the server listens on; port 0 takes a free one.", example: "0.0.0.0:8080"),
        Setting("base-url", "What people type to come here; links in mails begin with it. https, or plain http on loopback. Not set: http and the listening address.", example: "https://nyttograd.example"),
        Setting("data", default: ".nyttograd", "The folder of what the server keeps: the embedded database, mail as files, the key of the links.", example: "/var/lib/nyttograd"),
        Setting("database", "How the server connects to a PostgreSQL of yours (libpq's key=value), as a login without rights of its own. Not set: the embedded database.", example: "host=/run/postgresql dbname=nyttograd user=nyttograd_app"),
        Setting("owner-database", "How `nyttograd migrate` connects to a PostgreSQL of yours: as the owner of the database.", example: "host=/run/postgresql dbname=nyttograd user=nyttograd_owner"),
        Setting("mail", default: "files", "`files` writes mail to the folder `mail` in the data folder; `smtp://host:port` sends it.", example: "smtp://mail.example:587"),
        Setting("mail-from", default: "Nyttograd <nyttograd@localhost>", "The sender of mail.", example: "Nyttograd <nyttograd@kommun.example>"),
        Setting("mail-user", "The user at the mail server.", example: "nyttograd"),
        Setting("mail-password", "That user's password.", example: "…", isSecret: true),
        Setting("mail-tls", default: "starttls", "`starttls`: a plain connection that must become encrypted. `tls`: encrypted from the start. `plain`: never encrypted, to this machine only.", example: "tls"),
        Setting("mail-ca-file", "Certificates to trust for the mail server, in place of the system's.", example: "/etc/ssl/kommun-ca.pem"),
        Setting("link-keys", "The key that signs links, at least 32 characters; two with a comma between while you change it: the first signs, both are accepted. Not set: the file `link.key` in the data folder, made at the first start.", example: "…", isSecret: true),
        Setting("log-level", default: "info", "`debug`, `info`, `notice`, `warning`, `error` or `critical`: nothing below it is logged.", example: "warning"),
        Setting("language", default: "sv", "The language for those who have not chosen one: `sv` or `en`.", example: "en"),
        Setting("database-reads", default: "2", "Connections that reading requests share.", example: "4"),
        Setting("database-writes", default: "16", "Connections that writing requests share; each commits once per flush of the disk.", example: "32"),
        Setting("database-threads", default: "4", "Connections for the few requests whose steps depend on answers.", example: "8"),
        Setting("database-queue", default: "4096", "Requests that may wait for one connection; more are answered 503.", example: "1024"),
    ]
}

extension Settings {
    /// The table as docs/operating.md has it.
    public static var markdownTable: String {
        let rows = all.map { setting in
            "| `\(setting.variable)` | \(setting.default.isEmpty ? "" : "`\(setting.default)`") | \(setting.meaning) | \(setting.isSecret ? "secret" : "`\(setting.example)`") |"
        }
        return (["| name | default | meaning | example |", "|---|---|---|---|"] + rows).joined(separator: "\n")
    }
}
