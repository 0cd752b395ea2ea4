import Foundation
import Rules
import Synchronization

/// Counts how often each link is tried, so that one that is tried again and again costs no database. It forgets by itself, and knows of no network
/// address: behind one there may be a whole council.
final class Attempts: Sendable {
    private struct Count { var began: Instant, number: Int }

    private let counts = Mutex<[UUID: Count]>([:])
    private static let atMost = 20, period = 600, mostLinks = 10_000

    /// Throws `tooManyRequests` when the link has been tried too often within ten minutes.
    func count(_ link: UUID, at now: Instant) throws(Problem) {
        let end: Instant? = counts.withLock { counts in
            if counts.count >= Attempts.mostLinks { counts = counts.filter { now.seconds(since: $0.value.began) < Attempts.period } }
            // So many at once are an attack on this very table: begin again rather than grow.
            if counts.count >= Attempts.mostLinks { counts = [:] }
            var count = counts[link] ?? Count(began: now, number: 0)
            if now.seconds(since: count.began) >= Attempts.period { count = Count(began: now, number: 0) }
            count.number += 1
            counts[link] = count
            return count.number > Attempts.atMost ? count.began.adding(seconds: Attempts.period) : nil
        }
        if let end { throw .tooManyRequests(retryAfter: max(1, end.seconds(since: now))) }
    }
}
