import Logging
import Rules

/// How this server is to run, as its operator has said. Read once, at the start.
public struct Settings: Sendable {
    public let listen: ListenAddress
    /// Nil is plain http on the address where the server listens.
    public let baseURL: BaseURL?
    /// The data folder's path; `DataFolder` makes it.
    public let data: String
    /// How the server connects (libpq); nil is the embedded database.
    public let database: Secret?
    /// How `migrate` connects to the same database.
    public let ownerDatabase: Secret?
    let mail: MailRoute
    let mailFrom: Mailbox
    /// Nil is the key file in the data folder.
    let linkKeys: LinkKeys?
    public let logLevel: Logger.Level
    public let language: Language
    public let databaseReads: Int
    public let databaseWrites: Int
    public let databaseThreads: Int
    public let databaseQueue: Int

    public var isEmbedded: Bool { database == nil }

    public var writesMailToFiles: Bool {
        if case .files = mail { true } else { false }
    }

    /// Whether mail lies in files beside a database of our own: then its links can be read, and offered to who starts the server.
    public var hasReadableMail: Bool { isEmbedded && writesMailToFiles }

    /// - Parameter environment: of the process, which may name a settings file.
    /// - Throws: `SettingsRefused` with every mistake at once.
    public init(environment: [String: String]) throws(SettingsRefused) {
        var source = SettingsSource(environment: environment)
        listen = source.value("listen", ListenAddress.init) ?? ListenAddress(host: "127.0.0.1", port: 0)
        baseURL = source.value("base-url", BaseURL.init)
        data = source.text("data") ?? ""
        database = source.text("database").map(Secret.init)
        ownerDatabase = source.text("owner-database").map(Secret.init)
        mail = Self.mail(&source, greetingFrom: baseURL)
        let sender = source.value("mail-from", Mailbox.init(setting:))
        linkKeys = source.value("link-keys") { text throws(Malformed) in
            do throws(LinkKeys.Refusal) { return try LinkKeys(setting: text) } catch { throw Malformed(error.description) }
        }
        logLevel = source.choice("log-level", Self.logLevels) ?? .info
        language = source.choice("language", Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0.rawValue, $0) })) ?? .sv
        databaseReads = source.number("database-reads", in: 1...64)
        databaseWrites = source.number("database-writes", in: 1...128)
        databaseThreads = source.number("database-threads", in: 1...64)
        databaseQueue = source.number("database-queue", in: 1...100_000)
        Self.checkTogether(&source, listen, baseURL, isEmbedded: database == nil, hasOwner: ownerDatabase != nil, connections: databaseReads + databaseWrites + databaseThreads)
        guard source.problems.isEmpty, let sender else { throw SettingsRefused(problems: source.problems) }
        mailFrom = sender
    }

    private static let logLevels: [String: Logger.Level] = [
        "debug": .debug, "info": .info, "notice": .notice, "warning": .warning, "error": .error, "critical": .critical,
    ]

    private static func mail(_ source: inout SettingsSource, greetingFrom baseURL: BaseURL?) -> MailRoute {
        let user = source.text("mail-user")
        let password = source.text("mail-password")
        let security = source.choice("mail-tls", Dictionary(uniqueKeysWithValues: SMTPSettings.Security.allCases.map { ($0.rawValue, $0) }))
        let authorities = source.text("mail-ca-file")
        if (user == nil) != (password == nil) { source.refuse(user == nil ? "mail-user" : "mail-password", "is missing: user and password belong together") }
        guard let security, case .some(.some(let server)) = source.value("mail", MailServer.read) else { return .files }
        do throws(SMTPSettings.Refusal) {
            return .smtp(
                try SMTPSettings(
                    host: server.host, port: server.port, security: security, login: user.flatMap { user in password.map { (user, $0) } },
                    caFile: authorities, helo: baseURL?.host ?? "localhost"))
        } catch {
            source.refuse(error == .plainBeyondLoopback ? "mail-tls" : "mail", error.description)
            return .files
        }
    }

    /// What each setting alone cannot tell.
    private static func checkTogether(
        _ source: inout SettingsSource, _ listen: ListenAddress, _ baseURL: BaseURL?, isEmbedded: Bool, hasOwner: Bool, connections: Int
    ) {
        if let baseURL, !baseURL.isSecure, !baseURL.isLoopback {
            source.refuse("base-url", "is plain http, which shows sign-in links and answers to everyone on the way: only a loopback address may be http")
        } else if let baseURL, !baseURL.isSecure, !listen.isLoopback {
            source.refuse("listen", "lets others in by plain http: listen on loopback, or set NYTTOGRAD_BASE_URL to the https address in front of it")
        } else if baseURL == nil, !listen.isLoopback {
            source.refuse("base-url", "is not set, and the server listens beyond this machine: set the https address that people come by")
        }
        if hasOwner, isEmbedded {
            source.refuse("owner-database", "is set without NYTTOGRAD_DATABASE: the embedded database has an owner of its own")
        }
        // The embedded database takes 200 connections, and some are the operator's.
        if isEmbedded, connections > 180 {
            source.refuse("database-writes", "with database-reads and database-threads is more than the 180 connections of the embedded database")
        }
    }
}
