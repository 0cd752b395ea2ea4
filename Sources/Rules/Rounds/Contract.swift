/// What a round promises its participants (disclosure.md R14): shown before they answer, hashed, frozen at the first invitation. Nothing outside it can be
/// shared later. Every field is asked for, none assumed.
public struct Contract: Hashable, Sendable, Decodable {
    /// The least number of persons behind a figure.
    public let k: Int
    /// The nämnd responsible for the personal data.
    public let controller: String
    /// What the answers are for.
    public let purpose: String
    /// Where a participant turns with questions about his data.
    public let contact: String
    public let audiences: Set<Audience>
    /// Whether comments in people's own words are asked for (R12).
    public let comments: Bool
    /// How long what is kept, in the council's words.
    public let retention: String
    /// The disposal decision (gallringsbeslut) under which answers are deleted: its diary number and date, as the council cites it.
    public let disposalDecision: String
    /// Whether the result may be divided into parts of the group (R6), and participants are told so. Contracts from before there were splits
    /// (version 1) say nothing of it, and so their rounds have none.
    public let split: Bool

    public enum Audience: String, Hashable, Sendable, CaseIterable, Codable {
        case participants, council, facilitators
        case anonymousStatistics = "anonymous-statistics"

        public var name: Text2 {
            switch self {
            case .participants: Text2(sv: "De som har svarat", en: "Those who answered")
            case .council: Text2(sv: "Kommunen", en: "The council")
            case .facilitators: Text2(sv: "Processledare som kommunen ger tillgång", en: "Facilitators whom the council grants access")
            case .anonymousStatistics: Text2(sv: "Anonym statistik över kommuner", en: "Anonymous statistics over councils")
            }
        }
    }

    public init(
        k: Int, controller: String, purpose: String, contact: String, audiences: Set<Audience>, comments: Bool, retention: String, disposalDecision: String,
        split: Bool = true
    ) {
        self.k = k
        self.controller = controller
        self.purpose = purpose
        self.contact = contact
        self.audiences = audiences
        self.comments = comments
        self.retention = retention
        self.disposalDecision = disposalDecision
        self.split = split
    }

    /// Everything that is wrong with it, in the order of the fields; empty if it may be used.
    public var faults: [FieldFault] {
        var faults: [FieldFault] = []
        if k < Disclosure.leastK { faults.append(FieldFault("/k", .tooSmall)) }
        if k > Contract.greatestK { faults.append(FieldFault("/k", .tooLarge)) }
        faults += fault(controller, at: "/controller", limit: 200)
        faults += fault(purpose, at: "/purpose", limit: 2_000)
        faults += fault(contact, at: "/contact", limit: 200)
        // The document is the council's own record, so nobody can promise to keep it from the council.
        if !audiences.contains(.council) { faults.append(FieldFault("/audiences", .required)) }
        faults += fault(retention, at: "/retention", limit: 2_000)
        faults += fault(disposalDecision, at: "/disposalDecision", limit: 200)
        return faults
    }

    /// What its SHA-256 is taken of (RFC 8785).
    public var canonicalBytes: [UInt8] { json.canonicalBytes }

    public var json: JSON {
        let terms: [JSON.Member] = [
            .init("schema", .string("nyttograd/contract/\(split ? 2 : 1)")), .init("k", .integer(k)), .init("controller", .string(controller)),
            .init("purpose", .string(purpose)), .init("contact", .string(contact)),
            .init("audiences", .array(audiences.map(\.rawValue).sorted().map(JSON.string))), .init("comments", .bool(comments)),
            .init("retention", .string(retention)), .init("disposalDecision", .string(disposalDecision)),
        ]
        return .object(split ? terms + [.init("split", .bool(true))] : terms)
    }

    /// R5: a council may raise k, never lower it below this.
    public static let leastK = Disclosure.leastK
    /// More would hide every round there is.
    public static let greatestK = 50

    private func fault(_ text: String, at pointer: String, limit: Int) -> [FieldFault] {
        PlainText.fault(text, limit: limit).map { [FieldFault(pointer, $0)] } ?? []
    }
}

extension Contract {
    private enum Key: String, CodingKey { case k, controller, purpose, contact, audiences, comments, retention, disposalDecision, split }

    /// As `json` writes it, of either version.
    public init(from decoder: any Decoder) throws {
        let it = try decoder.container(keyedBy: Key.self)
        self.init(
            k: try it.decode(Int.self, forKey: .k), controller: try it.decode(String.self, forKey: .controller),
            purpose: try it.decode(String.self, forKey: .purpose), contact: try it.decode(String.self, forKey: .contact),
            audiences: try it.decode(Set<Audience>.self, forKey: .audiences), comments: try it.decode(Bool.self, forKey: .comments),
            retention: try it.decode(String.self, forKey: .retention), disposalDecision: try it.decode(String.self, forKey: .disposalDecision),
            split: try it.decodeIfPresent(Bool.self, forKey: .split) ?? false)
    }
}

/// Text that people write into a field.
public enum PlainText {
    /// What is wrong with a text that must be there: nothing but white space, too many characters, or control characters other than a line break.
    public static func fault(_ text: String, limit: Int) -> FieldFault.Code? {
        if text.allSatisfy(\.isWhitespace) { return .required }
        if text.unicodeScalars.count > limit { return .tooLong }
        if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\r" }) { return .notText }
        return nil
    }
}
