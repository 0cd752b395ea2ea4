import Testing
@testable import Server

@Suite struct CryptoTests {
    /// The examples of FIPS 180-4.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
    ])
    func sha256IsTheStandards(_ text: String, _ expected: String) {
        #expect(Hex.encode(Crypto.sha256(text.utf8)) == expected)
    }

    @Test func sha256OfAMillionBytesIsTheStandards() {
        #expect(Hex.encode(Crypto.sha256(repeatElement(0x61, count: 1_000_000))) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    /// RFC 4231, cases 1, 2, 3 and 6 (a key longer than a block).
    @Test(arguments: [
        (Array(repeating: 0x0b, count: 20), Array("Hi There".utf8), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        (Array("Jefe".utf8), Array("what do ya want for nothing?".utf8), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        (Array(repeating: 0xaa, count: 20), Array(repeating: 0xdd, count: 50), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        (Array(repeating: 0xaa, count: 131), Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8), "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
    ] as [([UInt8], [UInt8], String)])
    func hmacIsTheStandards(_ key: [UInt8], _ bytes: [UInt8], _ expected: String) {
        #expect(Hex.encode(Crypto.hmac(key: key, bytes)) == expected)
    }

    @Test func hmacTakesAnEmptyKeyAndMessage() {
        #expect(Hex.encode(Crypto.hmac(key: [], [])) == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test func randomBytesAreAsManyAsAskedForAndDiffer() throws {
        #expect(try Crypto.random(0) == [])
        #expect(try Crypto.random(32).count == 32)
        #expect(try Crypto.random(32) != Crypto.random(32))
        try Crypto.check()
    }

    @Test func onlyTheSameBytesAreEqual() {
        #expect(Crypto.equal([1, 2, 3], [1, 2, 3]))
        #expect(!Crypto.equal([1, 2, 3], [1, 2, 4]))
        #expect(!Crypto.equal([1, 2, 3], [1, 2]))
        #expect(!Crypto.equal([], []))
    }
}

@Suite struct Base64URLTests {
    /// RFC 4648 §10 without the padding, and the two characters that differ from plain base64.
    @Test(arguments: [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy")])
    func itIsTheStandards(_ plain: String, _ encoded: String) {
        #expect(Base64URL.encode(Array(plain.utf8)) == encoded)
        #expect(Base64URL.decode(encoded) == Array(plain.utf8))
    }

    @Test func itsAlphabetIsSafeInAnAddress() {
        #expect(Base64URL.encode([0xfb, 0xff, 0xbf]) == "-_-_")
    }

    @Test func everyLengthComesBack() throws {
        for count in 0..<70 {
            let bytes = try Crypto.random(count)
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
    }

    /// One spelling a value: no padding, no other alphabet, no white space, no stray character, no unused bit set.
    @Test(arguments: ["Zg==", "Zg=", "Zm9v\n", " Zm9v", "Zm+v", "Zm/v", "Zh", "Zm9", "Z", "Zm9vY", "Zm9v\u{301}", "Ｚm9v", "Zm9v\0"])
    func anotherSpellingIsRefused(_ text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test func hexComesBackAndIsStrict() {
        #expect(Hex.encode([0, 0x9f, 0xff]) == "009fff")
        #expect(Hex.decode("009fFF") == [0, 0x9f, 0xff])
        for text in ["0", "0g", "é", "００", " 0"] { #expect(Hex.decode(text) == nil) }
    }
}
