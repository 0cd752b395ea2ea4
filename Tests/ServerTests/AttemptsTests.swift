import Rules
import Testing

@testable import Server

@Suite("Attempts")
struct AttemptsTests {
    private let now = Instant(microseconds: 1_795_464_000_000_000)

    private func isAllowed(_ budget: Budget<Int>, _ key: Int, at now: Instant) -> Bool { (try? budget.count(key, at: now)) != nil }

    @Test func eachKeyHasItsOwnCountAndItsOwnEnd() throws {
        let budget = Budget<Int>(atMost: 3, within: 600)
        #expect((0..<5).map { _ in isAllowed(budget, 1, at: now) } == [true, true, true, false, false])
        #expect(isAllowed(budget, 2, at: now))
        #expect(throws: Problem.tooManyRequests(retryAfter: 1)) { try budget.count(1, at: now.adding(seconds: 599)) }
        #expect(isAllowed(budget, 1, at: now.adding(seconds: 600)))
    }

    @Test func itsMemoryIsBounded() {
        let budget = Budget<Int>(atMost: 3, within: 600, mostKeys: 100)
        for key in 0..<1_000 { _ = isAllowed(budget, key, at: now) }
        #expect(budget.size <= 100)
        // Those whose time is over go first.
        let later = now.adding(seconds: 600)
        for key in 1_000..<1_100 { _ = isAllowed(budget, key, at: later) }
        #expect(budget.size == 100 && (0..<3).map { _ in isAllowed(budget, 1_000, at: later) } == [true, true, false])
    }
}
