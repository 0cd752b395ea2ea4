/// What a template names, as a tree: enough to know, before anything is shown, that each name exists where it stands.
struct TemplateOutline: Sendable {
    indirect enum Part: Sendable, Equatable {
        case value(String)
        case section(String, [Part])
        case inverted(String, [Part])
        case partial(String)
        /// A part of a layout, or what a page puts in its place.
        case block([Part])
    }

    let name: String
    let parts: [Part]

    init(_ name: String, _ text: String) throws {
        self.name = name
        guard text.hasPrefix(ScalarEscaping.pragma) else { throw Pages.Fault(description: "\(name) does not begin with \(ScalarEscaping.pragma)") }
        var tags = try TemplateOutline.tags(of: text, in: name)[...]
        parts = try TemplateOutline.parts(&tags, until: nil, in: name)
        guard tags.isEmpty else { throw Pages.Fault(description: "\(name): \(tags[tags.startIndex]) closes nothing") }
    }

    private static func tags(of text: String, in name: String) throws -> [String] {
        try text.split(separator: "{{", omittingEmptySubsequences: false).dropFirst().map { piece in
            guard let end = piece.firstRange(of: "}}") else { throw Pages.Fault(description: "\(name): a tag does not end") }
            return String(piece[..<end.lowerBound])
        }
    }

    /// Unescaped values, changed delimiters, transforms and names of partials in values are not for our pages.
    private static func parts(_ tags: inout ArraySlice<String>, until end: String?, in name: String) throws -> [Part] {
        var parts: [Part] = []
        while let tag = tags.popFirst() {
            let sign = tag.first.map(String.init) ?? "", rest = tag.dropFirst().filter { $0 != " " }
            switch sign {
            case "!", "%": continue
            case "#": parts.append(.section(rest, try self.parts(&tags, until: rest, in: name)))
            case "^": parts.append(.inverted(rest, try self.parts(&tags, until: rest, in: name)))
            case "$": parts.append(.block(try self.parts(&tags, until: rest, in: name)))
            case "<":
                parts.append(.block(try self.parts(&tags, until: rest, in: name)))
                parts.append(.partial(rest))
            case ">" where !rest.hasPrefix("*"): parts.append(.partial(rest))
            case "/":
                guard rest == end else { throw Pages.Fault(description: "\(name): {{\(tag)}} closes \(end ?? "nothing")") }
                return parts
            case "{", "&", "=", ">": throw Pages.Fault(description: "\(name): {{\(tag)}} is not for our pages")
            default:
                let value = tag.filter { $0 != " " }
                guard !value.contains("(") else { throw Pages.Fault(description: "\(name): {{\(tag)}} is not for our pages") }
                parts.append(.value(value))
            }
        }
        guard end == nil else { throw Pages.Fault(description: "\(name): \(end ?? "") is not closed") }
        return parts
    }
}

// MARK: - At start

extension TemplateOutline {
    /// That every partial and every text exists.
    func check(partials: Set<String>, texts: Texts) throws {
        try TemplateOutline.walk(parts) { part in
            switch part {
            case .partial(let partial) where !partials.contains(partial): throw Pages.Fault(description: "\(name): there is no partial \(partial)")
            case .value(let value) where value.hasPrefix("t.") && !texts.has(String(value.dropFirst(2))):
                throw Pages.Fault(description: "\(name): there is no text \(value.dropFirst(2))")
            default: break
            }
        }
    }

    /// The partials and the layout that it names.
    var partials: Set<String> {
        var names: Set<String> = []
        try? TemplateOutline.walk(parts) { if case .partial(let name) = $0 { names.insert(name) } }
        return names
    }

    /// All names of values in it, its partials included.
    func names(in templates: [String: TemplateOutline]) -> Set<String> {
        var names: Set<String> = []
        try? TemplateOutline.walk(parts) { part in
            switch part {
            case .value(let name), .section(let name, _), .inverted(let name, _): names.insert(name)
            case .partial(let partial): names.formUnion(templates[partial]?.names(in: templates) ?? [])
            case .block: break
            }
        }
        return names
    }

    private static func walk(_ parts: [Part], _ visit: (Part) throws -> Void) throws {
        for part in parts {
            try visit(part)
            switch part {
            case .section(_, let inner), .inverted(_, let inner), .block(let inner): try walk(inner, visit)
            case .value, .partial: break
            }
        }
    }
}

// MARK: - With a page

extension TemplateOutline {
    /// That every name in the template exists where it stands, also in what is not shown this time; that a name means one thing (no group repeats one
    /// from further out); and that the groups of a list hold the same names.
    func check(_ values: [String: PageValue], _ templates: [String: TemplateOutline]) throws {
        try check(parts, [values], templates)
    }

    private func check(_ parts: [Part], _ scopes: [[String: PageValue]], _ templates: [String: TemplateOutline]) throws {
        for part in parts {
            switch part {
            case .block(let inner): try check(inner, scopes, templates)
            case .partial(let partial): try templates[partial]?.check(templates[partial]?.parts ?? [], scopes, templates)
            case .value(let name) where name == "." || name.hasPrefix("t."): break
            case .value(let name):
                guard case .text = try find(name, scopes) else { throw fault("{{\(name)}} is not a text") }
            case .inverted(let name, let inner):
                _ = try find(name, scopes)
                try check(inner, scopes, templates)
            case .section(let name, let inner):
                switch try find(name, scopes) {
                case .flag: try check(inner, scopes, templates)
                case .group(let group): try check(inner, scopes + [try fresh(group, name, scopes)], templates)
                case .text: throw fault("{{#\(name)}} is a text: make it a flag")
                case .list(let elements): try check(inner, elements, name, scopes, templates)
                }
            }
        }
    }

    private func check(
        _ inner: [Part], _ elements: [PageValue], _ name: String, _ scopes: [[String: PageValue]], _ templates: [String: TemplateOutline]
    ) throws {
        var names: Set<String>?
        for element in elements {
            guard case .group(let group) = element else { continue }
            guard names == nil || names == Set(group.keys) else { throw fault("the groups of {{#\(name)}} do not hold the same names") }
            names = Set(group.keys)
            try check(inner, scopes + [try fresh(group, name, scopes)], templates)
        }
    }

    private func find(_ name: String, _ scopes: [[String: PageValue]]) throws -> PageValue {
        guard let value = scopes.reversed().lazy.compactMap({ $0[name] }).first else { throw fault("there is no \(name)") }
        return value
    }

    private func fresh(_ group: [String: PageValue], _ name: String, _ scopes: [[String: PageValue]]) throws -> [String: PageValue] {
        for key in group.keys where scopes.contains(where: { $0[key] != nil }) {
            throw fault("\(key) stands in \(name) and outside it")
        }
        return group
    }

    private func fault(_ what: String) -> Pages.Fault { Pages.Fault(description: "\(name): \(what)") }
}
