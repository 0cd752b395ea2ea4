import Foundation

/// Where a request comes from, as far as that is counted: its network, so that whoever has many addresses has one source. Neither stored nor logged.
///
/// The first 24 bits of an IPv4 address, the first 48 of an IPv6 address. From this machine comes the proxy in front, whose word is taken for who asked it:
/// the last address of `X-Forwarded-For`, which it adds itself.
struct Source: Hashable, Sendable {
    private let network: [UInt8]

    /// nil where that is not known: nothing but a connection from this machine.
    init?(peer: String?, forwarded: [String]) {
        guard let peer, let bytes = Source.bytes(of: peer) else { return nil }
        guard Source.isOfThisMachine(bytes) else {
            network = Source.network(of: bytes)
            return
        }
        let last = forwarded.last?.split(separator: ",").last.map { $0.filter { $0 != " " } }
        guard let last, let bytes = Source.bytes(of: last), !Source.isOfThisMachine(bytes) else { return nil }
        network = Source.network(of: bytes)
    }

    private static func network(of bytes: [UInt8]) -> [UInt8] { Array(bytes.prefix(bytes.count == 4 ? 3 : 6)) }

    private static func isOfThisMachine(_ bytes: [UInt8]) -> Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    }

    /// Of an address: 4, or 16; of an IPv4 address in IPv6's form 4.
    private static func bytes(of address: String) -> [UInt8]? {
        var four = in_addr(), sixteen = in6_addr()
        if inet_pton(AF_INET, address, &four) == 1 { return withUnsafeBytes(of: &four) { bytes in bytes.map { $0 } } }
        guard inet_pton(AF_INET6, address, &sixteen) == 1 else { return nil }
        let bytes = withUnsafeBytes(of: &sixteen) { bytes in bytes.map { $0 } }
        return Array(bytes.prefix(12)) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255] ? Array(bytes.suffix(4)) : bytes
    }
}
