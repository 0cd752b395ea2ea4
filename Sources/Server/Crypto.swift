import COpenSSL

/// What we need of libcrypto: SHA-256, HMAC-SHA-256, random bytes, and comparing without telling where two values differ.
enum Crypto {
    /// libcrypto could not do its work: no entropy, or a build without SHA-256.
    struct Unavailable: Error, CustomStringConvertible {
        let what: String
        var description: String { "libcrypto: \(what)" }
    }

    /// 32 bytes. Empty if libcrypto cannot (see `check`): no stored hash is empty, and `equal` accepts no empty value, so that failing refuses.
    static func sha256(_ bytes: some Collection<UInt8>) -> [UInt8] {
        digest { out, length in
            withBytes(of: bytes) { EVP_Q_digest(nil, "SHA256", nil, $0.baseAddress, $0.count, out, &length) } == 1
        }
    }

    /// HMAC-SHA-256 (RFC 2104), 32 bytes. Empty if libcrypto cannot, as for `sha256`.
    static func hmac(key: some Collection<UInt8>, _ bytes: some Collection<UInt8>) -> [UInt8] {
        digest { out, length in
            withBytes(of: key) { key in
                withBytes(of: bytes) {
                    EVP_Q_mac(nil, "HMAC", nil, "SHA256", nil, key.baseAddress, key.count, $0.baseAddress, $0.count, out, digestSize, &length)
                }
            } != nil
        }
    }

    /// Bytes from the system's cryptographic generator, fit for secrets.
    static func random(_ count: Int) throws(Unavailable) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard count > 0 else { return bytes }
        guard RAND_bytes(&bytes, Int32(clamping: count)) == 1, count <= Int(Int32.max) else { throw Unavailable(what: "no random bytes") }
        return bytes
    }

    /// Whether both hold the same bytes, in a time that depends on their length alone. Two empty values are not equal: nothing proves nothing.
    static func equal(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard a.count == b.count, !a.isEmpty else { return false }
        return CRYPTO_memcmp(a, b, a.count) == 0
    }

    /// Called once at start, so that a libcrypto without SHA-256 stops the start and not a request.
    static func check() throws(Unavailable) {
        guard sha256([]).count == digestSize, hmac(key: [0], []).count == digestSize else { throw Unavailable(what: "no SHA-256") }
        _ = try random(1)
    }

    private static let digestSize = 32

    private static func digest(_ make: (_ out: UnsafeMutablePointer<UInt8>?, _ length: inout Int) -> Bool) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: digestSize)
        var length = 0
        let made = out.withUnsafeMutableBufferPointer { make($0.baseAddress, &length) }
        return made && length == digestSize ? out : []
    }

    /// The bytes in one piece, and never at a null address: `EVP_Q_mac` takes a null key for "no key given".
    private static func withBytes<R>(of bytes: some Collection<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        let whole = Array(bytes)
        guard whole.isEmpty else { return whole.withUnsafeBufferPointer(body) }
        return [0 as UInt8].withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[0..<0])) }
    }
}

/// base64url without padding (RFC 4648 §5). Decoding is strict, so that a value has exactly one spelling.
enum Base64URL {
    static func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        var pending: UInt32 = 0, bits = 0
        for byte in bytes {
            pending = pending << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(pending >> UInt32(bits) & 63)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(pending << UInt32(6 - bits) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// nil for anything that `encode` would not have written: another alphabet, padding, white space, or unused bits that are not zero.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count * 3 / 4)
        var pending: UInt32 = 0, bits = 0
        for character in text.utf8 {
            guard let value = values[Int(character)] else { return nil }
            pending = pending << 6 | value
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(bits)))
            }
        }
        // Six bits left over would be a character that carries nothing.
        guard bits < 6, pending & ((1 << UInt32(bits)) - 1) == 0 else { return nil }
        return bytes
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let values: [UInt32?] = alphabet.indices.reduce(into: Array(repeating: nil, count: 256)) { $0[Int(alphabet[$1])] = UInt32($1) }
}

/// Lower-case hexadecimal.
enum Hex {
    static func encode(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// nil unless every byte is two digits; capitals are taken too.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).reduce(into: [UInt8]?([])) { bytes, i in
            guard let high = digits[i], let low = digits[i + 1] else { return bytes = nil }
            bytes?.append(UInt8(high << 4 | low))
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
