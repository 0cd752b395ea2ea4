import Rules

/// What can be wrong with a field, said to people. Beside the field the name is known, so the sentences do without it.
struct FieldMessage: Sendable, Equatable {
    let text: Text2

    init(sv: String, en: String) { text = Text2(sv: sv, en: en) }

    static let required = FieldMessage(sv: "Fyll i detta.", en: "This is required.")
    static let unknownField = FieldMessage(sv: "Okänt fält.", en: "Unknown.")
    static let repeated = FieldMessage(sv: "Står mer än en gång.", en: "Given more than once.")
    static let notText = FieldMessage(sv: "Ska vara text.", en: "Must be text.")
    static let notInteger = FieldMessage(sv: "Ska vara ett heltal.", en: "Must be a whole number.")
    static let notBoolean = FieldMessage(sv: "Ska vara sant eller falskt.", en: "Must be true or false.")
    static let notList = FieldMessage(sv: "Ska vara en lista.", en: "Must be a list.")
    static let notObject = FieldMessage(sv: "Ska vara ett objekt.", en: "Must be an object.")
    static let notInstant = FieldMessage(sv: "Ange datum och klockslag.", en: "Must be a date and a time (RFC 3339 with an offset).")
    static let notDay = FieldMessage(sv: "Ange ett datum, till exempel 2026-11-23.", en: "Must be a date, such as 2026-11-23.")
    static let notID = FieldMessage(sv: "Är inte en giltig identitet.", en: "Must be an id (UUID).")
    static let controlCharacter = FieldMessage(sv: "Innehåller tecken som inte kan användas.", en: "Holds characters that cannot be used.")
    static let chosenTwice = FieldMessage(sv: "Samma val står två gånger.", en: "The same choice is given twice.")
    static let malformed = FieldMessage(sv: "Är inte rätt skrivet.", en: "Is not well formed.")

    static func tooLong(_ limit: Int) -> FieldMessage {
        FieldMessage(sv: "Får ha högst \(limit) tecken.", en: "May have at most \(limit) characters.")
    }

    static func tooShort(_ limit: Int) -> FieldMessage {
        FieldMessage(sv: "Ska ha minst \(limit) tecken.", en: "Must have at least \(limit) characters.")
    }

    static func outOfRange(_ range: ClosedRange<Int>) -> FieldMessage {
        FieldMessage(sv: "Ska vara mellan \(range.lowerBound) och \(range.upperBound).", en: "Must be between \(range.lowerBound) and \(range.upperBound).")
    }

    static func count(_ range: ClosedRange<Int>) -> FieldMessage {
        FieldMessage(
            sv: "Ska vara mellan \(range.lowerBound) och \(range.upperBound) stycken.", en: "Must hold between \(range.lowerBound) and \(range.upperBound).")
    }

    static func notOneOf(_ choices: [String]) -> FieldMessage {
        FieldMessage(sv: "Välj ett av alternativen.", en: "Must be one of: \(choices.joined(separator: ", ")).")
    }
}

extension FieldMessage {
    /// The sentence for what the rules found.
    init(_ code: FieldFault.Code) {
        self = switch code {
        case .required: .required
        case .tooLong: FieldMessage(sv: "Är för långt.", en: "Is too long.")
        case .tooSmall: FieldMessage(sv: "Är för litet.", en: "Is too small.")
        case .tooLarge: FieldMessage(sv: "Är för stort.", en: "Is too large.")
        case .notText: .controlCharacter
        case .notCollected: FieldMessage(sv: "Frågas inte efter i den här omgången.", en: "Is not asked for in this round.")
        case .notAhead: .notAhead
        case .notAfterStart: FieldMessage(sv: "Ska ligga efter början.", en: "Must lie after the beginning.")
        case .notSafeLink: FieldMessage(sv: "Ska vara en länk som börjar med https://.", en: "Must be a link that begins with https://.")
        case .valueOffScale: FieldMessage(sv: "Ligger utanför skalan.", en: "Is not on the scale.")
        case .markInOneOnly: FieldMessage(
            sv: "”Vet inte” och ”inte relevant” gäller både nuläge och önskat läge.",
            en: "\"Don't know\" and \"not relevant\" stand for both the current and the desired level.")
        case .malformed: .malformed
        case .publicMailDomain: FieldMessage(
            sv: "Använd din e-postadress i tjänsten, inte en privat.", en: "Use your work e-mail address, not one from a public mail service.")
        case .notASCII: FieldMessage(sv: "Får bara innehålla a–z, siffror och skiljetecken.", en: "May hold ASCII characters only.")
        case .checkDigit: FieldMessage(sv: "Kontrollsiffran stämmer inte.", en: "The check digit is wrong.")
        }
    }
}
