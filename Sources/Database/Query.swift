/// A statement that `A` may run, and how its answer becomes an `R`.
///
/// Write them as constrained extensions, so that they are found by a leading dot and refused for any other authority:
/// ```swift
/// extension Query where A == Member, R == String {
///     static func name(of id: UUID) -> Self { .one("select name from people where id = \(id)") { try $0.next() } }
/// }
/// ```
/// `writes` says that the statement changes something: it then travels on the connections for writes. Where nothing in a transaction
/// is declared to write, PostgreSQL is told to refuse writes (25006), because what is only read may be sent again after a lost connection.
/// `repeatable` says that doing it twice does no more than doing it once, so that it may be sent again too.
public struct Query<A: Authority, R: Sendable>: Sendable {
    let sql: SQL
    let writes: Bool
    let repeatable: Bool
    let decode: @Sendable (Answer) throws -> R

    private init(_ sql: SQL, writes: Bool, repeatable: Bool, decode: @escaping @Sendable (Answer) throws -> R) {
        self.sql = sql
        self.writes = writes
        self.repeatable = repeatable || !writes
        self.decode = decode
    }
}

extension Query {
    /// Exactly one row: `NoRow` or `ManyRows` otherwise. (In `send` the transaction has then been committed already.)
    public static func one(
        _ sql: SQL, writes: Bool = false, repeatable: Bool = false, _ read: @escaping @Sendable (inout Row) throws -> R
    ) -> Query {
        Query(sql, writes: writes, repeatable: repeatable) { answer in
            guard answer.rows > 0 else { throw NoRow() }
            return try only(answer, read)
        }
    }

    /// One row or none.
    public static func optional<T>(
        _ sql: SQL, writes: Bool = false, repeatable: Bool = false, _ read: @escaping @Sendable (inout Row) throws -> T
    ) -> Query where R == T? {
        Query(sql, writes: writes, repeatable: repeatable) { answer in
            answer.rows == 0 ? nil : try only(answer, read)
        }
    }

    /// Any number of rows.
    public static func rows<T>(
        _ sql: SQL, writes: Bool = false, repeatable: Bool = false, _ read: @escaping @Sendable (inout Row) throws -> T
    ) -> Query where R == [T] {
        Query(sql, writes: writes, repeatable: repeatable) { answer in
            try (0..<answer.rows).map { number in
                var row = Row(number, of: answer)
                return try read(&row)
            }
        }
    }

    /// A write, and how many rows it touched.
    public static func write(_ sql: SQL, repeatable: Bool = false) -> Query where R == Int {
        Query(sql, writes: true, repeatable: repeatable) { $0.touched }
    }

    /// A statement whose answer is of no interest, such as the select of a void function.
    public static func none(_ sql: SQL, writes: Bool, repeatable: Bool = false) -> Query where R == Void {
        Query(sql, writes: writes, repeatable: repeatable) { _ in }
    }
}

private func only<T>(_ answer: Answer, _ read: (inout Row) throws -> T) throws -> T {
    guard answer.rows == 1 else { throw ManyRows(count: answer.rows) }
    var row = Row(0, of: answer)
    return try read(&row)
}
