import Rules

/// What a page shows besides its own: language, the way to the other one, a message from the page before, the token of its forms.
struct PageSetting: Sendable {
    let language: Language
    private let visit: Visit
    private let call: Call?
    private let site: Site
    private let canSwitchLanguage: Bool

    init(_ visit: Visit, _ call: Call?, _ site: Site, canSwitchLanguage: Bool) {
        (language, self.visit, self.call, self.site, self.canSwitchLanguage) = (visit.language, visit, call, site, canSwitchLanguage)
    }

    func values(_ texts: Texts) -> [String: PageValue] {
        let other: Language = language == .sv ? .en : .sv
        // To the same address, without naming it: that of a mailed link holds its token, which no page repeats.
        // A page that only answers a form has no address of its own to read in the other language.
        let path = canSwitchLanguage ? "" : "/"
        return [
            "language": .text(language.rawValue), "otherLanguage": .text(other.rawValue), "switchPath": .text("\(path)?\(switchQuery(other))"),
        ] + .optional("flashText", flashKey.flatMap { texts.has($0) ? texts[$0] : nil })
    }

    /// The query that the route knows, with the other language.
    private func switchQuery(_ other: Language) -> String {
        let kept = (call?.route.query ?? []).sorted().compactMap { name in
            call?.query[name].map { "\(PercentEncoding.encode(name))=\(PercentEncoding.encode($0))&" }
        }
        return kept.joined() + "lang=\(other.rawValue)"
    }

    private var flashKey: String? { visit.cookies[site.cookieName(Call.flash)].map { "flash.\($0)" } }

    /// To be set with the page: the language if one was asked for, and no message twice.
    var cookies: [Cookie] {
        (visit.choseLanguage ? [Cookie(Call.languageChoice, language.rawValue, lifetime: 365 * 86_400)] : [])
            + (flashKey == nil ? [] : [.removing(Call.flash)])
    }

    /// The token, and the visit's cookie if this is the first page with a form. Without a form no cookie is set.
    func formToken(isNeeded: Bool) throws -> (String, [Cookie]) {
        guard isNeeded, let call else { return ("", []) }
        if let visit = call.cookie(Call.visit) { return (call.formToken(visit: visit), []) }
        let visit = Base64URL.encode(try Crypto.random(16))
        return (call.formToken(visit: visit), [Cookie(Call.visit, visit)])
    }
}
