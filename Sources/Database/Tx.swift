/// A transaction whose steps depend on answers. It lives on a database thread, for as long as its body runs: the body cannot await anything,
/// so that nothing outside the database is waited for while rows are locked.
public struct Tx<A: Authority>: ~Copyable {
    private let authority: A
    private let link: OwnLink
    private let roundTrips: RoundTrips.Counter?
    private var hasBegun = false
    private var fault: (any Error)?

    init(as authority: A, on link: OwnLink, counting roundTrips: RoundTrips.Counter?) {
        self.authority = authority
        self.link = link
        self.roundTrips = roundTrips
    }

    /// Runs one statement. `begin` and the entering statement travel with the first; without any, nothing is sent at all.
    ///
    /// - Throws: what PostgreSQL or the decoding says. After an `SQLError` or `ConnectionLost` nothing more can be run, and the
    ///   transaction fails with it even if the body catches it.
    public mutating func run<R>(_ query: Query<A, R>) throws -> R {
        if let fault { throw fault }
        try query.sql.check()
        let answer: Answer
        do {
            roundTrips?.add()
            answer = try hasBegun ? next(query.sql) : first(query.sql)
        } catch let refused as StatementRefused {
            throw refused
        } catch {
            fault = error
            throw error
        }
        return try query.decode(answer)
    }

    private mutating func first(_ sql: SQL) throws -> Answer {
        let segment = try Segment(as: authority, [sql], writes: true)
        hasBegun = true
        let answers = try link.run(segment.statements, for: segment.role, after: "begin")
        guard answers[1].echo == segment.echo else { throw link.lose() }
        return answers[2]
    }

    private func next(_ sql: SQL) throws -> Answer { try link.run([sql], for: A.role)[0] }

    /// - Throws: the body's uncaught fault; a deferred constraint's `SQLError`; `ConnectionLost` if the answer to `commit` did not come.
    fileprivate mutating func commit() throws {
        if let fault {
            rollback()
            throw fault
        }
        guard hasBegun else { return }
        roundTrips?.add()
        let answer: Answer
        do { answer = try link.run(plain: "commit") } catch is ConnectionLost { throw ConnectionLost(mayHaveCommitted: true) }
        guard answer.tag == "COMMIT" else { throw SQLError(state: "25P02", constraint: nil, message: "the transaction was rolled back") }
    }

    /// If even this fails, the connection goes, and the transaction with it.
    fileprivate mutating func rollback() {
        guard hasBegun, !(fault is ConnectionLost) else { return }
        roundTrips?.add()
        do { _ = try link.run(plain: "rollback") } catch { link.disconnect() }
    }
}

extension OwnLink {
    /// Commits when `body` returns, rolls back when it throws.
    func transaction<A: Authority, R>(
        as authority: A, counting roundTrips: RoundTrips.Counter?, _ body: (inout Tx<A>) throws -> R
    ) throws -> R {
        try connect()
        var tx = Tx(as: authority, on: self, counting: roundTrips)
        let result: R
        do {
            result = try body(&tx)
        } catch {
            tx.rollback()
            throw error
        }
        try tx.commit()
        return result
    }
}
