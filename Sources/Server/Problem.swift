import HTTPTypes
import Rules

/// A refusal: expected, and something that the caller can act on. It travels as an error, and the edge answers with it: as problem+json (RFC 9457)
/// from the API, as a page to a browser. Any other error is a fault: 500, with nothing but the trace id.
struct Problem: Error, Sendable, Equatable {
    /// The last part of the type's URI. Clients branch on it, so it never changes.
    let slug: String
    let status: HTTPResponse.Status
    /// The same for every problem of the type.
    let title: Text2
    /// What the caller can do about it.
    var detail: Text2
    /// What is wrong with which field of the body.
    var errors: [FieldError] = []
    /// Header fields that belong to the status: `Allow`, `Retry-After`, `WWW-Authenticate`.
    var headers: HTTPFields = [:]
    /// Members of the document beyond those that every problem has, such as what was done all the same.
    var extra: [JSON.Member] = []

    init(_ slug: String, _ status: HTTPResponse.Status, title: Text2, detail: Text2, errors: [FieldError] = [], headers: HTTPFields = [:]) {
        (self.slug, self.status, self.title, self.detail, self.errors, self.headers) = (slug, status, title, detail, errors, headers)
    }

    /// A stable URI. It names, and need not lead anywhere.
    var type: String { "https://nyttograd.example/problems/\(slug)" }

    func with(detail: Text2) -> Problem {
        var problem = self
        problem.detail = detail
        return problem
    }

    func with(_ errors: [FieldError]) -> Problem {
        var problem = self
        problem.errors = errors
        return problem
    }

    func with(_ name: String, _ value: JSON) -> Problem {
        var problem = self
        problem.extra.append(.init(name, value))
        return problem
    }

    func with(_ name: HTTPField.Name, _ value: String) -> Problem {
        var problem = self
        problem.headers[name] = value
        return problem
    }
}

/// One thing wrong with one field of what was sent.
struct FieldError: Sendable, Equatable {
    /// A JSON pointer (RFC 6901) into the body: `/audiences/0`; empty for the body itself.
    let pointer: String
    let message: Text2
    /// Where it stands in a file that was sent, counted from 1.
    let line, column: Int?

    init(_ pointer: String, _ message: Text2, line: Int? = nil, column: Int? = nil) {
        (self.pointer, self.message, self.line, self.column) = (pointer, message, line, column)
    }

    init(_ pointer: String, _ message: FieldMessage, line: Int? = nil, column: Int? = nil) {
        self.init(pointer, message.text, line: line, column: column)
    }

    /// As found by the rules.
    init(_ fault: FieldFault) {
        self.init(fault.pointer, FieldMessage(fault.code))
    }
}

// MARK: - The catalogue: HTTP

extension Problem {
    static let malformedTarget = Problem("malformed-target", .badRequest,
        title: Text2(sv: "Adressen är felaktig", en: "Malformed address"),
        detail: Text2(sv: "Adressen eller dess parametrar är inte rätt kodade.", en: "The path or its query is not correctly encoded."))

    static let targetTooLong = Problem("target-too-long", .uriTooLong,
        title: Text2(sv: "Adressen är för lång", en: "Address too long"),
        detail: Text2(sv: "Adressen får ha högst 4096 tecken.", en: "A path and its query may have 4096 characters."))

    static let noHost = Problem("no-host", .badRequest,
        title: Text2(sv: "Värdnamn saknas", en: "No host"),
        detail: Text2(sv: "Begäran saknar fältet Host.", en: "The request has no Host field."))

    /// One and the same for what does not exist and for what the caller may not see.
    static let notFound = Problem("not-found", .notFound,
        title: Text2(sv: "Sidan finns inte", en: "Not found"),
        detail: Text2(sv: "Här finns inget, eller inget som du får se.", en: "There is nothing here, or nothing that you may see."))

