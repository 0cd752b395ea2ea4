import HTTPTypes
import Hummingbird
import Rules

extension Edge {
    /// The reply as HTTP. Problems become documents for the API, pages for people.
    func write(_ reply: Reply, for visit: Visit, _ call: Call?, canSwitchLanguage: Bool) throws -> Response {
        if case .problem(let problem) = reply.content { return try write(problem, reply, visit) }
        var headers = reply.headers, cookies = reply.cookies
        if let location = reply.location { headers[.location] = visit.isAPI ? site.url(location) : location }
        if let tag = reply.tag {
            headers[.eTag] = tag.text
            if isKnown(tag, to: call, reply.status) {
                return Response(status: .notModified, headers: finish(headers, cookies, reply.keeping))
            }
        }
        var body: [UInt8] = []
        switch reply.content {
        case .none, .problem: break
        case .json(let value):
            headers[.contentType] = "application/json"
            body = value.canonicalBytes
        case .bytes(let bytes, let type):
            headers[.contentType] = type
            body = bytes
        case .page(let page):
            headers[.contentType] = "text/html; charset=utf-8"
            headers[.contentLanguage] = visit.language.rawValue
            let drawn = try pages.draw(page, PageSetting(visit, call, site, canSwitchLanguage: canSwitchLanguage))
            body = drawn.bytes
            cookies += drawn.cookies
        }
        let response = Response(status: reply.status, headers: finish(headers, cookies, reply.keeping), body: .init(byteBuffer: ByteBuffer(bytes: body)))
        return reply.status == .noContent ? Response(status: .noContent, headers: response.headers.without(.contentLength)) : response
    }

    private func write(_ problem: Problem, _ reply: Reply, _ visit: Visit) throws -> Response {
        var headers = reply.headers
        guard !visit.isAPI else {
            headers[.contentType] = "application/problem+json"
            let body = problem.document(instance: visit.path, trace: visit.trace).canonicalBytes
            return Response(status: problem.status, headers: finish(headers, [], .never), body: .init(byteBuffer: ByteBuffer(bytes: body)))
        }
        if problem.status == .unauthorized {
            return Response(status: .seeOther, headers: finish([.location: site.signInPath], [], .never))
        }
        headers[.contentType] = "text/html; charset=utf-8"
        headers[.contentLanguage] = visit.language.rawValue
        let drawn = try pages.draw(.problem(problem, trace: visit.trace, in: pages.texts[visit.language]), PageSetting(visit, nil, site, canSwitchLanguage: false))
        return Response(status: problem.status, headers: finish(headers, drawn.cookies, .never), body: .init(byteBuffer: ByteBuffer(bytes: drawn.bytes)))
    }

    private func isKnown(_ tag: EntityTag, to call: Call?, _ status: HTTPResponse.Status) -> Bool {
        guard let call, status == .ok, call.method == .get || call.method == .head, let header = call.preconditions.ifNoneMatch else { return false }
        return Preconditions.lists(header, tag.text, weakly: true)
    }

    private func finish(_ headers: HTTPFields, _ cookies: [Cookie], _ keeping: Reply.Keeping) -> HTTPFields {
        var headers = headers
        headers[.cacheControl] = switch keeping {
        case .never: "no-store"
        case .shared(let seconds): "public, max-age=\(seconds)"
        case .revalidated: "public, no-cache"
        }
        for cookie in cookies { headers.append(HTTPField(name: .setCookie, value: site.header(cookie))) }
        return headers
    }

    /// What every answer carries, whatever made it.
    func addHeaders(to response: inout Response, _ visit: Visit) {
        response.headers[.traceparent] = visit.trace.header
        for field in SecurityHeaders.always { response.headers.append(field) }
        if site.isSecure { response.headers[.strictTransportSecurity] = SecurityHeaders.transport }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    }
}

/// What browsers are told to forbid.
enum SecurityHeaders {
    static let always: [HTTPField] = [
        HTTPField(name: .contentSecurityPolicy, value: "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"),
        HTTPField(name: .xContentTypeOptions, value: "nosniff"),
        HTTPField(name: .named("Referrer-Policy"), value: "no-referrer"),
        HTTPField(name: .named("Cross-Origin-Opener-Policy"), value: "same-origin"),
        HTTPField(name: .named("Cross-Origin-Resource-Policy"), value: "same-origin"),
        HTTPField(name: .named("X-Robots-Tag"), value: "noindex"),
    ]
    static let transport = "max-age=31536000; includeSubDomains"
}

extension HTTPField.Name {
    /// A name that is known to be one.
    static func named(_ name: String) -> Self {
        guard let name = Self(name) else { preconditionFailure("\(name) is a field name") }
        return name
    }
}

extension HTTPFields {
    fileprivate func without(_ name: HTTPField.Name) -> HTTPFields {
        var fields = self
        fields[name] = nil
        return fields
    }
}

extension Problem {
    /// The document of RFC 9457, in English.
    func document(instance: String, trace: Trace) -> JSON {
        var members: [JSON.Member] = [
            .init("type", .string(type)), .init("title", .string(title.en)), .init("status", .integer(status.code)),
            .init("detail", .string(detail.en)), .init("instance", .string(instance)), .init("traceId", .string(trace.id)),
        ]
        if !errors.isEmpty {
            members.append(.init("errors", .list(errors, \.json)))
        }
        return .object(members + extra)
    }
}

extension FieldError {
    fileprivate var json: JSON {
        let place = [("line", line), ("column", column)].compactMap { name, number in number.map { JSON.Member(name, .integer($0)) } }
        return .object([.init("pointer", .string("#" + pointer)), .init("detail", .string(message.en))] + place)
    }
}
