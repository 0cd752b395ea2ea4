import CLibPQ

/// One row, lent to the function that reads it; columns are read in the order selected.
public struct Row: ~Copyable {
    private let result: OpaquePointer?
    private let row: Int32
    private var column: Int32 = 0

    init(_ row: Int, of answer: Answer) {
        self.row = Int32(row)
        result = answer.result
    }

    /// The next column.
    public mutating func next<T: Readable>(_ type: T.Type = T.self) throws(DecodingFault) -> T {
        if let value = try nextOrNull(type) { return value }
        throw .null(column: name(of: column - 1), expected: "\(T.self)")
    }

    /// The next column, nil if it is NULL.
    public mutating func nextOrNull<T: Readable>(_: T.Type = T.self) throws(DecodingFault) -> T? {
        guard column < PQnfields(result) else { throw .noColumn(number: Int(column) + 1, expected: "\(T.self)") }
        defer { column += 1 }
        let oid = PQftype(result, column)
        guard T.reads(oid: oid) else { throw .type(column: name(of: column), oid: oid, expected: "\(T.self)") }
        if PQgetisnull(result, row, column) == 1 { return nil }
        let bytes = UnsafeRawBufferPointer(start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
        do { return try T(bytes) } catch { throw named(error, expected: "\(T.self)") }
    }

    private func name(of column: Int32) -> String { PQfname(result, column).map { String(cString: $0) } ?? "?" }

    private func named(_ fault: DecodingFault, expected: String) -> DecodingFault {
        switch fault {
        case .malformed: .bytes(column: name(of: column), expected: expected)
        case .nullAmongElements: .null(column: name(of: column), expected: expected)
        default: fault
        }
    }
}

/// One result of libpq, cleared with its last reference. Nothing changes it, so that it may travel between threads.
final class Answer: Sendable {
    private let address: UInt

    init(_ result: OpaquePointer) { address = UInt(bitPattern: result) }
    deinit { PQclear(result) }

    var result: OpaquePointer? { OpaquePointer(bitPattern: address) }
    var status: ExecStatusType { PQresultStatus(result) }
    var rows: Int { Int(PQntuples(result)) }
    /// "COMMIT", "UPDATE 1", …
    var tag: String { String(cString: PQcmdStatus(result)) }
    /// The rows inserted, updated, deleted or selected.
    var touched: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    /// The number that the entering statement was given; nil if this is no answer to an entering statement.
    var echo: Int64? {
        guard rows == 1, PQnfields(result) >= 2, PQgetlength(result, 0, 1) == 8, let value = PQgetvalue(result, 0, 1) else { return nil }
        return Int64(bigEndian: UnsafeRawPointer(value).loadUnaligned(as: Int64.self))
    }

    var error: SQLError {
        SQLError(
            state: field(ng_error_state) ?? "XX000",
            constraint: field(ng_error_constraint),
            message: field(ng_error_message) ?? "no message"
        )
    }

    /// Where in the text of the statement the error was found, in characters from 1.
    var errorPosition: Int? { field(ng_error_position).flatMap { Int($0) } }

    private func field(_ code: Int32) -> String? { PQresultErrorField(result, code).map { String(cString: $0) } }
}
