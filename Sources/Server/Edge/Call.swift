import HTTPTypes
import Rules

/// One request, as far as the edge has checked it: it fits its route, its body is well formed, and where credentials are needed some are there.
struct Call: Sendable {
    let route: Route
    let method: HTTPRequest.Method
    let path: String
    let now: Instant
    let language: Language
    let trace: Trace
    let query: QueryParameters
    let cookies: Cookies
    let site: Site
    let texts: Texts
    /// The token of `Authorization: Bearer`.
    let bearer: String?
    let preconditions: Preconditions
    /// `Accept`.
    let accepts: String?
    let source: Source?
    let parameters: [String: String]
    let content: Content

    enum Content: Sendable {
        case none
        case json(JSON)
        case form(FormBody)
        case file(String)
    }
}

// MARK: - Where

extension Call {
    /// The id in the path. What has not the form of an id is not found, exactly as an id that nothing has.
    func id<S>(_ name: String, of _: S.Type = S.self) throws(Problem) -> ID<S> {
        guard let text = parameters[name], let id = ID<S>(text) else { throw .notFound }
        return id
    }

    /// A text in the path, such as a municipality's code.
    func parameter(_ name: String) throws(Problem) -> String {
        guard let text = parameters[name] else { throw .notFound }
        return text
    }

    var paging: Paging { get throws(Problem) { try query.paging } }
}

// MARK: - Who

extension Call {
    /// The token of a signed-in member or operator: the API takes it from the header, pages from the cookie, and neither takes the other's.
    func sessionToken() throws(Problem) -> String {
        guard let token = route.isAPI ? bearer : cookie(Call.session) else { throw .notSignedIn }
        return token
    }

    /// The token of a personal link: for pages the cookie of the seat that the path names, so that a form and its cookie agree.
    func seatToken() throws(Problem) -> String {
        if route.isAPI {
            guard let bearer else { throw .notSignedIn }
            return bearer
        }
        let seat: SeatID = try id("seatId")
        guard let token = cookie(Call.seat(seat)) else { throw .notSignedIn }
        return token
    }

    func cookie(_ name: String) -> String? { cookies[site.cookieName(name)] }

    /// The names of our cookies.
    static let session = "session", visit = "visit", languageChoice = "lang", flash = "flash"
    static func seat(_ id: SeatID) -> String { "seat-\(id)" }
}

// MARK: - What

extension Call {
    /// The body, read by a declaration that serves JSON and forms alike. Throws `Problem.invalidFields` with everything that is wrong with it.
    func body<T>(_ read: (Fields) throws -> T) throws -> T {
        switch content {
        case .json(.object(let members)):
            try Fields.read(.json(Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first }), read)
        case .form(let form):
            try Fields.read(.form(form, prefix: ""), read)
        case .json, .file:
            throw Problem.malformedBody(FieldError("", .notObject))
        case .none:
            try Fields.read(.json([:]), read)
        }
    }

    /// What the form said, to be shown again.
    var form: FormBody {
        if case .form(let form) = content { form } else { FormBody() }
    }

    /// The text of a file that was sent as it is; empty where none was.
    var file: String {
        if case .file(let text) = content { text } else { "" }
    }

    /// Which of the types that a route gives the caller would rather have; the first where he does not say.
    func prefers(_ types: [String]) -> String { MediaTypes.preferred(accepts, of: types) }

    /// Reads a form, and carries it out. If either is refused for what the person wrote, the form is shown again with all that was written and what is
    /// wrong with it: a page's POST and the API share `read` and what `carryOut` calls.
    /// - Parameter fields: where a refusal of the whole is one field's fault: the field's name by the refusal's slug. Its sentence then stands beside the field.
    func submit<T>(
        _ read: (Fields) throws -> T, showing page: (Form) async throws -> Reply, blaming fields: [String: String] = [:],
        _ carryOut: (T) async throws -> Reply
    ) async throws -> Reply {
        do {
            return try await carryOut(try body(read))
        } catch {
            guard var problem = Problem(from: error), Call.shownInForm.contains(problem.status.code) else { throw error }
            if problem.errors.isEmpty, let field = fields[problem.slug] { problem.errors = [FieldError("/" + field, problem.detail)] }
            return try await page(Form(form, problem)).status(problem.status)
        }
    }

    /// Refusals that the person who filled the form in can do something about.
    private static let shownInForm = [409, 412, 422, 429, 503]
}

// MARK: - Whether it has changed (RFC 9110 §13)

struct Preconditions: Sendable, Equatable {
    /// The lines as sent.
    let ifMatch: String?
    let ifNoneMatch: String?

    /// Whether one of the listed entity tags is `tag`; `*` is any.
    static func lists(_ header: String, _ tag: String, weakly: Bool) -> Bool {
        header.split(separator: ",").contains { part in
            let listed = part.trimmingSpaces
            return listed == "*" || listed == tag || weakly && listed == "W/" + tag
        }
    }
}

extension Call {
    /// For a change that may only be made to what the caller has seen.
    func requireMatch(_ tag: EntityTag) throws(Problem) {
        guard let header = preconditions.ifMatch else { throw .preconditionRequired }
        guard Preconditions.lists(header, tag.text, weakly: false) else { throw .preconditionFailed }
    }

    /// The tags that `If-Match` lists, without their quotes; nil if any will do. A weak one matches nothing (RFC 9110 §13.1.1).
    var acceptedTags: [String]? {
        guard let header = preconditions.ifMatch else { return nil }
        let listed = header.split(separator: ",").map { $0.filter { $0 != " " && $0 != "\t" } }
        return listed.contains("*") ? nil : listed.filter { $0.hasPrefix("\"") && $0.hasSuffix("\"") && $0.utf8.count > 1 }.map { String($0.dropFirst().dropLast()) }
    }

    /// For a change where the caller may say what he has seen.
    func checkMatch(_ tag: EntityTag) throws(Problem) {
        if preconditions.ifMatch != nil { try requireMatch(tag) }
    }
}

/// A strong entity tag.
struct EntityTag: Sendable, Equatable {
    /// With its quotes.
    let text: String

    /// From a version number, or anything else of letters and digits that changes whenever the answer does.
    init(_ version: some CustomStringConvertible) { text = "\"\(version)\"" }

    init(of bytes: [UInt8]) { self.init(Base64URL.encode(Crypto.sha256(bytes).prefix(16))) }
}
