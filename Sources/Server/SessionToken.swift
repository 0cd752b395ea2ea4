import Foundation
import Rules

/// What a signed-in person's browser or program shows: `ngs_` + base64url(municipality 16 ‖ secret 32) for a member of a council,
/// `ngo_` + base64url(secret 32) for an operator. The database holds the secret's hash alone.
struct SessionToken: Discreet, Equatable, Sendable {
    enum Holder: Hashable, Sendable { case member(of: MunicipalityID), `operator` }

    let holder: Holder
    private let secret: [UInt8]

    /// A new one, of 256 random bits.
    init(for holder: Holder) throws(Crypto.Unavailable) {
        self.holder = holder
        secret = try Crypto.random(Self.secretSize)
    }

    /// Reads what `text` writes, and no other spelling of it.
    init?(_ text: some StringProtocol) {
        guard let all = Base64URL.decode(text.dropFirst(Self.prefixSize)) else { return nil }
        switch (String(text.prefix(Self.prefixSize)), all.count) {
        case (Self.member, 16 + Self.secretSize): holder = .member(of: MunicipalityID(uuid(all[..<16])))
        case (Self.operator, Self.secretSize): holder = .operator
        default: return nil
        }
        secret = all.suffix(Self.secretSize)
    }

    /// For the holder alone: a cookie, or a program's header.
    var text: String {
        switch holder {
        case .member(let municipality): Self.member + Base64URL.encode(bytes(municipality.uuid) + secret)
        case .operator: Self.operator + Base64URL.encode(secret)
        }
    }

    /// SHA-256 of the secret: what is stored and looked for. A fast hash will do, because nobody guesses 256 random bits.
    var hash: [UInt8] { Crypto.sha256(secret) }

    /// Whether hashes agree is found by looking for one, never by comparing secrets here; still, compare in constant time.
    static func == (a: Self, b: Self) -> Bool { a.holder == b.holder && Crypto.equal(a.secret, b.secret) }

    private static let member = "ngs_", `operator` = "ngo_"
    private static let prefixSize = 4, secretSize = 32
}
