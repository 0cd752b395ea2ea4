import Hummingbird
import Logging
import Rules

/// What travels with a request through Hummingbird's router.
public struct EdgeContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Set by the edge before anything else is done.
    var visit: Visit
    /// The address at the other end of the connection, if there is one.
    let peer: String?

    public typealias Source = ApplicationRequestContextSource

    /// From a connection, or from anything else that has a logger.
    public init(source: some RequestContextSource) {
        coreContext = .init(source: source)
        visit = Visit()
        peer = (source as? ApplicationRequestContextSource)?.channel.remoteAddress?.ipAddress
    }
}

/// What is known of a request before it has found its route, so that a refusal can be answered in form and language.
struct Visit: Sendable {
    var trace = Trace(continuing: nil)
    var isAPI = false
    /// As sent, or `/` if it could not be read.
    var path = "/"
    var rawQuery: String?
    var cookies = Cookies([])
    var language = Language.sv
    /// Set if the address asked for another language, to be remembered.
    var choseLanguage = false

    init() {}

    init(_ request: Request, site: Site) {
        let raw = request.head.path ?? ""
        trace = Trace(continuing: request.headers[.traceparent])
        let mark = raw.utf8.firstIndex(of: UInt8(ascii: "?"))
        path = String(raw[..<(mark ?? raw.endIndex)].prefix(200))
        rawQuery = mark.map { String(raw[raw.utf8.index(after: $0)...]) }
        isAPI = Route.isAPI(path)
        cookies = Cookies(request.headers[values: .cookie])
        if isAPI {
            // Programs get their problems in one language, whatever the browser beside them prefers.
            language = .en
        } else if let asked = Visit.asked(in: rawQuery) {
            (language, choseLanguage) = (asked, true)
        } else {
            language = cookies[site.cookieName(Call.languageChoice)].flatMap(Language.init(rawValue:))
                ?? Visit.preferred(request.headers[.acceptLanguage]) ?? .sv
        }
    }

    private static func asked(in query: String?) -> Language? {
        PercentEncoding.pairs(query ?? "")?.last { $0.name == "lang" }.flatMap { Language(rawValue: $0.value) }
    }

    /// The first of our languages in the reader's order. Browsers list by preference, so that the q values are only read for refusal.
    private static func preferred(_ header: String?) -> Language? {
        for range in (header ?? "").lowercased().split(separator: ",") {
            let parts = range.filter { $0 != " " }.split(separator: ";")
            guard let tag = parts.first, !parts.dropFirst().contains("q=0") else { continue }
            if let language = Language(rawValue: String(tag.prefix(2))), tag.utf8.count == 2 || tag.dropFirst(2).first == "-" { return language }
        }
        return nil
    }
}
