import Foundation
import Rules
import Testing

@testable import Server

@Suite struct MailFilesTests {
    let folder = FileManager.default.temporaryDirectory.path + "/ng-mail-" + UUID().uuidString + "/mail"

    @Test func aMailIsAFileForItsOwnerAlone() async throws {
        let mail = try message()
        #expect(try await MailFilesTests.room(folder).send(mail) == .sent)
        let name = "20261123T195413Z-0a0b0c0d-0000-4000-8000-000000000001.3.eml"
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [name])
        #expect(FileManager.default.contents(atPath: "\(folder)/\(name)").map { Array($0) } == mail.bytes)
        #expect(try mode(of: "\(folder)/\(name)") == 0o600)
        #expect(try mode(of: folder) == 0o700)
    }

    @Test func aRetryIsTheSameFile() async throws {
        let room = try MailFilesTests.room(folder)
        for _ in 0..<2 { #expect(try await room.send(message()) == .sent) }
        #expect(try await room.send(message(job: .random())) == .sent)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
    }

    @Test func aFolderThatIsGoneIsTriedAgain() async throws {
        let room = try MailFilesTests.room(folder)
        try FileManager.default.removeItem(atPath: folder)
        guard case .tryAgain(let reason) = try await room.send(message()) else { Issue.record("sent to nowhere"); return }
        #expect(reason.contains("No such file") && !reason.contains("@"))
    }

    static func room(_ folder: String) throws -> MailFiles { try MailFiles(folder: folder) }
    func mode(of path: String) throws -> Int? { try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int }
}

@Suite struct MailRetryTests {
    @Test func theWaitsGrowToADayAndThenEnd() {
        let waits = (1...8).map { MailRetry.delay(afterAttempts: $0) }
        #expect(waits == [60, 300, 1_800, 7_200, 21_600, 43_200, 86_400, nil])
        #expect(MailRetry.delay(afterAttempts: 0) == nil && MailRetry.delay(afterAttempts: .max) == nil && MailRetry.delay(afterAttempts: .min + 1) == nil)
    }
}

@Suite struct SMTPSettingsTests {
    @Test func withoutTLSOnlyThisMachineIsSpokenTo() throws {
        for host in ["localhost", "127.0.0.1", "::1"] { _ = try settings(host, .plain) }
        for host in ["mail.example", "127.0.0.1.evil.example", "10.0.0.1"] {
            #expect(throws: SMTPSettings.Refusal.plainBeyondLoopback) { try settings(host, .plain) }
        }
    }

    @Test func theAddressIsBuiltAndNothingSlipsIn() throws {
        #expect(try settings("mail.example", .startTLS).url == "smtp://mail.example:587/nyttograd.example")
        #expect(try settings("mail.example", .tls).url == "smtps://mail.example:587/nyttograd.example")
        #expect(try settings("::1", .plain).url == "smtp://[::1]:587/nyttograd.example")
        for host in ["", "a/b", "a@b", "a b", "a\r\nb", "a:b", "a?b"] { #expect(throws: SMTPSettings.Refusal.host) { try settings(host, .startTLS) } }
        #expect(throws: SMTPSettings.Refusal.port) { try settings("mail.example", .startTLS, port: 0) }
    }

    private func settings(_ host: String, _ security: SMTPSettings.Security, port: Int = 587) throws -> SMTPSettings {
        try SMTPSettings(host: host, port: port, security: security, login: nil, caFile: nil, helo: "nyttograd.example")
    }
}