    static func methodNotAllowed(_ allow: String) -> Problem {
        Problem("method-not-allowed", .methodNotAllowed,
            title: Text2(sv: "Metoden är inte tillåten", en: "Method not allowed"),
            detail: Text2(sv: "Här tillåts: \(allow).", en: "Allowed here: \(allow).")
        ).with(.allow, allow)
    }

    static let methodUnknown = Problem("method-unknown", .notImplemented,
        title: Text2(sv: "Okänd metod", en: "Unknown method"),
        detail: Text2(sv: "Metoden finns inte i den här tjänsten.", en: "No resource of this service has that method."))

    static func notAcceptable(_ types: [String]) -> Problem {
        Problem("not-acceptable", .notAcceptable,
            title: Text2(sv: "Formatet finns inte", en: "Not acceptable"),
            detail: Text2(sv: "Här svaras med \(types.joined(separator: ", ")).", en: "Answers here are \(types.joined(separator: ", ")). Change Accept."))
    }

    static func wrongMediaType(_ types: [String]) -> Problem {
        let sv = types.joined(separator: " eller "), en = types.joined(separator: " or ")
        return Problem("wrong-media-type", .unsupportedMediaType,
            title: Text2(sv: "Fel format", en: "Wrong media type"),
            detail: Text2(sv: "Här tas emot \(sv) i UTF-8, utan komprimering.", en: "Send \(en) in UTF-8, not compressed, and say so in Content-Type."))
    }

    static func bodyTooLarge(_ limit: Int) -> Problem {
        Problem("body-too-large", .contentTooLarge,
            title: Text2(sv: "För mycket text", en: "Body too large"),
            detail: Text2(sv: "Högst \(limit) byte tas emot här.", en: "At most \(limit) bytes are taken here."))
    }

    static let unexpectedBody = Problem("unexpected-body", .badRequest,
        title: Text2(sv: "Oväntat innehåll", en: "Unexpected body"),
        detail: Text2(sv: "Här tas inget innehåll emot.", en: "This operation takes no body."))

    static func malformedBody(_ error: FieldError) -> Problem {
        Problem("malformed-body", .badRequest,
            title: Text2(sv: "Innehållet kan inte läsas", en: "Malformed body"),
            detail: Text2(sv: "Innehållet är inte korrekt.", en: "The body is not what its Content-Type says, in the strict reading of this service."),
            errors: [error])
    }

    static func invalidFields(_ errors: [FieldError]) -> Problem {
        Problem("invalid-fields", .unprocessableContent,
            title: Text2(sv: "Något behöver rättas", en: "Invalid fields"),
            detail: Text2(sv: "Rätta det som är markerat och försök igen.", en: "Correct what \"errors\" names and send it again."),
            errors: errors)
    }

    static func queryParameter(_ name: String, _ message: FieldMessage) -> Problem {
        let shown = String(name.unicodeScalars.prefix(60).map(Character.init))
        return Problem("invalid-query", .badRequest,
            title: Text2(sv: "Felaktig parameter", en: "Invalid query parameter"),
            detail: Text2(sv: "Parametern ”\(shown)”: \(message.text.sv)", en: "The query parameter \"\(shown)\": \(message.text.en)")
        ).with("parameter", .string(shown))
    }
}

// MARK: - The catalogue: who asks

