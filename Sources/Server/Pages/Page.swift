import Rules

/// A page to be shown: a template and what goes into it.
struct Page: Sendable {
    /// The template's name: its path below `Resources/templates` without `.mustache`.
    let template: String
    let title: String
    let values: [String: PageValue]
    let frame: Frame

    /// - Parameter form: the form that the page shows, whose errors are summed up at its top.
    init(_ template: String, title: String, _ values: [String: PageValue] = [:], form: FormView? = nil, frame: Frame = .open) {
        self.template = template
        // Said first, so that a screen reader's user hears at once that the form came back.
        self.title = if let form, form.hasErrors { form.texts("form.error.title", ["title": title]) } else { title }
        self.values = values + FormView.summary(form?.form ?? .empty, form?.texts.language ?? .sv, on: values)
        self.frame = frame
    }

    static func problem(_ problem: Problem, trace: Trace, in texts: Texts) -> Page {
        Page("problem", title: problem.title[texts.language], [
            "heading": .text(problem.title[texts.language]), "detail": .text(problem.detail[texts.language]),
            "isOurs": .flag(problem.status.code >= 500), "traceId": .text(trace.id),
        ])
    }
}

/// What stands around a page: whose it is, and where one can go from there.
struct Frame: Sendable {
    /// The council's name.
    let owner: String?
    /// Shown beside the owner, such as "demo".
    let mark: String?
    let links: [Link]

    struct Link: Sendable {
        let text: String
        let path: String
        /// Whether the page is in that part of the site.
        let isHere: Bool

        init(_ text: String, _ path: String, isHere: Bool = false) { (self.text, self.path, self.isHere) = (text, path, isHere) }
    }

    init(owner: String?, mark: String? = nil, links: [Link] = []) {
        (self.owner, self.mark, self.links) = (owner, mark, links)
    }

    /// For pages that belong to nobody.
    static let open = Frame(owner: nil)

    var values: [String: PageValue] {
        .optional("owner", owner) + .optional("ownerMark", mark) + [
            "hasLinks": .flag(!links.isEmpty),
            "links": .groups(links) { ["linkText": .text($0.text), "linkPath": .text($0.path), "isHere": .flag($0.isHere)] },
        ]
    }
}
