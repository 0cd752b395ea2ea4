import Rules
import Testing

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

    @Test func whatWasSentIsNotEchoedAtLength() {
        let problem = Problem.queryParameter(String(repeating: "x", count: 500), .unknownField)
        #expect(problem.detail.en.count < 100)
    }
}
