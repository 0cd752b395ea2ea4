import Rules
import Testing

@testable import Database
@testable import Server

@Suite("Problems")
struct ProblemTests {
    @Test(arguments: Refusal.allCases)
    func whatTheRulesRefuseIsAProblemOfTheSameName(refusal: Refusal) {
        let problem = Problem(refusal)
        #expect(problem.slug == refusal.code)
        #expect(problem.status == .conflict || problem.status == .forbidden)
    }

    @Test func aProblemIsADocumentInEnglish() {
        let problem = Problem.invalidFields([FieldError("/a~1b/0", .required)])
        let text = problem.document(instance: "/api/v1/x", trace: Trace(continuing: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")).canonicalText
        #expect(text == """
            {"detail":"Correct what \\"errors\\" names and send it again.","errors":[{"detail":"This is required.","pointer":"#/a~1b/0"}],\
            "instance":"/api/v1/x","status":422,"title":"Invalid fields","traceId":"4bf92f3577b34da6a3ce929d0e0e4736",\
            "type":"https://nyttograd.example/problems/invalid-fields"}
            """)
    }

    @Test func whatTheDatabaseRefusesIsAProblemByNameOrState() {
        let problem = { (state: String, constraint: String?) in Problem(from: SQLError(state: state, constraint: constraint, message: "x"))?.slug }
        #expect(problem("23505", "members_address_is_unique") == "member-exists")
        #expect(problem("28000", nil) == "not-signed-in" && problem("NG403", nil) == "forbidden")
        #expect(problem("55P03", nil) == "busy" && problem("53300", nil) == "busy")
        #expect(problem("23505", "people_address_is_unique") == nil && problem("42501", nil) == nil)
        #expect(Problem(from: ConnectionLost(mayHaveCommitted: true))?.detail.en.contains("may have been made") == true)
        #expect(Problem(from: ConnectionLost(mayHaveCommitted: false))?.detail.en.contains("Nothing was changed") == true)
        #expect(Problem(from: TooBusy())?.status == .serviceUnavailable && Problem(from: NoRow()) == nil)
    }

    @Test func aProblemCanSayMoreThanTheOthers() {
        let problem = Problem.invalidFields([FieldError("", .required)]).with("savedItems", ["d1.1"])
        #expect(problem.document(instance: "/", trace: Trace(continuing: nil)).canonicalText.contains(#""savedItems":["d1.1"]"#))
    }

    @Test func whatWasSentIsNotEchoedAtLength() {
        let problem = Problem.queryParameter(String(repeating: "x", count: 500), .unknownField)
        #expect(problem.detail.en.count < 100)
    }
}
