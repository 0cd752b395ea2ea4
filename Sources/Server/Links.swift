import Foundation
import Rules

/// What a link is for. It goes into the signature, so that a link for one thing never opens another; `Target` is what its id is the id of.
struct LinkPurpose<Target>: Sendable {
    let name: String
}

/// A single-use way in: for a person of a council, or for an operator.
enum SignInLink {}
typealias SignInLinkID = ID<SignInLink>

extension LinkPurpose<Subject.Seat> { static var seat: Self { .init(name: "seat") } }
extension LinkPurpose<Registration> { static var registration: Self { .init(name: "registration") } }
extension LinkPurpose<AddressChange> { static var addressChange: Self { .init(name: "address") } }
extension LinkPurpose<JoinRequest> { static var joining: Self { .init(name: "joining") } }
extension LinkPurpose<SignInLink> {
    static var signIn: Self { .init(name: "signin") }
    static var operatorSignIn: Self { .init(name: "operator") }
}

/// What a link says, once it is known to be ours. Whether it is still in force, the database tells.
struct Link<Target>: Equatable, Sendable {
    /// nil for an operator's, which belongs to no council.
    let municipality: MunicipalityID?
    let id: ID<Target>
    /// Counted up to make earlier links void.
    let generation: Int
}

/// Makes the tokens of personal links, and reads them. A token is never stored: it follows from the ids and a secret, so that a mail sent
/// again carries the same link.
///
/// `base64url(municipality 16 ‖ id 16 ‖ generation 2, big-endian ‖ mac 16)`, 67 characters, where mac is the first half of
/// HMAC-SHA-256(key, purpose ‖ municipality ‖ id ‖ generation); no municipality is 16 zero bytes.
struct Links: Discreet, Sendable {
    private let keys: LinkKeys

    init(_ keys: LinkKeys) {
        self.keys = keys
    }

    /// A generation beyond 65535 begins again at 0, and the link of such a one is void, because the database compares whole numbers.
    func token<Target>(_ purpose: LinkPurpose<Target>, _ link: Link<Target>) -> String {
        let text = bytes(link.municipality?.uuid ?? Self.nobody) + bytes(link.id.uuid) + bytes(UInt16(truncatingIfNeeded: link.generation))
        return Base64URL.encode(text + mac(of: text, for: purpose.name, key: keys.signing))
    }

    /// The link, if one of our keys has signed exactly this for that purpose.
    func read<Target>(_ token: some StringProtocol, as purpose: LinkPurpose<Target>) -> Link<Target>? {
        guard token.utf8.count == Self.characters, let all = Base64URL.decode(token) else { return nil }
        let (text, signature) = (Array(all.dropLast(Self.macSize)), Array(all.suffix(Self.macSize)))
        // Every key is tried, also after one has matched: the time tells neither whether nor which.
        let signed = keys.all.map { Crypto.equal(mac(of: text, for: purpose.name, key: $0), signature) }.contains(true)
        guard signed else { return nil }
        let municipality = uuid(text[0..<16])
        return Link(
            municipality: municipality == Self.nobody ? nil : MunicipalityID(municipality),
            id: ID(uuid(text[16..<32])),
            generation: Int(text[32]) << 8 | Int(text[33])
        )
    }

    /// The id that a token claims, whoever has signed it; nil if it has not the form of a link.
    static func claimed(_ token: some StringProtocol) -> UUID? {
        guard token.utf8.count == characters, let all = Base64URL.decode(token) else { return nil }
        return Server.uuid(all[16..<32])
    }

    private static let macSize = 16
    private static let characters = 67
    private static let nobody = uuid([UInt8](repeating: 0, count: 16)[...])

    /// The purpose needs no length before it: what follows always has 34 bytes.
    private func mac(of text: [UInt8], for purpose: String, key: [UInt8]) -> [UInt8] {
        Array(Crypto.hmac(key: key, Array(purpose.utf8) + text).prefix(Self.macSize))
    }
}

// MARK: - Bytes

func bytes(_ id: UUID) -> [UInt8] { withUnsafeBytes(of: id.uuid) { $0.map(\.self) } }

private func bytes(_ number: UInt16) -> [UInt8] { [UInt8(number >> 8), UInt8(number & 255)] }

/// Of exactly 16 bytes.
func uuid(_ bytes: ArraySlice<UInt8>) -> UUID {
    var id: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    withUnsafeMutableBytes(of: &id) { $0.copyBytes(from: bytes) }
    return UUID(uuid: id)
}