extension Problem {
    /// No credentials, or none that hold.
    static let notSignedIn = Problem("not-signed-in", .unauthorized,
        title: Text2(sv: "Du behöver logga in", en: "Not signed in"),
        detail: Text2(sv: "Logga in och försök igen.", en: "Send a valid token in Authorization: Bearer.")
    ).with(.wwwAuthenticate, #"Bearer realm="nyttograd""#)

    /// The caller may see the resource, and lacks the capability.
    static let forbidden = Problem("forbidden", .forbidden,
        title: Text2(sv: "Du har inte behörighet", en: "Forbidden"),
        detail: Text2(sv: "Ingen av dina roller får göra detta. Kontakta kommunens administratör.", en: "None of your roles may do this. Turn to your council's administrator."))

    static let formExpired = Problem("form-expired", .forbidden,
        title: Text2(sv: "Formuläret har blivit för gammalt", en: "The form is out of date"),
        detail: Text2(sv: "Gå tillbaka, ladda om sidan och skicka formuläret igen. Inget har sparats.", en: "Go back, reload the page and send the form again. Nothing has been saved."))

    /// For the pages of a seat, where a personal link is the only way in.
    static let linkNeeded = Problem("link-needed", .forbidden,
        title: Text2(sv: "Öppna din personliga länk", en: "Open your personal link"),
        detail: Text2(
            sv: "Sidan nås genom länken i mejlet du fick. Öppna det senaste mejlet och följ länken igen.",
            en: "This page is reached by the link in the mail that you were sent. Open the newest one and follow its link again."))

    static let linkVoid = Problem("link-void", .gone,
        title: Text2(sv: "Länken gäller inte längre", en: "The link is no longer valid"),
        detail: Text2(sv: "Den är använd, för gammal eller ersatt av en nyare. Be om en ny.", en: "It has been used, is too old, or has been replaced by a newer one. Ask for another."))
}

// MARK: - The catalogue: state

extension Problem {
    static let preconditionFailed = Problem("precondition-failed", .preconditionFailed,
        title: Text2(sv: "Någon annan har ändrat", en: "Precondition failed"),
        detail: Text2(sv: "Det har ändrats sedan du läste det. Läs det igen.", en: "It has changed since it was read. Read it again and send its new ETag in If-Match."))

    static let preconditionRequired = Problem("precondition-required", .preconditionRequired,
        title: Text2(sv: "Version saknas", en: "Precondition required"),
        detail: Text2(sv: "Ange vilken version ändringen gäller.", en: "Send the ETag of what you read in If-Match."))

    static func tooManyRequests(retryAfter seconds: Int) -> Problem {
        Problem("too-many-requests", .tooManyRequests,
            title: Text2(sv: "För många försök", en: "Too many requests"),
            detail: Text2(sv: "Vänta en stund och försök igen.", en: "Wait as long as Retry-After says.")
        ).with(.retryAfter, String(seconds))
    }
}

// MARK: - The catalogue: the service

extension Problem {
    static let busy = Problem("busy", .serviceUnavailable,
        title: Text2(sv: "Många använder tjänsten just nu", en: "Busy"),
        detail: Text2(sv: "Inget har ändrats. Försök igen om en stund.", en: "Nothing was changed. Try again after Retry-After seconds.")
    ).with(.retryAfter, "2")

    /// - Parameter mayHaveHappened: whether the change that was asked for may have been made.
    static func interrupted(mayHaveHappened: Bool) -> Problem {
        let detail = mayHaveHappened
            ? Text2(sv: "Förbindelsen bröts. Det kan hända att ändringen är gjord: titta efter innan du försöker igen.",
                en: "The work was interrupted, and the change may have been made: read before you try again.")
            : Text2(sv: "Förbindelsen bröts. Inget har ändrats. Försök igen om en stund.",
                en: "The work was interrupted. Nothing was changed. Try again after Retry-After seconds.")
        return Problem("interrupted", .serviceUnavailable,
            title: Text2(sv: "Tjänsten är tillfälligt otillgänglig", en: "Interrupted"), detail: detail
        ).with(.retryAfter, "2")
    }

    /// What is not our caller's fault. The cause is in the log, found by the trace id.
    static let fault = Problem("internal-error", .internalServerError,
        title: Text2(sv: "Något gick fel hos oss", en: "Internal error"),
        detail: Text2(sv: "Felet är noterat. Försök igen, eller kontakta oss och uppge felkoden.", en: "The fault has been noted. Quote the trace id if you report it."))
}
