/// The query of a request: of each name that the route declares at most one value.
struct QueryParameters: Sendable, Equatable {
    private let values: [String: String]

    /// The API refuses names it does not know, so that a misspelt filter is not taken for none. Pages ignore them, because mail programs and
    /// search engines add their own to links.
    init(_ raw: String?, known: Set<String>, strict: Bool) throws(Problem) {
        var values: [String: String] = [:]
        guard let pairs = PercentEncoding.pairs(raw ?? "") else { throw .malformedTarget }
        for (name, value) in pairs {
            guard known.contains(name) else {
                if strict { throw .queryParameter(name, .unknownField) }
                continue
            }
            guard values.updateValue(value, forKey: name) == nil else { throw .queryParameter(name, .repeated) }
            if value.utf8.contains(0) { throw .queryParameter(name, .controlCharacter) }
        }
        self.values = values
    }

    subscript(name: String) -> String? { values[name] }

    /// The value, at most `longest` characters.
    func text(_ name: String, upTo longest: Int = 200) throws(Problem) -> String? {
        guard let value = values[name] else { return nil }
        guard value.unicodeScalars.count <= longest else { throw .queryParameter(name, .tooLong(longest)) }
        return value
    }

    func integer(_ name: String, _ range: ClosedRange<Int>) throws(Problem) -> Int? {
        guard let value = values[name] else { return nil }
        guard let number = DecimalInteger.read(value) else { throw .queryParameter(name, .notInteger) }
        guard range.contains(number) else { throw .queryParameter(name, .outOfRange(range)) }
        return number
    }

    func choice<T: RawRepresentable & CaseIterable>(_ name: String, _: T.Type = T.self) throws(Problem) -> T? where T.RawValue == String {
        guard let value = values[name] else { return nil }
        guard let choice = T(rawValue: value) else { throw .queryParameter(name, .notOneOf(T.allCases.map(\.rawValue))) }
        return choice
    }
}

/// A piece of a list: `limit` entries from page `number`, which begins at 1.
struct Paging: Sendable, Equatable {
    let limit: Int
    let number: Int

    var offset: Int { (number - 1) * limit }

    static let limits = 1...100, numbers = 1...10_000, usual = 20
}

extension QueryParameters {
    var paging: Paging {
        get throws(Problem) {
            Paging(limit: try integer("limit", Paging.limits) ?? Paging.usual, number: try integer("page", Paging.numbers) ?? 1)
        }
    }
}

/// A whole number in ASCII digits, without a plus, leading zeros or white space.
enum DecimalInteger {
    static func read(_ text: String) -> Int? {
        guard let number = Int(text), String(number).utf8.elementsEqual(text.utf8) else { return nil }
        return number
    }
}
