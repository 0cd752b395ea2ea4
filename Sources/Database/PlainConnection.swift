import CLibPQ

/// A connection that blocks and belongs to one function: for migrating and for questions at the start, never for requests.
///
/// It has no authority: what it may do is what the role in its connection string may do. Closed when it goes out of scope.
public struct PlainConnection: ~Copyable {
    private let connection: OpaquePointer?

    /// - Parameter conninfo: a libpq connection string. No timeout applies but those it names.
    /// - Throws: `CannotConnect`.
    public init(_ conninfo: String) throws {
        connection = OpaquePointer(bitPattern: try connect(conninfo))
    }

    deinit { PQfinish(connection) }

    /// Runs any number of statements, in one transaction unless they say otherwise.
    /// - Throws: `ScriptFault`; `ConnectionLost`; `StatementRefused` if the text holds a NUL.
    public func execute(_ text: String) throws {
        if text.utf8.contains(0) { throw StatementRefused.textHoldsNUL }
        _ = try answer(PQexec(connection, text), of: text)
    }

    /// Runs one statement and reads its rows as text, nil for NULL.
    /// - Parameter values: for `$1`, `$2`, … in PostgreSQL's text form; nil is NULL.
    public func rows(_ text: String, _ values: [String?] = []) throws -> [[String?]] {
        if text.utf8.contains(0) { throw StatementRefused.textHoldsNUL }
        if let index = values.firstIndex(where: { $0?.holdsNUL == true }) { throw StatementRefused.holdsNUL(position: index + 1) }
        let result = withCStrings(values) { PQexecParams(connection, text, Int32(values.count), nil, $0, nil, nil, 0) }
        let answer = try answer(result, of: text)
        return (0..<Int32(answer.rows)).map { row in
            (0..<PQnfields(answer.result)).map { column in
                PQgetisnull(answer.result, row, column) == 1 ? nil : String(cString: PQgetvalue(answer.result, row, column))
            }
        }
    }

    /// Runs text that must leave the transaction as open as it was.
    func executeInside(_ text: String) throws {
        try execute(text)
        guard PQtransactionStatus(connection) == PQTRANS_INTRANS else { throw TransactionEnded() }
    }

    /// Runs `body` in a transaction, which is rolled back if it throws.
    func transaction(_ body: () throws -> Void) throws {
        try execute("begin")
        do {
            try body()
            try execute("commit")
        } catch {
            try? execute("rollback")  // the first error is the one to tell; a lost connection rolls back by itself
            throw error
        }
    }

    private func answer(_ result: OpaquePointer?, of text: String) throws -> Answer {
        guard let result, PQstatus(connection) == CONNECTION_OK else {
            PQclear(result)
            throw ConnectionLost(mayHaveCommitted: true)
        }
        let answer = Answer(result)
        switch answer.status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return answer
        default: throw ScriptFault(error: answer.error, line: answer.errorPosition.map { line(of: $0, in: text) })
        }
    }

    private func line(of position: Int, in text: String) -> Int {
        1 + text.unicodeScalars.prefix(position - 1).count { $0 == "\n" }
    }
}

/// Text that `PlainConnection` ran and PostgreSQL refused.
public struct ScriptFault: Error, CustomStringConvertible {
    public let error: SQLError
    /// Counted from 1; nil where PostgreSQL names no place.
    public let line: Int?
    /// Whole, because such text is written by us and its reader is whoever wrote it.
    public var description: String { (line.map { "line \($0): " } ?? "") + error.debugDescription }
}

/// The text contained a `commit` or `rollback` of its own.
public struct TransactionEnded: Error, CustomStringConvertible {
    public var description: String { "it ends the transaction that it runs in" }
}
