import Database
import Rules

/// The council's own words to those it asks, in both languages, with the mail as it will look.
struct RoundTextsPages: Sendable {
    private let texts: RoundTexts

    init(_ services: Services) { texts = RoundTexts(services: services) }

    var routes: [Route] {
        let path = "/omgangar/{roundId}/texter"
        return [
            Route(.get, path, operation: "showRoundTexts", needs: .member(.readRounds)) { try await show(nil, $0) },
            Route(.post, path, operation: "submitRoundTexts", needs: .member(.setUpRound), handler: set),
        ]
    }

    private func show(_ sent: Form?, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .readRounds), round: RoundID = try call.id("roundId"), words = call.texts
        let (view, me) = try await texts.viewAndReader(of: round, as: member)
        let mayWrite = Set(me.roles).may(.setUpRound), fields = FormView(sent ?? view.form, words)
        let kinds: [PageValue] = try RoundText.Kind.allCases.map { .group(try values(of: $0, in: view, mayWrite: mayWrite, fields)) }
        return .page(Page("rounds/texts", title: words["texts.title"], [
            "roundTitle": .text(view.round.plan.title), "roundPath": .text(RoundPages.path(round)), "kinds": .list(kinds),
            "canChange": .flag(mayWrite && RoundText.Kind.allCases.contains(where: view.canChange)),
        ], form: fields, frame: .council(me, here: .home, words)))
    }

    private func values(of kind: RoundText.Kind, in view: RoundTextsView, mayWrite: Bool, _ fields: FormView) throws -> [String: PageValue] {
        let words = fields.texts, canChange = mayWrite && view.canChange(kind), frozenAt = view.texts[kind]?.frozenAt
        let mails = try Language.allCases.map { ($0, try texts.preview(kind, in: view, $0)) }.filter { $0.1 != nil }
        let heading = words["texts.\(kind.rawValue)"]
        let shown = Language.allCases.filter { kind == .introduction && !view.text(kind)[$0].isEmpty }
        return [
            "kindHeading": .text(heading), "kindText": .text(words["texts.\(kind.rawValue).text"]),
            "isOpenToChange": .flag(canChange), "isFrozen": .flag(frozenAt != nil),
            "frozenText": .text(frozenAt.map { words("texts.frozen", ["when": words.time($0)]) } ?? ""),
            "svField": fields.area("\(kind.rawValue).sv", "texts.sv", isRequired: false, in: heading),
            "enField": fields.area("\(kind.rawValue).en", "texts.en", isRequired: false, in: heading),
            "hasPreview": .flag(!mails.isEmpty || !shown.isEmpty), "needsContract": .flag(kind == .invitation && mails.isEmpty),
            "mails": .groups(mails) { language, mail in
                [
                    "mailHeading": .text(words["texts.preview.\(language.rawValue)"]), "mailSubject": .text(mail?.subject ?? ""),
                    "mailLanguage": .text(language.rawValue), "mailBody": .text(mail?.body ?? ""),
                ]
            },
            "pages": .groups(shown) { language in
                [
                    "pageHeading": .text(words["texts.preview.\(language.rawValue)"]), "pageLanguage": .text(language.rawValue),
                    "pageAuthor": .text(words("answer.introduction", ["runner": view.round.plan.runnerName])),
                    "pageParagraphs": .list(view.text(kind)[language].paragraphs.map(PageValue.text)),
                ]
            },
        ]
    }

    @Sendable private func set(_ call: Call) async throws -> Reply {
        try await call.submit({ fields in
            RoundText.Kind.allCases.reduce(into: [RoundText.Kind: RoundText]()) { given, kind in
                guard fields.has(kind.rawValue) else { return }
                given[kind] = fields[kind.rawValue].object(RoundText.init)
            }
        }, showing: { try await show($0, call) }) { given in
            let round: RoundID = try call.id("roundId")
            _ = try await texts.set(given, for: round, as: call.member(for: .setUpRound))
            return .seeOther(RoundPages.path(round) + "/texter").flash("textsSet")
        }
    }
}

extension RoundTextsView {
    fileprivate var form: Form {
        Form(Dictionary(uniqueKeysWithValues: RoundText.Kind.allCases.flatMap {
            [("\($0.rawValue).sv", text($0).sv), ("\($0.rawValue).en", text($0).en)]
        }))
    }
}
