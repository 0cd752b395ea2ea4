import HTTPTypes
import Rules

/// What a handler answers. The edge writes it out: it adds what every answer has, and renders pages.
struct Reply: Sendable {
    enum Content: Sendable {
        case none
        case json(JSON)
        /// Exactly these bytes.
        case bytes([UInt8], type: String)
        case page(Page)
        case problem(Problem)
    }

    /// How long an answer may be kept. Nothing is kept unless it says so: nearly everything is personal.
    enum Keeping: Sendable, Equatable {
        case never
        /// By anyone, for so many seconds.
        case shared(seconds: Int)
        /// By anyone, asking each time whether it has changed.
        case revalidated
    }

    private(set) var status: HTTPResponse.Status
    private(set) var content: Content
    private(set) var headers: HTTPFields = [:]
    private(set) var cookies: [Cookie] = []
    /// A path of ours, for `Location`.
    private(set) var location: String?
    private(set) var tag: EntityTag?
    private(set) var keeping: Keeping = .never

    private init(_ status: HTTPResponse.Status, _ content: Content, location: String? = nil) {
        (self.status, self.content, self.location) = (status, content, location)
    }

    static func json(_ value: JSON) -> Reply { Reply(.ok, .json(value)) }
    static func created(_ path: String, _ value: JSON) -> Reply { Reply(.created, .json(value), location: path) }
    /// Work that goes on: `path` tells how far it has come.
    static func accepted(_ path: String, _ value: JSON) -> Reply { Reply(.accepted, .json(value), location: path) }
    static let noContent = Reply(.noContent, .none)
    static func bytes(_ bytes: [UInt8], type: String) -> Reply { Reply(.ok, .bytes(bytes, type: type)) }
    static func page(_ page: Page) -> Reply { Reply(.ok, .page(page)) }
    static func problem(_ problem: Problem) -> Reply {
        var reply = Reply(problem.status, .problem(problem))
        reply.headers = problem.headers
        return reply
    }

    /// After a form: the browser reads the next page with GET, so that reloading it sends nothing twice.
    static func seeOther(_ path: String) -> Reply { Reply(.seeOther, .none, location: path) }

    // MARK: Added to it

    func status(_ status: HTTPResponse.Status) -> Reply { changed { $0.status = status } }
    func header(_ name: HTTPField.Name, _ value: String) -> Reply { changed { $0.headers[name] = value } }
    func cookie(_ cookie: Cookie) -> Reply { changed { $0.cookies.append(cookie) } }
    /// With the tag a GET is answered 304 to who has it already.
    func tag(_ tag: EntityTag) -> Reply { changed { $0.tag = tag } }
    func kept(_ keeping: Keeping) -> Reply { changed { $0.keeping = keeping } }

    /// A message for the next page: the key of a text that begins with `flash.`, here without it.
    func flash(_ key: String) -> Reply { cookie(Cookie(Call.flash, key, lifetime: 60)) }

    private func changed(_ change: (inout Reply) -> Void) -> Reply {
        var reply = self
        change(&reply)
        return reply
    }
}

// MARK: - Lists and links

extension Call {
    /// A link as the profile has it: absolute, with its method.
    func link(_ path: String, _ method: HTTPRequest.Method = .get) -> JSON {
        ["href": .string(site.url(path)), "method": .string(method.rawValue)]
    }

    /// One page of a list: the entries, which page it is, and the way to its neighbours.
    func list(_ items: [JSON], of total: Int, filters: [(name: String, value: String?)] = []) throws(Problem) -> Reply {
        let paging = try paging
        let kept = filters.map { filter in filter.value.map { "\(filter.name)=\(PercentEncoding.encode($0))&" } ?? "" }.joined()
        let page = { (number: Int) in self.link("\(self.path)?\(kept)limit=\(paging.limit)&page=\(number)") }
        var links = [JSON.Member("self", page(paging.number))]
        if paging.offset + items.count < total, paging.number < Paging.numbers.upperBound { links.append(.init("next", page(paging.number + 1))) }
        if paging.number > 1 { links.append(.init("prev", page(paging.number - 1))) }
        return .json([
            "items": .array(items),
            "_meta": ["page": .integer(paging.number), "limit": .integer(paging.limit), "totalItems": .integer(total)],
            "_links": .object(links),
        ])
    }
}

// MARK: - Building JSON

extension JSON {
    /// `null` where there is nothing.
    static func text(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
    static func instant(_ instant: Instant?) -> JSON { text(instant?.rfc3339) }
    static func day(_ day: Day?) -> JSON { text(day?.iso) }
    static func id<S>(_ id: ID<S>?) -> JSON { text(id?.description) }
    static func choice<T: RawRepresentable>(_ value: T?) -> JSON where T.RawValue == String { text(value?.rawValue) }
    static func number(_ number: Int?) -> JSON { number.map { .integer($0) } ?? .null }
    static func list<T>(_ values: some Sequence<T>, _ json: (T) throws -> JSON) rethrows -> JSON { .array(try values.map(json)) }
}
