import HTTPTypes
import Hummingbird
import Logging
import Rules

/// The way from HTTP to a handler and back. Nothing reaches a handler that has not passed here, and nothing leaves otherwise.
struct Edge: Sendable {
    let site: Site
    let pages: Pages
    /// The service's clock: what a call takes as now.
    let now: @Sendable () -> Instant
    /// How long a body may take to arrive. What comes after is bounded by the database's own limits.
    var patience: Duration = .seconds(30)
    /// Counts tokens that open nothing.
    var guesses: Guesses?

    /// Hummingbird's router with all routes; each known path answers every method, with 405 and `Allow` where it has none of its own.
    func router(_ routes: Routes) -> Router<EdgeContext> {
        let router = Router(context: EdgeContext.self)
        router.add(middleware: Gate(edge: self))
        for (path, routes) in routes.byPath {
            let own = Dictionary(routes.map { ($0.method, $0) }) { first, _ in first }
            let allow = Edge.allow(Set(own.keys))
            let canSwitch = own[.get] != nil
            for method in Edge.methods {
                router.on(RouterPath(path), method: method) { request, context in
                    if let route = own[method] ?? (method == .head ? own[.get] : nil) {
                        return try await serve(route, hasPage: canSwitch, request, context)
                    }
                    guard method == .options else { throw Problem.methodNotAllowed(allow) }
                    return Response(status: .noContent, headers: [.allow: allow])
                }
            }
        }
        return router
    }

    /// The methods that HTTP defines. Others are unknown everywhere.
    static let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options, .trace, .connect]

    private static func allow(_ own: Set<HTTPRequest.Method>) -> String {
        let all = own.union([.options]).union(own.contains(.get) ? [.head] : [])
        return methods.filter(all.contains).map(\.rawValue).joined(separator: ", ")
    }

    private func serve(_ route: Route, hasPage: Bool, _ request: Request, _ context: EdgeContext) async throws -> Response {
        do {
            let call = try await call(for: route, request, context)
            let reply = try await answer(call)
            return try write(reply, for: context.visit, call, canSwitchLanguage: hasPage)
        } catch {
            // Signing in would not help somebody who answers by personal link.
            guard route.needs == .participant, !route.isAPI, Problem(from: error) == .notSignedIn else { throw error }
            throw Problem.linkNeeded
        }
    }

    private func answer(_ call: Call) async throws -> Reply {
        do {
            return try await call.route.handler(call)
        } catch where Problem(from: error) == .notSignedIn {
            try guesses?.count(call, refusedBy: error)
            throw error
        }
    }
}

// MARK: - Checking

extension Edge {
    /// The call, if the request fits the route. What is checked first is what says least: credentials before the body is looked at.
    private func call(for route: Route, _ request: Request, _ context: EdgeContext) async throws -> Call {
        let headers = request.headers, visit = context.visit
        guard route.gives.isEmpty || MediaTypes.accepts(headers[.accept], anyOf: route.accepted) else {
            throw Problem.notAcceptable(route.gives)
        }
        var parameters: [String: String] = [:]
        for (name, value) in context.parameters { parameters[String(name)] = String(value) }
        let call = Call(
            route: route, method: request.method, path: visit.path, now: now(), language: visit.language, trace: visit.trace,
            query: try QueryParameters(visit.rawQuery, known: route.query, strict: route.isAPI),
            cookies: visit.cookies, site: site, texts: pages.texts[visit.language],
            bearer: Edge.bearer(headers[values: .authorization]),
            preconditions: Preconditions(ifMatch: headers[.ifMatch], ifNoneMatch: headers[.ifNoneMatch]), accepts: headers[.accept],
            source: Source(peer: context.peer, forwarded: headers[values: .forwardedFor]), parameters: parameters, content: .none)
        try call.requireCredentials()
        let body = try await body(of: request, for: route)
        return try call.with(body, contentType: headers[.contentType] ?? "", fetchSite: headers[.secFetchSite])
    }

