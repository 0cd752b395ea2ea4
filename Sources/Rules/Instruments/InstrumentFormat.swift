/// How an instrument is written in a file.
public enum InstrumentFormat: String, Hashable, Sendable, CaseIterable {
    case yaml, json

    /// What a text claims to be: a file in JSON begins with a brace.
    public init(of text: String) {
        let first = text.unicodeScalars.first { !$0.properties.isWhitespace && $0 != "\u{FEFF}" }
        self = first == "{" ? .json : .yaml
    }

    /// Enough for an instrument of every size allowed; a larger file is a mistake.
    public static let mostBytes = 1_000_000

    static func tree(of text: String) throws(InstrumentFaults) -> InstrumentNode {
        guard text.utf8.count <= mostBytes else { throw InstrumentFaults(.tooLarge(bytes: mostBytes)) }
        return switch InstrumentFormat(of: text) {
        case .yaml: try InstrumentYAML.read(text)
        case .json: try InstrumentJSON.read(text)
        }
    }
}
