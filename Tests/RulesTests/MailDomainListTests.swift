import Rules
import Testing

@Suite struct MailDomainListTests {
    static let codes: Set = ["9901", "9902"]

    @Test(arguments: ["code,domain\n9901,Almviken.example\n9902,delad.example\n9901,delad.example\n", "code\tdomain\n9901\t\"Almviken.example\"\n9902\tdelad.example\n9901\tdelad.example", "\u{FEFF}code;domain\r\n\r\n 9901 ; almviken.example \r\n9902;delad.example\r\n9901;delad.example"])
    func aFileOfDomainsIsReadAndManyCouncilsMayShareOne(text: String) throws {
        let entries = try MailDomainList(text, codes: Self.codes).entries
        #expect(entries.map { "\($0.code) \($0.domain)" } == ["9901 almviken.example", "9902 delad.example", "9901 delad.example"])
    }

    @Test func everyFaultIsToldWithItsLine() {
        let text = "kod,domän\n9901,almviken.example\n9909,x.example\n9901\n\n9902,gmail.com\n0000,ingen\n9901,ALMVIKEN.example\n9902,a@b.example"
        do {
            _ = try MailDomainList(text, codes: Self.codes)
            Issue.record("taken")
        } catch {
            #expect(error.faults.map { "\($0.line) \($0.reason)" } == [
                "1 noHeader", "3 noSuchMunicipality", "4 notTwoColumns", "6 publicDomain", "7 noSuchMunicipality", "7 noDomain", "8 saidBefore", "9 noDomain",
            ])
        }
    }

    @Test func aQuotationMarkLeftOpenIsToldWithItsLine() {
        #expect { try MailDomainList("code,domain\n9901,\"almviken.example\n9902,delad.example\n", codes: Self.codes) } throws: { error in
            (error as? MailDomainList.Faults)?.faults.map { "\($0.line) \($0.reason)" } == ["2 openQuote"]
        }
    }

    @Test func nothingIsNoFile() {
        #expect(throws: MailDomainList.Faults.self) { try MailDomainList("", codes: Self.codes) }
    }
}