    private static func bearer(_ headers: [String]) -> String? {
        guard headers.count == 1, let header = headers.first, header.lowercased().hasPrefix("bearer ") else { return nil }
        let token = header.dropFirst("bearer ".count).drop { $0 == " " }
        return token.isEmpty || token.utf8.count > 512 ? nil : String(token)
    }

    private func body(of request: Request, for route: Route) async throws -> [UInt8] {
        let (types, limit) = switch route.takes {
        case .nothing: ([String](), 0)
        case .json(let limit): (["application/json"], limit)
        case .form(let limit): (["application/x-www-form-urlencoded"], limit)
        case .upload(let limit): (["multipart/form-data", "application/x-www-form-urlencoded"], limit)
        case .file(let types, let limit): (types, limit)
        }
        if limit > 0, !types.contains(where: { MediaTypes.isUTF8(request.headers[.contentType], $0) }) || !["", "identity"].contains(request.headers[.contentEncoding] ?? "") {
            throw Problem.wrongMediaType(types)
        }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw limit == 0 ? .unexpectedBody : Problem.bodyTooLarge(limit)
        }
        var bytes: [UInt8] = [], parts = request.body.makeAsyncIterator()
        // Silence is ended by the server (`Serve`); a body that comes a byte at a time, here.
        let deadline = ContinuousClock.now + patience
        while let part = try await Edge.next(&parts) {
            guard ContinuousClock.now < deadline else { throw Problem.interrupted(mayHaveHappened: false) }
            guard bytes.count + part.readableBytes <= limit else { throw limit == 0 ? .unexpectedBody : Problem.bodyTooLarge(limit) }
            bytes += part.readableBytesView
        }
        return bytes
    }

    /// A body that ends before it should, or in chunks that are none, is not our fault.
    private static func next(_ parts: inout RequestBody.AsyncIterator) async throws -> ByteBuffer? {
        do {
            return try await parts.next()
        } catch where !(error is CancellationError) {
            throw Problem.malformedBody(FieldError("", .malformed))
        }
    }
}

extension Call {
    fileprivate func requireCredentials() throws(Problem) {
        switch route.needs {
        case .nobody: break
        case .member, .operator: _ = try sessionToken()
        case .participant: _ = try seatToken()
        }
    }

    /// With the body, once it is known to be well formed, and a form to be one of ours.
    fileprivate func with(_ body: [UInt8], contentType: String, fetchSite: String?) throws -> Call {
        let content: Content
        switch route.takes {
        case .nothing: return self
        case .json:
            do {
                content = .json(try JSONReader.read(body))
            } catch {
                throw Problem.malformedBody(FieldError(error.pointer, error.message))
            }
        case .form, .upload:
            let isMultipart = route.takes.hasFiles && MediaTypes.isUTF8(contentType, "multipart/form-data")
            guard var form = isMultipart ? FormBody(multipart: body, contentType: contentType) : FormBody(body) else { throw Problem.malformedBody(FieldError("", .malformed)) }
            guard ["same-origin", "none", nil].contains(fetchSite), formTokenHolds(form.remove(FormToken.field)) else { throw Problem.formExpired }
            content = .form(form)
        case .file:
            guard let text = String(validating: body, as: UTF8.self) else { throw Problem.malformedBody(FieldError("", .malformed)) }
            content = .file(text)
        }
        return Call(
            route: route, method: method, path: path, now: now, language: language, trace: trace, query: query, cookies: cookies, site: site,
            texts: texts, bearer: bearer, preconditions: preconditions, accepts: accepts, source: source, parameters: parameters, content: content)
    }
}

extension HTTPField.Name {
    static let forwardedFor = HTTPField.Name.named("X-Forwarded-For")
    static let secFetchSite = HTTPField.Name.named("Sec-Fetch-Site")
}
