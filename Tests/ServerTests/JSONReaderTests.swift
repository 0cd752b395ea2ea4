import Rules
import Testing

@testable import Server

@Suite("Strict JSON")
struct JSONReaderTests {
    @Test(arguments: [
        ("null", "null"), (" { } ", "{}"), ("[\n1,\t-2 , 0]", "[1,-2,0]"), (#"{"b":true,"a":false}"#, #"{"a":false,"b":true}"#),
        (#""\u00e5\ud83d\ude00\/\n\"""#, #""å😀/\n\"""#), ("9007199254740991", "9007199254740991"),
        (#"{"\u00e9":1,"e\u0301":2}"#, "{\"e\u{301}\":2,\"\u{E9}\":1}"), (String(repeating: "[", count: 16) + String(repeating: "]", count: 16), String(repeating: "[", count: 16) + String(repeating: "]", count: 16)),
    ])
    func whatIsWellFormedIsRead(text: String, canonical: String) throws {
        let read = try JSONReader.read(Array(text.utf8)).canonicalText
        // By bytes: Swift calls two spellings of é equal.
        #expect(Array(read.utf8) == Array(canonical.utf8))
    }

    @Test(arguments: [
        ("", ""), ("{", ""), ("[1,]", "/1"), (#"{"a":1,}"#, ""), ("{'a':1}", ""), ("[1 2]", ""), ("01", ""), ("-", ""), ("+1", ""), ("nul", ""), ("NaN", ""),
        ("1.0", ""), (#"{"n":1.0}"#, "/n"), (#"{"n":[0,1e3]}"#, "/n/1"), ("9007199254740992", ""), ("-99999999999999999999", ""),
        (#"{"a":1,"a":1}"#, "/a"), (#"{"a":{"b":1,"\u0062":2}}"#, "/a/b"), (#"{"a/b~":1,"a/b~":2}"#, "/a~1b~0"),
        (#""\ud800""#, ""), (#""\ud800\u0041""#, ""), (#""\udc00""#, ""), (#"["\u0000"]"#, "/0"), (#""\x""#, ""), (#""\u00g0""#, ""), ("\"a\nb\"", ""),
        ("\"abc", ""), ("{} {}", ""), ("\u{FEFF}{}", ""), (String(repeating: "[", count: 17), String(repeating: "/0", count: 16)),
    ])
    func whatIsNotIsRefusedWithItsPlace(text: String, pointer: String) {
        #expect { try JSONReader.read(Array(text.utf8)) } throws: { ($0 as? JSONReader.Fault)?.pointer == pointer }
    }

    @Test(arguments: [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0x00, 0x22], [0x22, 0xC3]] as [[UInt8]])
    func brokenUTF8IsRefused(bytes: [UInt8]) {
        #expect(throws: JSONReader.Fault.self) { try JSONReader.read(bytes) }
    }

    @Test func whateverComesNothingTraps() {
        var state: UInt64 = 42
        for _ in 0..<20_000 {
            let bytes = (0..<12).map { _ -> UInt8 in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let marks = Array("{}[]\",:\\u0d8e-1.tn \u{0}".utf8) + [0xFF]
                return marks[Int(state >> 33) % marks.count]
            }
            _ = try? JSONReader.read(bytes)
        }
    }
}
