import Synchronization

/// Counts how often a piece of work waited for the database, so that tests can hold an operation to its number.
///
/// `send` is one; a transaction is one for each statement (`begin` and the entering travel with the first) and one for `commit`.
public enum RoundTrips {
    public final class Counter: Sendable {
        private let number = Atomic<Int>(0)
        public init() {}
        public var count: Int { number.load(ordering: .relaxed) }
        func add() { number.wrappingAdd(1, ordering: .relaxed) }
    }

    @TaskLocal public static var counter: Counter?

    /// Runs `work` and says how many round trips it, and the tasks it started, took.
    public static func counting<R>(_ work: () async throws -> R) async rethrows -> (result: R, count: Int) {
        let counter = Counter()
        let result = try await $counter.withValue(counter) { try await work() }
        return (result, counter.count)
    }
}
