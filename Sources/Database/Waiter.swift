/// Somebody, or a preparation, whose segment is on its way.
struct Waiter {
    typealias Continuation = CheckedContinuation<[Answer], any Error>

    private struct Caller {
        let continuation: Continuation
        let echo: Int64
        let writes: Bool
    }

    /// The names of the prepared statements, in order.
    let statements: [Int]
    var gathering = Gathering()
    private let caller: Caller?

    init(preparing name: Int) {
        statements = [name]
        caller = nil
    }

    init(statements: [Int], segment: Segment, continuation: Continuation) {
        self.statements = statements
        caller = Caller(continuation: continuation, echo: segment.echo, writes: segment.writes)
    }

    var isPreparation: Bool { caller == nil }

    /// Whether this is somebody else's answer: the wrong number in the first result, or a wrong number of results.
    var isMixedUp: Bool {
        let answers = gathering.answers
        if let caller, let first = answers.first, first.echo != caller.echo { return true }
        return gathering.error == nil && answers.count != statements.count
    }

    /// The answers, or the error.
    var delivery: Delivery? {
        caller.map { caller in
            Delivery(to: caller.continuation, gathering.error.map { .failure($0) } ?? .success(gathering.answers))
        }
    }

    /// What becomes of it when the connection is lost.
    var failing: Delivery? {
        caller.map { Delivery(to: $0.continuation, .failure(ConnectionLost(mayHaveCommitted: $0.writes))) }
    }
}

struct Delivery {
    let continuation: Waiter.Continuation
    let outcome: Result<[Answer], any Error>

    init(to continuation: Waiter.Continuation, _ outcome: Result<[Answer], any Error>) {
        self.continuation = continuation
        self.outcome = outcome
    }
}

/// What is to be done once the lock is free: continuations are never resumed under it.
struct Aftermath {
    var deliveries: [Delivery]
    var drained: [CheckedContinuation<Void, Never>] = []
    /// Why the connection was lost, said by whoever noticed first.
    var lost: String?

    init(_ delivery: Delivery? = nil) { deliveries = delivery.map { [$0] } ?? [] }

    mutating func add(_ other: Aftermath) {
        deliveries += other.deliveries
        drained += other.drained
        lost = lost ?? other.lost
    }
}
