/// A bounded memory of what was asked for lately. When half of it is full, what has not been asked for since the half before is forgotten.
struct Recent<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var young: [Key: Value] = [:], old: [Key: Value] = [:]
    private let half: Int

    init(atMost most: Int) { half = max(1, most / 2) }

    mutating func find(_ key: Key) -> Value? {
        if let value = young[key] { return value }
        guard let value = old[key] else { return nil }
        keep(value, for: key)
        return value
    }

    mutating func keep(_ value: Value, for key: Key) {
        if young.count >= half, young[key] == nil { (old, young) = (young, [:]) }
        young[key] = value
    }
}
