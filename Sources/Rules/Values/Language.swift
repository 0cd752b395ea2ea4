/// A language that people read the service in; the raw value is its BCP 47 tag.
public enum Language: String, Hashable, Sendable, CaseIterable, Codable {
    case sv, en

    /// "a, b och c".
    public func enumeration(_ parts: [String]) -> String {
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
        return "\(parts.dropLast().joined(separator: ", ")) \(self == .sv ? "och" : "and") \(last)"
    }
}

/// One text in both languages.
public struct Text2: Hashable, Sendable, Codable {
    public let sv: String
    public let en: String

    public init(sv: String, en: String) {
        self.sv = sv
        self.en = en
    }

    public subscript(language: Language) -> String {
        switch language {
        case .sv: sv
        case .en: en
        }
    }
}
