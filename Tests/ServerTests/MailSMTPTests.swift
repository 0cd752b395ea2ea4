import Foundation
import Rules
import Testing

@testable import Server

/// SMTP against a real server, aiosmtpd (Tests/outside/smtp_server.py). `deploy/test` makes `.venv` with it, or NYTTOGRAD_TEST_PYTHON names a
/// Python that has it; without either these tests are skipped, and say so.
@Suite(.enabled(if: MailServer.python != nil, "no .venv with aiosmtpd: run deploy/test once"))
struct MailSMTPTests {
    @Test func aMailIsDeliveredOnceUnderTLSAfterLogin() async throws {
        let mail = try message(
            subject: "Nulägesbild av nyttorealisering i Örebros förvaltningar – åtta röster, en bild 🌿", body: body,
            to: Mailbox("eva@lillby.example", name: "Åsa Ek"))
        try await MailServer.run("starttls") { server throws in
            #expect(try await server.room(.startTLS, password: "hemligt").send(mail) == .sent)
            let taken = try #require(try server.taken.first)
            #expect(try server.taken.count == 1)
            #expect(taken.tls && taken.login && taken.helo == "nyttograd.example")
            #expect(taken.envelopeFrom == "no-reply@nyttograd.example" && taken.envelopeTo == ["eva@lillby.example"])
            #expect(taken.headers["Message-ID"] == mail.messageID)
            #expect(taken.headers["Subject"] == mail.subject)
            #expect(taken.headers["To"] == "Åsa Ek <eva@lillby.example>")
            #expect(taken.headers["Auto-Submitted"] == "auto-generated")
            #expect(taken.headers["Date"] == "Mon, 23 Nov 2026 19:54:13 +0000")
            #expect(taken.body.replacing("\r\n", with: "\n") == body)
            #expect(taken.defects == [] && taken.bareLineEnds == 0 && taken.longestLine <= 76)
        }
    }

    @Test func tlsFromTheFirstByteWorksToo() async throws {
        try await MailServer.run("tls") { server throws in
            #expect(try await server.room(.tls, password: "hemligt").send(message()) == .sent)
            #expect(try server.taken.map(\.tls) == [true])
        }
    }

