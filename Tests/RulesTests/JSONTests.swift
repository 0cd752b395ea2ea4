import Rules
import Testing

@Suite struct JSONTests {
    /// The samples of RFC 8785 §3.2.2 (without its fractions: we write none) and §3.2.3.
    @Test func theSamplesOfTheStandardComeOutAsTheyShould() {
        let literals: JSON = ["string": "\u{20ac}$\u{F}\nA'\u{42}\u{22}\u{5c}\\\"/", "literals": [.null, true, false], "numbers": [1, 56, 0, -7]]
        #expect(
            literals.canonicalText
                == "{\"literals\":[null,true,false],\"numbers\":[1,56,0,-7],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}")

        let names: JSON = [
            "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh", "1": "One", "\u{1F600}": "Emoji: Grinning Face",
            "\u{80}": "Control", "\u{f6}": "Latin Small Letter O With Diaeresis",
        ]
        #expect(
            names.canonicalText
                == "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                + "\"😀\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}")
    }

    @Test(arguments: [
        (#"a"b"#, #""a\"b""#), (#"a\b"#, #""a\\b""#), ("\u{8}\t\n\u{c}\r", #""\b\t\n\f\r""#), ("\0\u{1}\u{1f}\u{b}", #""\u0000\u0001\u001f\u000b""#),
        ("\u{7f}\u{2028}/<", "\"\u{7f}\u{2028}/<\""), ("Örebro åäö 😀", "\"Örebro åäö 😀\""), ("", "\"\""),
    ])
    func aStringIsEscapedOnlyWhereItMust(text: String, written: String) {
        #expect(JSON.string(text).canonicalText == written)
    }

    @Test func textIsKeptAsItIsSpelled() {
        #expect(JSON.string("e\u{301}").canonicalBytes != JSON.string("\u{e9}").canonicalBytes)
    }

    @Test func theOrderOfNamesAndOnlyThatMeansNothing() {
        let one: JSON = ["b": [2, 1], "a": ["d": 1, "c": .null]], other: JSON = ["a": ["c": .null, "d": 1], "b": [2, 1]]
        #expect(one.canonicalBytes == other.canonicalBytes)
        #expect(one.canonicalText == #"{"a":{"c":null,"d":1},"b":[2,1]}"#)
        #expect(JSON.array([]).canonicalText == "[]" && JSON.object([]).canonicalText == "{}")
        #expect(JSON.integer(9_007_199_254_740_991).canonicalText == "9007199254740991")
    }
}
