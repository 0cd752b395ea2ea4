import Testing

@testable import Rules

@Suite struct SeatTableTests {
    @Test(arguments: ["\t", ";", ","]) func aTableIsReadAsItIsPastedOrExported(separator: String) {
        let lines = [["Befattning", "Namn", "E-post", "Del", "Funktion", "Språk"], ["HR-direktör", "Eva Ek", "Eva.Ek@Demo14.example", "", "hr-director", ""],
                     [], ["\"Chef; \"\"stab\"\"\"", " Bo Lind ", "bo@demo14.example", "\"Vård, omsorg\"", "", "English"]]
        let table = SeatTable("\u{FEFF}" + lines.map { $0.joined(separator: separator) }.joined(separator: "\r\n") + "\r\n")
        #expect(table.faults == [])
        #expect(table.rows == [
            .init(line: 2, function: .hrDirector, title: "HR-direktör", area: "", name: "Eva Ek", address: "eva.ek@demo14.example", language: .sv),
            .init(line: 4, function: .other, title: "Chef; \"stab\"", area: "Vård, omsorg", name: "Bo Lind", address: "bo@demo14.example", language: .en),
        ])
    }

    @Test func everyErrorIsToldWithItsLineAndColumn() {
        let table = SeatTable("""
            title,name,address,function,language
            ,Eva,eva@demo14.example,,
            Chef,Bo,bo,jultomte,ty
            Chef,Bo,bo@demo14.example,,
            chef,Ann,ann@demo14.example,,
            Stab,Ann,ann@demo14.example,,,
            """)
        #expect(table.faults == [
            .init(2, .title, .required), .init(3, .address, .notAddress), .init(3, .function, .unknownFunction), .init(3, .language, .unknownLanguage),
            .init(5, .title, .postTwice), .init(6, nil, .tooManyCells),
        ])
    }

    @Test func aLineWithinQuotesCountsAndOneLeftOpenIsFound() {
        let table = SeatTable("title,name,address\n\"Två\nrader\",Eva,eva@demo14.example\nStab,Bo,bo\n")
        #expect(table.faults == [.init(4, .address, .notAddress)])
        #expect(SeatTable("title,name,address\n\"Stab,Bo,bo@demo14.example\n").faults == [.init(2, nil, .openQuote)])
    }

    /// Mail refuses a name of two lines.
    @Test func aNameOrTitleIsOneLineHoweverTheCellIsBroken() {
        let row = SeatTable("title,area,name,address\n\"\nChef för bygg\r\n och miljö \",\"\n\",\"Eva\n\nEk\",eva@demo14.example\n").rows.first
        #expect([row?.title, row?.area, row?.name] == ["Chef för bygg och miljö", "", "Eva Ek"])
        #expect(SeatTable("title,name,address\nChef,\"\n \",eva@demo14.example\n").faults == [.init(2, .name, .required)])
    }

    @Test(arguments: [("", SeatTable.Fault(1, nil, .noHeading)), ("title,name,address", .init(1, nil, .noRows)), ("title,name", .init(1, .address, .missingColumn)),
                      ("title,name,address,shoe", .init(1, nil, .unknownColumn))])
    func aTableThatIsNoneIsRefused(text: String, fault: SeatTable.Fault) {
        #expect(SeatTable(text).faults == [fault])
    }

    @Test func fiveHundredAreTheMost() {
        let lines = (1...501).map { "Post \($0),Person \($0),p\($0)@demo14.example" }
        #expect(SeatTable(("title,name,address\n" + lines.joined(separator: "\n"))).faults == [.init(502, nil, .tooManyRows)])
        #expect(SeatTable(("title,name,address\n" + lines.dropLast().joined(separator: "\n"))).faults == [])
    }
}
