/// What an HTML form sent: under each name one value or several, in order.
struct FormBody: Sendable, Equatable {
    private(set) var values: [String: [String]]

    init(_ values: [String: [String]] = [:]) { self.values = values }

    /// `application/x-www-form-urlencoded`, nil if it is malformed.
    init?(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self), let pairs = PercentEncoding.pairs(text) else { return nil }
        guard pairs.count <= FormBody.mostPairs, !pairs.contains(where: { ($0.name + $0.value).utf8.contains(0) }) else { return nil }
        values = Dictionary(grouping: pairs, by: \.name).mapValues { $0.map(\.value) }
    }

    static let mostPairs = 1000

    subscript(name: String) -> [String] { values[name] ?? [] }

    mutating func remove(_ name: String) -> [String] { values.removeValue(forKey: name) ?? [] }

    /// Whether nothing but white space stands under the name, and under those that continue it.
    func isBlank(_ name: String) -> Bool {
        let stands = { (texts: [String]) in texts.contains { $0.unicodeScalars.contains { !$0.properties.isWhitespace } } }
        return !stands(self[name]) && !values.contains { $0.key.hasPrefix(name + ".") && stands($0.value) }
    }

    /// The first parts of the names that begin with `prefix`, without it.
    func names(below prefix: String) -> [String] {
        values.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count).prefix { $0 != "." }) }
    }

    /// The values of a repeated name, or the numbered continuations `name.0`, `name.1`, … as far as they go without a gap.
    func elements(of name: String) -> [Field.Value] {
        let repeated = self[name].filter { !$0.isEmpty }
        guard repeated.isEmpty else { return repeated.map { .form(FormBody([name: [$0]]), name: name) } }
        let numbers = Set(names(below: name + "."))
        return (0..<numbers.count).prefix { numbers.contains(String($0)) }.map { .form(self, name: "\(name).\($0)") }
    }
}
