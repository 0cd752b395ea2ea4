/// A part of a file, in YAML or in JSON, that knows where it stands.
struct InstrumentNode {
    let line, column: Int
    let content: Content

    indirect enum Content {
        case mapping([Field])
        case list([InstrumentNode])
        /// What it is, and what stands there; text is without its quotes.
        case scalar(InstrumentFault.Kind, String)
    }

    /// A name with its value. The same name may come again: that is for the reader to see.
    struct Field {
        let name: String
        let line, column: Int
        let value: InstrumentNode
    }

    var kind: InstrumentFault.Kind {
        switch content {
        case .mapping: .mapping
        case .list: .list
        case .scalar(let kind, _): kind
        }
    }

    /// What stands there, if it is one value.
    var written: String? {
        if case .scalar(_, let text) = content { text } else { nil }
    }
}

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
