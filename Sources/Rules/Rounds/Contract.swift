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
        k: Int, controller: String, purpose: String, contact: String, audiences: Set<Audience>, comments: Bool, retention: String, disposalDecision: String
    ) {
        self.k = k
        self.controller = controller
        self.purpose = purpose
        self.contact = contact
        self.audiences = audiences
        self.comments = comments
        self.retention = retention
        self.disposalDecision = disposalDecision
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
        [
            "schema": "nyttograd/contract/1", "k": .integer(k), "controller": .string(controller), "purpose": .string(purpose), "contact": .string(contact),
            "audiences": .array(audiences.map(\.rawValue).sorted().map(JSON.string)), "comments": .bool(comments), "retention": .string(retention),
            "disposalDecision": .string(disposalDecision),
        ]
    }

    /// R5: a council may raise k, never lower it below this.
    public static let leastK = Disclosure.leastK
    /// More would hide every round there is.
    public static let greatestK = 50

    private func fault(_ text: String, at pointer: String, limit: Int) -> [FieldFault] {
        PlainText.fault(text, limit: limit).map { [FieldFault(pointer, $0)] } ?? []
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
