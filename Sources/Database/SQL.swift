/// One statement: text with `$n` in place of its interpolated values.
///
/// `"select name from t where id = \(id)"` binds `id`, and so cannot be injected into. Another `SQL` value is spliced in with its own values.
/// `\(unsafeRaw: text)` puts text into the statement as it stands: never with anything that came from outside.
/// Every text stays prepared on its connections, so it should come from a small, fixed set.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// The text around the values: one piece more than there are values.
    private var pieces: [String]
    private(set) var oids: [UInt32] = []
    /// Length in bytes of each value, -1 for NULL.
    private(set) var lengths: [Int32] = []
    /// All values in PostgreSQL's binary form, one after the other.
    private(set) var bytes: [UInt8] = []
    /// The first value, counted from 1, whose text holds a NUL.
    private var positionOfNUL: Int?

    public init(stringLiteral text: String) { pieces = [text] }
    public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.sql }

    /// The statement as PostgreSQL gets it.
    var text: String {
        var text = ""
        text.reserveCapacity(pieces.reduce(pieces.count * 4) { $0 + $1.utf8.count })
        text += pieces[0]
        for position in 1..<pieces.count {
            text += "$"
            text += String(position)
            text += pieces[position]
        }
        return text
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var sql = SQL(stringLiteral: "")

        public init(literalCapacity: Int, interpolationCount: Int) {}
        public mutating func appendLiteral(_ text: String) { sql.append(text) }
        public mutating func appendInterpolation(_ value: some Bindable) { sql.bind(value) }
        public mutating func appendInterpolation<T: Bindable>(_ value: T?) { sql.bind(value) }
        public mutating func appendInterpolation(_ other: SQL) { sql.splice(other) }
        public mutating func appendInterpolation(unsafeRaw text: String) { sql.append(text) }
    }

    private mutating func append(_ text: String) { pieces[pieces.count - 1] += text }

    private mutating func bind<T: Bindable>(_ value: T?) {
        oids.append(T.oid)
        pieces.append("")
        guard let value else { return lengths.append(-1) }
        let start = bytes.count
        value.write(to: &bytes)
        lengths.append(Int32(clamping: bytes.count - start))
        if positionOfNUL == nil, value.holdsNUL { positionOfNUL = oids.count }
    }

    private mutating func splice(_ other: SQL) {
        if positionOfNUL == nil, let position = other.positionOfNUL { positionOfNUL = oids.count + position }
        append(other.pieces[0])
        pieces += other.pieces.dropFirst()
        oids += other.oids
        lengths += other.lengths
        bytes += other.bytes
    }
}

extension SQL {
    /// Words that would end the transaction, or outlive it, on a connection that others share.
    private static let refused: Set<String> = [
        "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release", "set", "reset", "discard",
        "prepare", "deallocate", "call", "copy", "listen", "unlisten",
    ]

    /// Says no to what must not be queued beside other people's statements.
    func check() throws(StatementRefused) {
        if let positionOfNUL { throw .holdsNUL(position: positionOfNUL) }
        if oids.count > 65_535 { throw .tooManyValues(oids.count) }
        let word = SQL.firstWord(of: pieces)
        if word.isEmpty || SQL.refused.contains(word) { throw .statement(word) }
        if pieces.contains(where: { $0.utf8.contains(0) }) { throw .textHoldsNUL }
    }

    /// The first word in lower case, behind blanks and comments; empty if there is none.
    private static func firstWord(of pieces: [String]) -> String {
        var rest = pieces[0].utf8[...]
        while let byte = rest.first {
            if byte == UInt8(ascii: " ") || (9...13).contains(byte) || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ";") {
                rest.removeFirst()
            } else if rest.starts(with: "--".utf8) {
                rest = rest.drop { $0 != UInt8(ascii: "\n") }
            } else if rest.starts(with: "/*".utf8) {
                rest = afterComment(rest)
            } else {
                break
            }
        }
        let word = rest.prefix { byte in (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z") }
        return String(decoding: word.map { $0 | 0x20 }, as: UTF8.self)
    }

    /// What follows a block comment. PostgreSQL's nest.
    private static func afterComment(_ text: Substring.UTF8View) -> Substring.UTF8View {
        var rest = text
        var depth = 0
        repeat {
            if rest.starts(with: "/*".utf8) {
                depth += 1
                rest = rest.dropFirst(2)
            } else if rest.starts(with: "*/".utf8) {
                depth -= 1
                rest = rest.dropFirst(2)
            } else {
                rest = rest.dropFirst()
            }
        } while depth > 0 && !rest.isEmpty
        return rest
    }
}
