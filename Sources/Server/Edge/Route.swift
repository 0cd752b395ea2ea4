import HTTPTypes
import Rules

/// What an operation or a page is: where it is found, who may ask, what it takes, and the function that answers.
struct Route: Sendable {
    typealias Handler = @Sendable (Call) async throws -> Reply

    let method: HTTPRequest.Method
    /// With named holes, each a whole segment: `/api/v1/rounds/{roundId}`.
    let path: String
    /// The `operationId` of openapi.yaml; for a page a name of the same kind. Unique.
    let operation: String
    let needs: Needs
    /// The names of the query parameters it knows.
    let query: Set<String>
    let takes: Takes
    /// What it may answer with, as media types; none where it answers without a body, as a DELETE of the API does by default.
    let gives: [String]
    /// What a client must accept one of: that, and what refusals are told in.
    let accepted: [String]
    /// Everything below `/api` speaks JSON and problem+json; the rest are pages.
    let isAPI: Bool
    let handler: Handler
    /// For a member's route: the capability of those who may know that what the path names exists. nil if it names nothing that could be hidden.
    fileprivate(set) var reading: String?

    /// - Parameters:
    ///   - query: names of the query parameters; `paged` adds `limit` and `page`.
    ///   - takes: by default JSON for the API's POST, PUT and PATCH, a form for a page's POST, nothing for the rest.
    init(
        _ method: HTTPRequest.Method, _ path: String, operation: String, needs: Needs, query: Set<String> = [], paged: Bool = false,
        takes: Takes? = nil, gives: [String]? = nil, handler: @escaping Handler
    ) {
        self.method = method
        self.path = path
        isAPI = Route.isAPI(path)
        self.operation = operation
        self.needs = needs
        self.query = paged ? query.union(["limit", "page"]) : query
        self.takes = takes ?? (![.post, .put, .patch].contains(method) ? .nothing : isAPI ? .json() : .form())
        self.gives = gives ?? (!isAPI ? ["text/html"] : method == .delete ? [] : ["application/json"])
        accepted = self.gives + (isAPI ? ["application/problem+json"] : [])
        self.handler = handler
    }

    static func isAPI(_ path: String) -> Bool { path == "/api" || path.hasPrefix("/api/") }
}

/// Whose credentials a route takes. The edge asks that they are there; the database asks whether they hold.
enum Needs: Sendable, Equatable {
    case nobody
    /// A session of a council's member; the name is the capability that the operation asks for, as in `x-capability`.
    case member(String)
    /// A personal link, opened: the cookie of the seat in the path, or the link's token as bearer.
    case participant
    case `operator`

    static func member(_ capability: Capability) -> Needs { .member(capability.rawValue) }
}

/// What a route takes as body.
enum Takes: Sendable, Equatable {
    case nothing
    case json(upTo: Int = Takes.usual)
    case form(upTo: Int = Takes.usual)
    /// A form in which a file may be chosen; or one that cannot.
    case upload(upTo: Int)
    /// Text of one of these media types, as it is.
    case file(types: [String], upTo: Int)

    var hasFiles: Bool { if case .upload = self { true } else { false } }

    /// Bytes that a body may have unless the route says otherwise.
    static let usual = 65_536
}

/// All routes, each path with its methods.
struct Routes: Sendable {
    private(set) var all: [Route] = []

    init(_ routes: [Route] = []) { routes.forEach { add($0) } }

    mutating func add(_ routes: [Route]) { routes.forEach { add($0) } }

    mutating func add(_ route: Route) {
        precondition(!all.contains { $0.operation == route.operation }, "two routes are called \(route.operation)")
        precondition(!all.contains { $0.path == route.path && $0.method == route.method }, "two routes for \(route.method) \(route.path)")
        all.append(route)
    }

    /// The paths in the order in which they were added, each with its routes, which now know who may read what they act on.
    var byPath: [(path: String, routes: [Route])] {
        var order: [String] = [], found: [String: [Route]] = [:]
        for var route in all {
            if found[route.path] == nil { order.append(route.path) }
            route.reading = reading(of: route)
            found[route.path, default: []].append(route)
        }
        return order.map { ($0, found[$0] ?? []) }
    }

    /// That of the GET on the same path or the nearest one above it, if the path names an id.
    private func reading(of route: Route) -> String? {
        guard case .member(let own) = route.needs, route.path.contains("{") else { return nil }
        var path = route.path[...]
        while path.contains("{") {
            if case .member(let capability) = all.first(where: { $0.path == path && $0.method == .get })?.needs { return capability }
            path = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        }
        return own
    }
}
