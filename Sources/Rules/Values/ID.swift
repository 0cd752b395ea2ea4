import FoundationEssentials

/// The id of a `Subject`. Two kinds of id are two types, so that a seat's id never stands where a round's is meant.
public struct ID<Subject>: Hashable, Sendable, CustomStringConvertible {
    public let uuid: UUID

    public init(_ uuid: UUID) {
        self.uuid = uuid
    }

    /// Reads the canonical form of 36 characters (RFC 9562), upper or lower case; nothing else is an id.
    public init?(_ text: String) {
        let hyphens: Set = [8, 13, 18, 23]
        let bytes = Array(text.utf8)
        guard bytes.count == 36 else { return nil }
        for (place, byte) in bytes.enumerated() {
            let isHyphen = byte == UInt8(ascii: "-")
            guard isHyphen == hyphens.contains(place), isHyphen || byte.isHexDigit else { return nil }
        }
        guard let uuid = UUID(uuidString: text) else { return nil }
        self.uuid = uuid
    }

    /// A new id, version 4: it carries no time, so the order of ids tells nothing (disclosure.md R9).
    public static func random() -> ID {
        ID(UUID())
    }

    /// The canonical form in lower case.
    public var description: String {
        uuid.uuidString.lowercased()
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
        default: false
        }
    }
}

/// What an id can be of, where no value type of that name exists here.
public enum Subject {
    public enum Municipality {}
    public enum Person {}
    public enum Member {}
    public enum Post {}
    public enum Seat {}
    public enum Response {}
    public enum Session {}
    public enum Operator {}
    public enum Job {}
}

public typealias MunicipalityID = ID<Subject.Municipality>
public typealias PersonID = ID<Subject.Person>
public typealias MemberID = ID<Subject.Member>
public typealias PostID = ID<Subject.Post>
public typealias SeatID = ID<Subject.Seat>
public typealias ResponseID = ID<Subject.Response>
public typealias SessionID = ID<Subject.Session>
public typealias OperatorID = ID<Subject.Operator>
public typealias JobID = ID<Subject.Job>
public typealias RoundID = ID<Round>
public typealias RegistrationID = ID<Registration>
