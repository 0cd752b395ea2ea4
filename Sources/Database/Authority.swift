/// In whose name a transaction runs: a role of the database, and how that role is entered.
///
/// A `Query` belongs to one authority, so that a statement meant for one kind of person cannot be sent as another: it does not compile.
public protocol Authority: Sendable {
    /// A name for this authority's prepared statements. Row-level security makes plans depend on the role, so each role has plans of its own.
    static var role: String { get }

    /// An SQL *expression* of type text that enters this authority (sets the tenant, checks a token, …) and returns the role's name.
    ///
    /// It is evaluated in the first statement of each transaction, as the login role, and may refuse by raising an error.
    /// Everything it sets must be local to the transaction.
    var entry: SQL { get }
}

extension Authority {
    /// The statement that begins each transaction. PostgreSQL evaluates it from left to right, so an `entry` that writes still may.
    ///
    /// - Parameters:
    ///   - echo: comes back in the second column; an answer that carries another number belongs to somebody else.
    ///   - readOnly: no later statement of the transaction may write (25006).
    func entering(echo: Int64, readOnly: Bool) -> SQL {
        readOnly
            ? "select set_config('role', \(entry), true), \(echo)::int8, set_config('transaction_read_only', 'on', true)"
            : "select set_config('role', \(entry), true), \(echo)::int8"
    }
}
