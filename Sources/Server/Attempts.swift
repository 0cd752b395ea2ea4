import Database
import Foundation
import Rules
import Synchronization

/// What is tried too often is left alone for a while. Each thing is counted by what it is about and never by network address alone: behind one there
/// may be a whole council. Nothing that a stranger does uses up what somebody with the right link or session needs, or what the first who ask from another
/// network do.
struct Attempts: Sendable {
    /// Following a link that we have signed and that works once.
    let links = Budget<UUID>(atMost: 20, within: 600)
    /// Showing a link that we have not signed, by the id that it claims.
    let forgedLinks = Budget<UUID>(atMost: 20, within: 600)
    /// Showing a session's token that nobody was ever given, by the council that it claims.
    let unknownSessions = Budget<SessionToken.Holder>(atMost: 300, within: 600)
    /// Asking for a link to sign in by, by the address, known or not.
    let linkRequests = SharedBudget<String>(atMost: 30, within: 600)
    /// Registering, by council and by mail domain: what a council or the people of a domain can be written to.
    let registrationsOf = SharedBudget<MunicipalityID>(atMost: 60, within: 3600)
    let registrationsFrom = SharedBudget<String>(atMost: 60, within: 3600)
    /// Asking to join a council, which the database counts in all.
    let joiningOf = SharedBudget<MunicipalityID>(atMost: 0, within: 3600)
    /// Sending an invitation again, by seat or member.
    let invitationsAgain = Budget<UUID>(atMost: 1, within: 3600)
}

extension Attempts {
    /// To each of these seats, or to a member, an invitation is sent again.
    func sendAgain(to ids: [UUID], at now: Instant) throws(Problem) {
        do throws(Problem) { try invitationsAgain.count(ids, at: now) } catch {
            throw error.with(detail: Text2(
                sv: "Inbjudan har nyss skickats igen. Det går en gång i timmen till var och en.",
                en: "The invitation has just been sent again. It is sent once an hour to each."))
        }
    }
}

/// What all may do together, and what is left to whoever has hardly begun: a stranger may use up the first, and keeps nobody in another network from the
/// second. So a flood stays within `atMost`, and two for each network that takes part in it.
final class SharedBudget<Key: Hashable & Sendable>: Sendable {
    private struct Share: Hashable, Sendable { let key: Key, source: Source }

    private let all: Budget<Key>
    private let first: Budget<Share>

    init(atMost: Int, within seconds: Int) {
        (all, first) = (Budget(atMost: atMost, within: seconds), Budget(atMost: 2, within: seconds))
    }

    /// Throws `tooManyRequests` when all together have asked too often, and who asks now from this source too.
    /// - Parameter source: nil, of which nothing is known, has no share of its own.
    func count(_ key: Key, from source: Source?, at now: Instant) throws(Problem) {
        let isAmongFirst = source.map { (try? first.count(Share(key: key, source: $0), at: now)) != nil } ?? false
        do throws(Problem) { try all.count(key, at: now) } catch { if !isAmongFirst { throw error } }
    }
}

/// Counts by key, in memory. It forgets by itself.
final class Budget<Key: Hashable & Sendable>: Sendable {
    private struct Count { var began: Instant, number: Int }

    private let counts = Mutex<[Key: Count]>([:])
    private let atMost, period, mostKeys: Int

    /// - Parameters:
    ///   - seconds: how long a count goes on; the next one begins at nothing.
    ///   - mostKeys: how many are counted at a time.
    init(atMost: Int, within seconds: Int, mostKeys: Int = 10_000) {
        (self.atMost, period, self.mostKeys) = (atMost, seconds, mostKeys)
    }

    /// Throws `tooManyRequests` when the key has been counted too often in its period.
    func count(_ key: Key, at now: Instant) throws(Problem) { try count([key], at: now) }

    /// Counts all of the keys; or none, and throws, when one of them has been counted too often.
    func count(_ keys: [Key], at now: Instant) throws(Problem) {
        let end: Instant? = counts.withLock { counts in
            let running = keys.compactMap { counts[$0] }.filter { now.seconds(since: $0.began) < period }
            if let full = running.filter({ $0.number >= atMost }).map(\.began).max() ?? (atMost < 1 ? now : nil) { return full.adding(seconds: period) }
            for key in keys {
                if counts[key] == nil, counts.count >= mostKeys { makeRoom(in: &counts, at: now) }
                var count = counts[key] ?? Count(began: now, number: 0)
                if now.seconds(since: count.began) >= period { count = Count(began: now, number: 0) }
                count.number += 1
                counts[key] = count
            }
            return nil
        }
        if let end { throw .tooManyRequests(retryAfter: max(1, end.seconds(since: now))) }
    }

    /// So many keys at once are an attack on this very table: begin again rather than grow.
    private func makeRoom(in counts: inout [Key: Count], at now: Instant) {
        counts = counts.filter { now.seconds(since: $0.value.began) < period }
        if counts.count >= mostKeys { counts = [:] }
    }

    /// How many keys are counted now.
    var size: Int { counts.withLock(\.count) }
}

/// Tokens that open nothing, counted by what they claim to open.
struct Guesses: Sendable {
    let links: Links
    let attempts: Attempts

    /// For a call that was refused as not signed in. Who has the right token is never counted, nor whose session has ended, nor who has shown no token
    /// or one of another kind. A page is not kept from leading to the page for signing in.
    func count(_ call: Call, refusedBy error: any Error) throws(Problem) {
        switch call.route.needs {
        case .nobody: break
        case .participant:
            if let token = try? call.seatToken(), links.read(token, as: .seat) == nil { try countForged(token, at: call.now) }
        case .member, .operator:
            guard call.route.isAPI, (error as? SQLError)?.constraint == "session_is_unknown", let token = call.bearer.flatMap({ SessionToken($0) })
            else { return }
            try attempts.unknownSessions.count(token.holder, at: call.now)
        }
    }

    /// For a link that none of our keys has signed.
    func countForged(_ token: String, at now: Instant) throws(Problem) {
        if let id = Links.claimed(token) { try attempts.forgedLinks.count(id, at: now) }
    }
}
