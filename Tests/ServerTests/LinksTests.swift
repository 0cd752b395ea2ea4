import Foundation
import Rules
import Testing

@testable import Server

@Suite struct LinksTests {
    let links: Links
    let seat = Link<Subject.Seat>(municipality: .random(), id: .random(), generation: 258)

    init() throws {
        links = Links(try LinkKeys(setting: String(repeating: "a", count: 32)))
    }

    @Test func aTokenSaysItsLink() {
        let token = links.token(.seat, seat)
        #expect(token.utf8.count == 67)
        #expect(token.utf8.allSatisfy { Character(UnicodeScalar($0)).isLetter || Character(UnicodeScalar($0)).isNumber || "-_".utf8.contains($0) })
        #expect(links.read(token, as: .seat) == seat)
        #expect(links.token(.seat, seat) == token)
    }

    /// The layout, so that links in people's mailboxes outlive a rewrite of this code. The mac is Python's:
    /// hmac.new(b"a" * 32, b"seat" + bytes(range(34)), "sha256").digest()[:16]
    @Test func aTokenIsLaidOutAsPromised() throws {
        let first = try #require(MunicipalityID("00010203-0405-0607-0809-0a0b0c0d0e0f")), second = try #require(SeatID("10111213-1415-1617-1819-1a1b1c1d1e1f"))
        let token = links.token(.seat, Link(municipality: first, id: second, generation: 0x2021))
        #expect(Base64URL.decode(token).map(Hex.encode) == Hex.encode(0...33) + "87dfc9d4a7e5dbd30a927cba75d87c14")
    }

    @Test func anOperatorsLinkHasNoMunicipality() {
        let link = Link<SignInLink>(municipality: nil, id: .random(), generation: 0)
        #expect(links.read(links.token(.operatorSignIn, link), as: .operatorSignIn) == link)
    }

    @Test func aLinkForOneThingOpensNoOther() {
        let link = Link<SignInLink>(municipality: .random(), id: .random(), generation: 1)
        let token = links.token(.signIn, link)
        #expect(links.read(token, as: .operatorSignIn) == nil)
        #expect(links.read(token, as: .seat) == nil)
        #expect(links.read(token, as: .registration) == nil)
    }

    @Test func everyByteCounts() throws {
        let all = try #require(Base64URL.decode(links.token(.seat, seat)))
        for i in all.indices {
            for bit in 0..<8 {
                var changed = all
                changed[i] ^= 1 << UInt8(bit)
                #expect(links.read(Base64URL.encode(changed), as: .seat) == nil)
            }
        }
    }

    @Test func onlyTheExactFormIsRead() {
        let token = links.token(.seat, seat)
        let last = token.last == "A" ? "B" : "A"
        let others = ["", "A", token + "A", token + "=", token + "\n", " " + token, String(token.dropLast()), String(token.dropLast()) + last]
        for other in others + [String(repeating: "A", count: 67), String(repeating: "é", count: 67)] {
            #expect(links.read(other, as: .seat) == nil)
        }
    }

    @Test func aFormerKeyIsReadAndANewOneSigns() throws {
        let (old, new) = (String(repeating: "o", count: 40), String(repeating: "n", count: 40))
        let before = Links(try LinkKeys(setting: old)), during = Links(try LinkKeys(setting: "\(new),\(old)")), after = Links(try LinkKeys(setting: new))
        let former = before.token(.seat, seat), latter = during.token(.seat, seat)
        #expect(during.read(former, as: .seat) == seat)
        #expect(after.read(former, as: .seat) == nil)
        #expect(after.read(latter, as: .seat) == seat)
        #expect(before.read(latter, as: .seat) == nil)
    }

    @Test func aGenerationTooLargeIsAVoidLinkAndNoCrash() {
        let far = Link<Subject.Seat>(municipality: seat.municipality, id: seat.id, generation: 65_536 + 7)
        #expect(links.read(links.token(.seat, far), as: .seat)?.generation == 7)
    }
}

@Suite struct LinkKeysTests {
    let folder = FileManager.default.temporaryDirectory.path + "/ng-keys-" + UUID().uuidString

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    @Test func theFirstOfTwoKeysSigns() throws {
        let (a, b) = (String(repeating: "a", count: 32), String(repeating: "b", count: 32))
        #expect(try LinkKeys(setting: "\(a), \(b)\n").all == [Array(a.utf8), Array(b.utf8)])
        #expect(try LinkKeys(setting: a).signing == Array(a.utf8))
    }

