import CLibPQ

/// One connection in pipeline mode that never blocks, and the statements prepared on it.
///
/// It is noncopyable and every method is mutating, so that the compiler sees to exclusive use; the pointer is kept as a number,
/// so that it may move between threads.
struct Link: ~Copyable, Sendable {
    enum Arrival {
        case nothingYet
        case answer(Answer)
        /// libpq's nil between the answers of two statements.
        case pause
        case lost
    }

    private let address: UInt
    private var prepared: [Statement: Int] = [:]
    private var lastName = 0

    /// Text that was made up for the occasion would otherwise fill the server's memory.
    private static let mostPrepared = 2_000

    init(_ conninfo: String, options: String) throws(CannotConnect) {
        let address = try connect(conninfo, options: options)
        let connection = OpaquePointer(bitPattern: address)
        guard PQenterPipelineMode(connection) == 1, PQsetnonblocking(connection, 1) == 0 else {
            PQfinish(connection)
            throw CannotConnect(reason: "pipeline mode was refused")
        }
        self.address = address
    }

    deinit { PQfinish(OpaquePointer(bitPattern: address)) }

    private var connection: OpaquePointer? { OpaquePointer(bitPattern: address) }

    mutating func socket() -> Int32 { PQsocket(connection) }
    /// libpq closes the socket itself when a send fails, and epoll then says nothing more: ask after each use.
    mutating func isLost() -> Bool { PQstatus(connection) != CONNECTION_OK }
    /// Takes in what the server has sent.
    mutating func receive() -> Bool { PQconsumeInput(connection) == 1 && !isLost() }

    /// Sends what is queued. Nil: lost. False: the socket is full; call again when it can be written to.
    mutating func flush() -> Bool? {
        switch PQflush(connection) {
        case 0: true
        case 1: false
        default: nil
        }
    }

    mutating func arrival() -> Arrival {
        if PQisBusy(connection) == 1 { return .nothingYet }
        // On a dead connection nil comes for ever: without this test a loop over answers would never end.
        guard let result = PQgetResult(connection) else { return isLost() ? .lost : .pause }
        return .answer(Answer(result))
    }
}

/// What makes a prepared statement: the same text for another role, or with values of other types, is another one.
private struct Statement: Hashable, Sendable {
    let role: String
    let pieces: [SQL.Piece]
}

extension Link {
    /// The segments that answer to one call of `queue`, in order: first a preparation each, then the segment itself.
    struct Queued {
        var preparations: [Int] = []
        var statements: [Int] = []
    }

    /// Queues and sends one segment. Nil: the connection is lost.
    ///
    /// A preparation is a segment of its own in front: within the segment, an error before it would skip it.
    /// A statement counts as prepared once that is queued, since whatever is queued later also runs later.
    mutating func queue(_ statements: [SQL], for role: String, after opening: String? = nil) -> Queued? {
        var queued = Queued()
        if prepared.count > Link.mostPrepared, !forgetAll(&queued) { return nil }
        for sql in statements {
            let statement = Statement(role: role, pieces: sql.pieces)
            if let name = prepared[statement] {
                queued.statements.append(name)
                continue
            }
            guard let name = prepare(statement, sql) else { return nil }
            queued.preparations.append(name)
            queued.statements.append(name)
        }
        if let opening, !sendPlain(opening) { return nil }
        for (sql, name) in zip(statements, queued.statements) where !execute(sql, name) { return nil }
        return sync() ? queued : nil
    }

    /// Queues and sends a statement without values in a segment of its own.
    mutating func queue(plain text: String) -> Bool { sendPlain(text) && sync() }

    /// Prepares these anew next time: preparing failed, or the table they were planned for has changed.
    mutating func forget(_ names: [Int]) {
        prepared = prepared.filter { !names.contains($0.value) }
    }

    private mutating func prepare(_ statement: Statement, _ sql: SQL) -> Int? {
        lastName += 1
        prepared[statement] = lastName
        let oids = sql.oids
        let sent = PQsendPrepare(connection, "s\(lastName)", sql.text, Int32(oids.count), oids)
        return sent == 1 && sync() ? lastName : nil
    }

    private mutating func forgetAll(_ queued: inout Queued) -> Bool {
        prepared = [:]
        queued.preparations.append(0)
        return queue(plain: "deallocate all")
    }

    private mutating func execute(_ sql: SQL, _ name: Int) -> Bool {
        let connection = connection, count = sql.lengths.count
        let bytes = sql.bytes.isEmpty ? [0] : sql.bytes  // an empty text needs an address too: a null pointer is NULL
        return bytes.withUnsafeBytes { bytes in
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) { values in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { binary in
                    var start = 0
                    for (place, length) in sql.lengths.enumerated() {
                        let value = length < 0 ? nil : bytes.baseAddress.map { ($0 + start).assumingMemoryBound(to: CChar.self) }
                        values.initializeElement(at: place, to: value)
                        binary.initializeElement(at: place, to: 1)
                        start += max(0, Int(length))
                    }
                    // `withCString` keeps so short a name on the stack.
                    return "s\(name)".withCString {
                        PQsendQueryPrepared(connection, $0, Int32(count), values.baseAddress, sql.lengths, binary.baseAddress, 1) == 1
                    }
                }
            }
        }
    }

    private mutating func sendPlain(_ text: String) -> Bool {
        PQsendQueryParams(connection, text, 0, nil, nil, nil, nil, 1) == 1
    }

    private mutating func sync() -> Bool { PQpipelineSync(connection) == 1 && !isLost() }
}
