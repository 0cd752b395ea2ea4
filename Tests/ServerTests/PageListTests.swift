import Foundation
import Testing

@testable import Server

/// The pages that the tests from outside look at (Tests/outside/pages.txt) are those that the program has: a new page is looked at, or left out with a reason.
@Suite struct PageListTests {
    @Test func everyPageStandsInTheListOfTheTestsFromOutside() async throws {
        let pages = try await Routes.ofTheApp().all.filter { $0.method == .get && $0.gives == ["text/html"] }.map(\.path)
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../outside/pages.txt")
        let listed = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(Set(pages).symmetricDifference(listed) == [])
    }
}
