/// PostgreSQL refused: an SQLSTATE, and perhaps the name of the constraint. The transaction has been rolled back.
///
/// DETAIL, which quotes rows, is never kept. `message` may quote a value that was sent, so that it appears only in `debugDescription`.
public struct SQLError: Error, Equatable, CustomStringConvertible, CustomDebugStringConvertible {
    /// Five characters, e.g. "23505".
    public let state: String
    public let constraint: String?
    public let message: String

    public var description: String { "SQLSTATE \(state)" }
    public var debugDescription: String {
        constraint.map { "SQLSTATE \(state) (\($0)): \(message)" } ?? "SQLSTATE \(state): \(message)"
    }
}

/// The connection ended before the answer came, or there was none. Nothing is known of the work's outcome beyond this.
public struct ConnectionLost: Error, Equatable, CustomStringConvertible {
    /// False only if it is certain that nothing was changed.
    public let mayHaveCommitted: Bool
    public var description: String {
        mayHaveCommitted ? "the database connection was lost; the change may have been made" : "the database connection was lost; nothing was changed"
    }
}

/// Too many are waiting already. Nothing was sent.
public struct TooBusy: Error, Equatable, CustomStringConvertible {
    public var description: String { "the database queue is full" }
}

/// `close()` has been called. Nothing was sent.
public struct DatabaseClosed: Error, Equatable, CustomStringConvertible {
    public var description: String { "the database has been closed" }
}

/// No connection could be made.
public struct CannotConnect: Error, CustomStringConvertible {
    /// libpq's own words; they name host and user, never a password.
    public let reason: String
    public var description: String { "cannot connect to PostgreSQL: \(reason)" }
}

/// `Query.one` found no row.
public struct NoRow: Error, Equatable, CustomStringConvertible {
    public var description: String { "no row" }
}

/// `Query.one` or `.optional` found more than one row.
public struct ManyRows: Error, Equatable, CustomStringConvertible {
    public let count: Int
    public var description: String { "\(count) rows where one was expected" }
}

/// A statement that may not be sent. Nothing was sent.
public enum StatementRefused: Error, Equatable, CustomStringConvertible {
    /// The text parameter `$position` holds a NUL, which PostgreSQL cannot store.
    case holdsNUL(position: Int)
    case textHoldsNUL
    case tooManyValues(Int)
    /// Begins with a word that would end the transaction or outlive it; or is empty.
    case statement(String)

    public var description: String {
        switch self {
        case .holdsNUL(let position): "parameter $\(position) holds a NUL character"
        case .textHoldsNUL: "the statement's text holds a NUL character"
        case .tooManyValues(let count): "\(count) parameters; PostgreSQL takes 65535"
        case .statement(let word): word.isEmpty ? "an empty statement" : "a statement may not begin with \"\(word)\""
        }
    }
}

/// A column is not what the code reads it as.
public enum DecodingFault: Error, Equatable, CustomStringConvertible {
    /// NULL where the code has no optional.
    case null(column: String, expected: String)
    /// The column's type, by its `pg_type.oid`, cannot be read as `expected`.
    case type(column: String, oid: UInt32, expected: String)
    /// More columns are read than were selected.
    case noColumn(number: Int, expected: String)
    /// The bytes of `column` are no `expected`.
    case bytes(column: String, expected: String)
    /// Thrown by `Readable.init`; `Row` says it again with the column's name.
    case malformed
    /// An array with a NULL in it; `Row` says it again with the column's name.
    case nullAmongElements

    public var description: String {
        switch self {
        case .null(let column, let expected): "column \"\(column)\" is NULL, read as \(expected)"
        case .type(let column, let oid, let expected): "column \"\(column)\" is of type \(typeName(oid)), read as \(expected)"
        case .noColumn(let number, let expected): "there is no column \(number), read as \(expected)"
        case .bytes(let column, let expected): "column \"\(column)\" is malformed, read as \(expected)"
        case .malformed: "malformed bytes"
        case .nullAmongElements: "NULL in an array"
        }
    }
}

/// The usual types by name, the others by number.
private func typeName(_ oid: UInt32) -> String {
    let names: [UInt32: String] = [
        16: "bool", 17: "bytea", 19: "name", 20: "int8", 21: "int2", 23: "int4", 25: "text", 114: "json", 700: "float4", 701: "float8",
        1000: "bool[]", 1005: "int2[]", 1007: "int4[]", 1009: "text[]", 1016: "int8[]", 1042: "bpchar", 1043: "varchar", 1082: "date",
        1114: "timestamp", 1184: "timestamptz", 1700: "numeric", 2278: "void", 2950: "uuid", 2951: "uuid[]", 3802: "jsonb",
    ]
    return names[oid].map { "\($0) (\(oid))" } ?? "number \(oid)"
}