    @Test func weakOrUnclearSettingsAreRefused() {
        let a = String(repeating: "a", count: 32), b = String(repeating: "b", count: 32), c = String(repeating: "c", count: 32)
        #expect(throws: LinkKeys.Refusal.tooShort) { try LinkKeys(setting: "") }
        #expect(throws: LinkKeys.Refusal.tooShort) { try LinkKeys(setting: String(a.dropLast())) }
        #expect(throws: LinkKeys.Refusal.tooShort) { try LinkKeys(setting: "\(a),") }
        #expect(throws: LinkKeys.Refusal.count(3)) { try LinkKeys(setting: "\(a),\(b),\(c)") }
        #expect(throws: LinkKeys.Refusal.twice) { try LinkKeys(setting: "\(a),\(a)") }
    }

    @Test func aFileIsMadeOnceForItsOwnerAlone() throws {
        let path = folder + "/link-keys"
        let made = try LinkKeys(file: path)
        let mode = try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
        #expect(mode == 0o600)
        #expect(made.signing.count >= 32)
        #expect(try LinkKeys(file: path).all == made.all)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["link-keys"])
    }

    @Test func manyStartingAtOnceGetOneKey() async throws {
        let path = folder + "/link-keys"
        let keys = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<32 { group.addTask { try LinkKeys(file: path).signing } }
            return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
        }
        #expect(keys.count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["link-keys"])
    }

    @Test func aFileThatOthersMayReadIsRefused() throws {
        let path = folder + "/link-keys"
        _ = try LinkKeys(file: path)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        #expect(throws: LinkKeys.Refusal.readableByOthers(path: path)) { try LinkKeys(file: path) }
    }

    @Test func aFolderThatIsNotThereIsSaid() {
        #expect(throws: DurableFile.Failure.self) { try LinkKeys(file: folder + "/none/link-keys") }
    }
}

@Suite struct SessionTokenTests {
    @Test func aTokenComesBack() throws {
        for holder in [SessionToken.Holder.member(of: .random()), .operator] {
            let token = try SessionToken(for: holder)
            let read = try #require(SessionToken(token.text))
            #expect(read == token && read.holder == holder && read.hash == token.hash && token.hash.count == 32)
        }
    }

    @Test func itsKindIsSeenInItsText() throws {
        #expect(try SessionToken(for: .member(of: .random())).text.hasPrefix("ngs_"))
        #expect(try SessionToken(for: .operator).text.hasPrefix("ngo_"))
    }

    @Test func theHashIsOfTheSecretAlone() throws {
        let token = try SessionToken(for: .member(of: .random()))
        let all = try #require(Base64URL.decode(token.text.dropFirst(4)))
        #expect(token.hash == Crypto.sha256(all.suffix(32)))
    }

    @Test func anotherFormIsRefused() throws {
        let member = try SessionToken(for: .member(of: .random())).text, person = try SessionToken(for: .operator).text
        let refused = [
            "", "ngs_", "ngo_", "ngs_AAAA", member + "=", " " + member, member.uppercased(), "ngo_" + member.dropFirst(4), "ngs_" + person.dropFirst(4),
        ]
        for text in refused + [String(member.dropLast()), member + "A", String(member.dropFirst(4))] {
            #expect(SessionToken(text) == nil)
        }
    }
}

@Suite struct DiscreetTests {
    @Test func whatHoldsASecretPrintsItsNameAlone() throws {
        let keys = try LinkKeys(setting: "skriv aldrig ut den har nyckeln!!")
        let letter = Letter.signIn(link: "https://skriv.example", until: Instant(microseconds: 0))
        let settings = try SMTPSettings(
            host: "skriv.example", port: 587, security: .startTLS, login: (user: "skriv", password: "skriv"), caFile: nil, helo: "a.example")
        let values: [any Discreet] = [
            keys, Links(keys), try SessionToken(for: .operator), settings, letter, try Mailbox("skriv@a.example"),
            try message(body: "skriv"), try MailTextsTests.invitation(),
        ]
        for value in values {
            #expect("\(value)" == "\(type(of: value))")
            var text = "\([value]) \(String(reflecting: value)) "
            dump(value, to: &text)
            #expect(!text.contains("skriv") && !text.contains("115"))   // 115: "s" as a number
        }
    }
}
