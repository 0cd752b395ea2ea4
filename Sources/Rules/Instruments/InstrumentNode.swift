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
