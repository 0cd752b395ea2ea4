import CLibPQ
import Synchronization

/// The statements between two Syncs: one transaction without `begin` and `commit`.
struct Segment: Sendable {
    /// Part of the prepared statements' names: see `Authority.role`.
    let role: String
    /// The first one enters the authority and answers with `echo`.
    let statements: [SQL]
    let echo: Int64
    let writes: Bool

    init<A: Authority>(as authority: A, _ statements: [SQL], writes: Bool) throws(StatementRefused) {
        echo = Echo.next()
        role = A.role
        self.writes = writes
        self.statements = [authority.entering(echo: echo, readOnly: !writes)] + statements
        for statement in self.statements { try statement.check() }
    }
}

/// What has arrived of a segment so far.
struct Gathering {
    var answers: [Answer] = []
    /// The first error; PostgreSQL skips what follows it.
    var error: SQLError?

    /// - Returns: whether the segment has ended. Nothing may be delivered before: a deferred constraint fails after the last statement's answer.
    mutating func take(_ answer: Answer) -> Bool {
        switch answer.status {
        case PGRES_PIPELINE_SYNC: return true
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK: answers.append(answer)
        case PGRES_PIPELINE_ABORTED: break
        default: error = error ?? answer.error
        }
        return false
    }
}

/// Numbers that no two segments of this process share, so that an answer tells whose it is.
enum Echo {
    private static let last = Atomic<Int64>(.random(in: 0..<1 << 62))
    static func next() -> Int64 { last.wrappingAdd(1, ordering: .relaxed).newValue }
}
