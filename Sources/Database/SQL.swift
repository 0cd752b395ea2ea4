/// One statement: text with `$n` in place of its interpolated values.
///
/// `"select name from t where id = \(id)"` binds `id`, and so cannot be injected into. Another `SQL` value is spliced in with its own values.
/// `\(unsafeRaw: text)` puts text into the statement as it stands: never with anything that came from outside.
/// Every text stays prepared on its connections, so it should come from a small, fixed set.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// The text, with the places of its values. What tells statements apart: it is compared without being put together.
    private(set) var pieces: [Piece] = []
    /// Length in bytes of each value, -1 for NULL.
    private(set) var lengths: [Int32] = []
    /// All values in PostgreSQL's binary form, one after the other.
    private(set) var bytes: [UInt8] = []
    /// The first value, counted from 1, whose text holds a NUL.
    private var positionOfNUL: Int?

    public init(stringLiteral text: StaticString) { pieces = [.literal(Literal(text: text))] }
    public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.sql }

    private init(expecting values: Int) {
        pieces.reserveCapacity(2 * values + 1)
        lengths.reserveCapacity(values)
        bytes.reserveCapacity(16 * values)
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var sql: SQL

        public init(literalCapacity: Int, interpolationCount: Int) { sql = SQL(expecting: interpolationCount) }
        public mutating func appendLiteral(_ text: StaticString) {
            if text.utf8CodeUnitCount > 0 { sql.pieces.append(.literal(Literal(text: text))) }
        }
        public mutating func appendInterpolation(_ value: some Bindable) { sql.bind(value) }
        public mutating func appendInterpolation<T: Bindable>(_ value: T?) { sql.bind(value) }
        public mutating func appendInterpolation(_ other: SQL) { sql.splice(other) }
        public mutating func appendInterpolation(unsafeRaw text: String) { sql.pieces.append(.raw(text)) }
    }

    private mutating func bind<T: Bindable>(_ value: T?) {
        pieces.append(.value(oid: T.oid))
        guard let value else { return lengths.append(-1) }
        let start = bytes.count
        value.write(to: &bytes)
        lengths.append(Int32(clamping: bytes.count - start))
        if positionOfNUL == nil, value.holdsNUL { positionOfNUL = lengths.count }
    }

    private mutating func splice(_ other: SQL) {
        if positionOfNUL == nil, let position = other.positionOfNUL { positionOfNUL = lengths.count + position }
        pieces += other.pieces
        lengths += other.lengths
        bytes += other.bytes
    }
}

extension SQL {
    enum Piece: Hashable, Sendable {
        case literal(Literal)
        case raw(String)
        /// The place of a value of the type with this number.
        case value(oid: UInt32)
    }

    /// A piece of the program's own text. Where it lies tells what it says.
    struct Literal: Hashable, Sendable {
        let text: StaticString

        static func == (a: Literal, b: Literal) -> Bool {
            a.text.utf8Start == b.text.utf8Start && a.text.utf8CodeUnitCount == b.text.utf8CodeUnitCount
        }
        func hash(into hasher: inout Hasher) {
            hasher.combine(text.utf8Start)
            hasher.combine(text.utf8CodeUnitCount)
        }
    }

    /// The statement as PostgreSQL gets it.
    var text: String {
        var text = "", values = 0
        for piece in pieces {
            switch piece {
            case .literal(let literal): text += literal.text.description
            case .raw(let raw): text += raw
            case .value:
                values += 1
                text += "$\(values)"
            }
        }
        return text
    }

    /// The types of the values, in order.
    var oids: [UInt32] {
        pieces.compactMap { if case .value(let oid) = $0 { oid } else { nil } }
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
        if lengths.count > 65_535 { throw .tooManyValues(lengths.count) }
        let word = firstWord
        if word.isEmpty || SQL.refused.contains(word) { throw .statement(word) }
        if pieces.contains(where: \.holdsNUL) { throw .textHoldsNUL }
    }

    /// The first word in lower case, behind blanks and comments; empty if there is none before the first value.
    private var firstWord: String {
        if case .literal(let literal)? = pieces.first, let word = literal.firstWord { return word }
        var beginning: [UInt8] = []
        for piece in pieces.prefix(while: \.isText) { piece.append(to: &beginning) }
        var rest = beginning[...]
        while let byte = rest.first {
            if byte == UInt8(ascii: " ") || (9...13).contains(byte) || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ";") {
                rest.removeFirst()
            } else if rest.starts(with: "--".utf8) {
                rest = rest.drop { $0 != UInt8(ascii: "\n") }
            } else if rest.starts(with: "/*".utf8) {
                rest = SQL.afterComment(rest)
            } else {
                break
            }
        }
        return SQL.lowercased(rest.prefix(while: SQL.isLetter))
    }

    fileprivate static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }

    fileprivate static func lowercased(_ letters: some Collection<UInt8>) -> String {
        String(unsafeUninitializedCapacity: letters.count) { text in
            for (place, letter) in letters.enumerated() { text[place] = letter | 0x20 }
            return letters.count
        }
    }

    /// What follows a block comment. PostgreSQL's nest.
    private static func afterComment(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
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

extension SQL.Literal {
    /// Where the text begins with a whole word, as nearly all do, without looking further.
    fileprivate var firstWord: String? {
        text.withUTF8Buffer { bytes in
            let letters = bytes.prefix(while: SQL.isLetter)
            return letters.isEmpty || letters.count == bytes.count ? nil : SQL.lowercased(letters)
        }
    }
}

extension SQL.Piece {
    fileprivate var isText: Bool { if case .value = self { false } else { true } }

    /// What the program says itself holds none.
    fileprivate var holdsNUL: Bool { if case .raw(let text) = self { text.utf8.contains(0) } else { false } }

    fileprivate func append(to bytes: inout [UInt8]) {
        switch self {
        case .literal(let literal): literal.text.withUTF8Buffer { bytes += $0 }
        case .raw(let text): bytes += text.utf8
        case .value: break
        }
    }
}
