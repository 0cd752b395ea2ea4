import Testing

@testable import Rules

@Suite struct PastedTableTests {
    private func read(_ text: String) -> [String] { PastedTable(text).lines.map { "\($0.number): \($0.cells.joined(separator: "|"))" } }

    @Test(arguments: ["\t", ";", ","], ["\n", "\r\n", "\r"]) func linesKeepTheirNumbers(separator: String, end: String) {
        let lines = ["\u{FEFF}a\(separator)b", "", " 1 \(separator) 2 ", "\(separator)", "3\(separator)"]
        #expect(read(lines.joined(separator: end)) == ["1: a|b", "3: 1|2", "5: 3|"])
    }

    @Test func quotesHoldWhatWouldPartOrEndALine() {
        #expect(read("a,b\n\"1, \"\"one\"\"\",\"two\nlines\"\n3,4") == ["1: a|b", "2: 1, \"one\"|two\nlines", "4: 3|4"])
        #expect(PastedTable("a,b\n1,2\n\"3,4\n5,6").openQuote == 3 && PastedTable("a,b").openQuote == nil)
    }

    @Test func theHeadingMayComeAfterEmptyLines() {
        #expect(read("\n\na;b\n1;2") == ["3: a|b", "4: 1|2"])
    }

    @Test func nothingIsNoTable() {
        #expect(PastedTable("").lines.isEmpty && PastedTable("\n,,\n").lines.isEmpty)
    }
}
