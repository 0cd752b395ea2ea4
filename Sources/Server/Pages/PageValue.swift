/// What a page is made of. There is no nothing: a template that meets an absent name would silently use one of the same name further out, so
/// what may be absent is a flag and a text.
indirect enum PageValue: Sendable, Equatable {
    case text(String)
    case flag(Bool)
    case list([PageValue])
    case group([String: PageValue])

    static func number(_ number: Int) -> PageValue { .text(String(number)) }

    /// A list of groups.
    static func groups<T>(_ values: some Sequence<T>, _ group: (T) throws -> [String: PageValue]) rethrows -> PageValue {
        .list(try values.map { .group(try group($0)) })
    }

    /// As the mustache library takes it.
    var mustache: Any {
        switch self {
        case .text(let text): text
        case .flag(let flag): flag
        case .list(let values): values.map(\.mustache)
        case .group(let values): values.mapValues(\.mustache)
        }
    }
}

extension PageValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
    init(stringLiteral value: String) { self = .text(value) }
    init(booleanLiteral value: Bool) { self = .flag(value) }
}

extension [String: PageValue] {
    /// What may be absent: the flag `hasName` and the text `name`.
    static func optional(_ name: String, _ text: String?) -> [String: PageValue] {
        let capital = name.prefix(1).uppercased() + name.dropFirst()
        return [name: .text(text ?? ""), "has" + capital: .flag(text != nil)]
    }

    /// Of two values of one name, which is a mistake, the first stands.
    static func + (a: Self, b: Self) -> Self {
        a.merging(b) { first, _ in
            assertionFailure("two values of one name on a page: \(Set(a.keys).intersection(b.keys).sorted())")
            return first
        }
    }
}

extension String {
    /// Its lines that are not empty.
    var paragraphs: [String] { split(separator: "\n").map(String.init) }
}
