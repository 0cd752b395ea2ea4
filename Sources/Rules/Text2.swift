/// A language that people read us in. Swedish comes first.
public enum Language: String, CaseIterable, Hashable, Sendable {
    case sv, en
}

/// One text in both languages.
public struct Text2: Hashable, Sendable {
    public let sv, en: String

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
