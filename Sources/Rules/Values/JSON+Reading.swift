import FoundationEssentials

extension JSON {
    /// The value of that name in an object; nil if there is none.
    public subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The object without the member of that name.
    public func without(_ name: String) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { $0.name != name })
    }

    /// As a value that can be decoded. Throws `DecodingError`.
    public func read<T: Decodable>(_: T.Type = T.self) throws -> T {
        try JSONDecoder().decode(T.self, from: Data(canonicalBytes))
    }
}