    @Test func manyAtOnceAllArrive() async throws {
        try await MailServer.run("plain") { server throws in
            let room = try server.room(.plain)
            let mails = try (0..<20).map { _ in try message(job: .random()) }
            let outcomes = await withTaskGroup(of: MailOutcome.self) { group in
                for mail in mails { group.addTask { await room.send(mail) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.allSatisfy { $0 == .sent })
            #expect(try Set(server.taken.compactMap { $0.headers["Message-ID"] }) == Set(mails.map(\.messageID)))
        }
    }

    @Test func aWrongPasswordIsForGoodAndOurs() async throws {
        try await MailServer.run("starttls") { server throws in
            let outcome = try await server.room(.startTLS, password: "fel").send(message())
            #expect(outcome == .refusedForGood(code: 535))
            #expect(outcome.isOfOurAccount)
            #expect(try server.taken.isEmpty)
        }
    }

    @Test func aWrongAddressIsForGoodAndABusyServerIsNot() async throws {
        try await MailServer.run("plain") { server throws in
            let room = try server.room(.plain)
            let nobody = try await room.send(message(to: Mailbox("nobody@lillby.example")))
            #expect(nobody == .refusedForGood(code: 550))
            #expect(!nobody.isOfOurAccount)
            #expect(try await room.send(message(to: Mailbox("unwanted@lillby.example"))) == .refusedForGood(code: 554))
            let later = try await room.send(message(to: Mailbox("later@lillby.example")))
            #expect(later.triesAgain, "\(later)")
            #expect(!"\(later)".contains("lillby"))
        }
    }

    /// A server whose certificate we do not trust, or that offers no TLS, gets nothing, and the mail waits for the operator to mend it.
    @Test func withoutTrustNothingIsSent() async throws {
        try await MailServer.run("starttls") { server throws in
            #expect(try await server.room(.startTLS, password: "hemligt", trusted: false).send(message()).triesAgain)
            #expect(try server.taken.isEmpty)
        }
        try await MailServer.run("plain") { server throws in
            #expect(try await server.room(.startTLS).send(message()).triesAgain)
            #expect(try server.taken.isEmpty)
        }
    }

    @Test func aServerThatWantsALoginKeepsTheMailForTheOperator() async throws {
        try await MailServer.run("starttls") { server throws in
            let outcome = try await server.room(.startTLS).send(message())
            #expect(outcome == .refusedForGood(code: 530))
            #expect(outcome.isOfOurAccount)
        }
    }

    @Test func whenNobodyListensItIsTriedAgain() async throws {
        let port = try await MailServer.run("plain") { $0.port }
        let room = try SMTP(SMTPSettings(host: "127.0.0.1", port: port, security: .plain, login: nil, caFile: nil, helo: "nyttograd.example"))
        #expect(try await room.send(message()).triesAgain)
    }

    /// One that accepts and says nothing ends with the first timeout, one that takes the mail and says nothing with the second.
    @Test(arguments: [("silent", 0.9...10), ("stuck", 1.9...10)])
    func aServerThatHangsIsLeftInTime(_ mode: String, _ seconds: ClosedRange<Double>) async throws {
        try await MailServer.run(mode) { server throws in
            let room = try server.room(.plain, timeouts: (1_000, 2_000))
            let start = ContinuousClock.now
            #expect(try await room.send(message()).triesAgain)
            #expect(seconds.contains((ContinuousClock.now - start) / .seconds(1)))
        }
    }

    /// Once the mail is taken it is sent, whatever becomes of the goodbye.
    @Test func aServerThatDoesNotSayGoodbyeHasTheMail() async throws {
        try await MailServer.run("rude") { server throws in
            let room = try server.room(.plain, timeouts: (1_000, 2_000))
            let start = ContinuousClock.now
            #expect(try await room.send(message()) == .sent)
            #expect(ContinuousClock.now - start < .seconds(10))
            #expect(try server.taken.count == 1)
        }
    }

    /// Long lines, lines of dots, all line ends, what quoted-printable must escape.
    private let body = """
        Hej Åsa!

        .
        ..och en rad som börjar med två punkter
        From en rad som börjar så = inte ett huvud
        \(String(repeating: "En mycket lång svensk rad om nyttorealisering på förvaltningarna; ", count: 30))
        https://nyttograd.example/l/\(String(repeating: "Ab0_-", count: 14))
        slut med blanksteg \t
        .

        """
}

extension MailOutcome {
    fileprivate var triesAgain: Bool { if case .tryAgain = self { true } else { false } }
}

/// The Python server as a child process, ended with the test.
private struct MailServer {
    struct Taken: Decodable {
        let tls: Bool, login: Bool, helo: String, envelopeFrom: String, envelopeTo: [String], headers: [String: String], body: String
        let defects: [String], longestLine: Int, bareLineEnds: Int
    }
    private struct Ready: Decodable { let port: Int, ca: String? }

    let port: Int
    private let ca: String?, folder: String

    /// What has arrived, in order.
    var taken: [Taken] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }.sorted { $0.count == $1.count ? $0 < $1 : $0.count < $1.count }
                .map { try JSONDecoder().decode(Taken.self, from: Data(contentsOf: URL(filePath: "\(folder)/\($0)"))) }
        }
    }

    func room(_ security: SMTPSettings.Security, password: String? = nil, trusted: Bool = true, timeouts: (Int, Int) = (5_000, 8_000)) throws -> SMTP {
        try SMTP(SMTPSettings(
            host: "127.0.0.1", port: port, security: security, login: password.map { ("eva", $0) }, caFile: trusted ? ca : nil, helo: "nyttograd.example", timeouts: timeouts))
    }

    static func run<R>(_ mode: String, _ body: (MailServer) async throws -> R) async throws -> R {
        let folder = FileManager.default.temporaryDirectory.path + "/ng-smtp-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let server = Process(), input = Pipe(), output = Pipe()
        server.executableURL = URL(filePath: try #require(python))
        server.arguments = [root + "/Tests/outside/smtp_server.py", mode, folder]
        (server.standardInput, server.standardOutput) = (input, output)
        try server.run()
        // It ends when its input does; the signal is for the one that hangs on purpose.
        defer { input.fileHandleForWriting.closeFile(); server.terminate(); server.waitUntilExit() }
        let ready = try JSONDecoder().decode(Ready.self, from: output.fileHandleForReading.availableData)
        return try await body(MailServer(port: ready.port, ca: ready.ca, folder: folder))
    }

    static let python: String? = {
        if let named = ProcessInfo.processInfo.environment["NYTTOGRAD_TEST_PYTHON"] { return named }
        let own = root + "/.venv/bin/python3"
        return FileManager.default.isExecutableFile(atPath: own) ? own : nil
    }()

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
}
