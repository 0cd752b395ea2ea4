import Database
import Rules

/// The analysis in words: read by those who read the result, written by the strategist.
struct AnalysesPages: Sendable {
    private let analyses: Analyses
    private var services: Services { analyses.services }

    init(_ services: Services) { analyses = Analyses(services: services) }

    var routes: [Route] {
        let one = "/omgangar/{roundId}/analys"
        return [
            Route(.get, one, operation: "analysisPage", needs: .member(.readResult), query: ["version"], handler: showMember),
            Route(.get, one + "/skriv", operation: "writingPage", needs: .member(.writeAnalysis)) { try await showWriting(nil, $0) },
            Route(.post, one + "/skriv", operation: "writeByPage", needs: .member(.writeAnalysis), takes: .form(upTo: 262_144), handler: write),
            Route(.post, one + "/publicera", operation: "publishByPage", needs: .member(.writeAnalysis), handler: publish),
            Route(.get, "/enkat/{seatId}/analys", operation: "participantAnalysisPage", needs: .participant, handler: showParticipant),
        ]
    }

    static func path(_ round: RoundID) -> String { RoundPages.path(round) + "/analys" }

    // MARK: Reading

    @Sendable private func showMember(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .readResult), round: RoundID = try call.id("roundId"), council = member.municipality, texts = call.texts
        let (found, me, published, versions) = try await services.database.send(
            as: member, .result(of: round, in: council), .me(in: council), .publishedAnalysis(of: round, in: council),
            .analyses(of: round, in: council, limit: 50, offset: 0))
        guard let stored = found else { throw Problem.notFound }
        let result = try await Results(services: services).read(stored, as: member)
        let mayWrite = Set(me.roles).may(.writeAnalysis) && result.document.findings != nil
        let asked = try call.query.integer("version", 1...1_000_000)
        // Only who writes may look at what is not published.
        let old = asked.flatMap { number in mayWrite ? versions.first { $0.number == number } : nil }
        if asked != nil, old == nil { throw Problem.notFound }
        let newest = versions.first
        let values: [String: PageValue] = [
            "mayWrite": .flag(mayWrite), "writePath": .text(AnalysesPages.path(round) + "/skriv"),
            "publishPath": .text(AnalysesPages.path(round) + "/publicera"), "isOld": .flag(old != nil),
            "canPublish": .flag(newest != nil && newest?.publishedAt == nil), "newestNumber": .number(newest?.number ?? 0),
            "publishText": .text(texts("words.publish.text", ["number": String(newest?.number ?? 0)])),
            "hasVersions": .flag(mayWrite && !versions.isEmpty),
            "versions": .groups(mayWrite ? versions : []) { version in
                [
                    "versionPath": .text("\(AnalysesPages.path(round))?version=\(version.number)"),
                    "versionText": .text(texts("words.version", [
                        "number": String(version.number), "author": version.author, "when": texts.time(version.writtenAt),
                    ])),
                    "versionIsPublished": .flag(version.publishedAt != nil),
                ]
            },
        ]
        let shown = old.map { WordingValues($0, instrument: result.instrument, texts: texts) }
            ?? published.map { WordingValues($0, instrument: result.instrument, texts: texts) }
        return page(result, shown, back: "\(RoundPages.path(round))/resultat", texts, values, frame: .council(me, here: .home, texts))
    }

    @Sendable private func showParticipant(_ call: Call) async throws -> Reply {
        let participant = try call.participant(services.links), texts = call.texts
        let (found, published, seat) = try await services.database.send(
            as: participant, .result(for: participant), .publishedAnalysis(for: participant), .seat(of: participant))
        guard let stored = found else { throw Problem.notFound }
        let result = try await Results(services: services).read(stored, as: participant)
        let values: [String: PageValue] = [
            "mayWrite": false, "writePath": "", "publishPath": "", "isOld": false, "canPublish": false, "newestNumber": .number(0), "publishText": "",
            "hasVersions": false, "versions": .list([]),
        ]
        let shown = published.map { WordingValues($0, instrument: result.instrument, texts: texts) }
        return page(result, shown, back: "/enkat/\(seat.id)/resultat", texts, values, frame: seat.frame(texts))
    }

    private func page(
        _ result: ReadResult, _ shown: WordingValues?, back: String, _ texts: Texts, _ values: [String: PageValue], frame: Frame
    ) -> Reply {
        let common: [String: PageValue] = ["resultPath": .text(back), "roundTitle": .text(result.document.heading.roundTitle), "isShown": .flag(shown != nil)]
        return .page(Page("words/show", title: texts["words.title"], values + common + (shown?.values ?? WordingValues.none), frame: frame))
    }

    // MARK: Writing

    private func showWriting(_ sent: Form?, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .writeAnalysis), round: RoundID = try call.id("roundId"), council = member.municipality, texts = call.texts
        let (found, me, newest) = try await services.database.send(
            as: member, .result(of: round, in: council), .me(in: council), .newestAnalysis(of: round, in: council))
        guard let stored = found else { throw Problem.notFound }
        let result = try await Results(services: services).read(stored, as: member), draft = try analyses.draft(of: result)
        let start = newest?.wording ?? draft
        let hasChanged = sent?.problem?.slug == "analysis-changed"
        let form = FormView(sent ?? Form(start.formValues), texts)
        // After a refusal for it, saving goes on from the newest: its texts stand beside, so that they are seen.
        let base = hasChanged ? newest?.number ?? 0 : Int(form.form.value("basedOn")) ?? newest?.number ?? 0
        return .page(Page("words/write", title: texts["words.write.title"], [
            "resultPath": .text(AnalysesPages.path(round)), "roundTitle": .text(result.document.heading.roundTitle), "basedOn": .number(base),
            "startText": .text(newest.map { texts("words.write.from", ["number": String($0.number), "author": $0.author]) } ?? texts["words.write.fromDraft"]),
            "hasChanged": .flag(hasChanged), "changedText": .text(hasChanged ? newest.map {
                texts("words.write.changed", ["number": String($0.number), "author": $0.author])
            } ?? "" : ""),
            "parts": .groups(zip(start.parts, draft.parts).enumerated()) { place, pair in
                let (now, rule) = pair, rows = now.key == nil ? 8 : 6
                let name = now.key.map { result.instrument.name(of: $0)[texts.language] } ?? texts["words.whole"]
                return [
                    "partName": .text(name),
                    "isDimension": .flag(now.key != nil), "partKeyName": .text("dimensions.\(place - 1).key"), "partKey": .text(now.key ?? ""),
                    "svField": form.area(now.field + ".sv", "words.sv", rows: rows, isRequired: false, in: name),
                    "enField": form.area(now.field + ".en", "words.en", rows: rows, isRequired: false, in: name),
                    "draftParagraphs": .groups(Language.allCases.flatMap { rule.text[$0].paragraphs }) { ["draftParagraph": .text($0)] },
                    "newestParagraphs": .groups(Language.allCases.flatMap { now.text[$0].paragraphs }) { ["newestParagraph": .text($0)] },
                ]
            },
        ], form: form, frame: .council(me, here: .home, texts)))
    }

    @Sendable private func write(_ call: Call) async throws -> Reply {
        try await call.submit(WordingEdit.init, showing: { try await showWriting($0, call) }) { edit in
            let member = try call.member(for: .writeAnalysis), round: RoundID = try call.id("roundId")
            _ = try await analyses.add(edit, to: round, as: member)
            return .seeOther(AnalysesPages.path(round)).flash("analysisSaved")
        }
    }

    @Sendable private func publish(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .writeAnalysis), round: RoundID = try call.id("roundId")
        _ = try await analyses.publish(call.body { $0.integer("version", 1...1_000_000) }, of: round, as: member)
        return .seeOther(AnalysesPages.path(round)).flash("analysisPublished")
    }
}

extension Wording {
    /// The whole and each dimension, with the name of its field in a form.
    fileprivate struct Part {
        /// The dimension's; nil for the whole.
        let key: String?
        let field: String
        let text: Text2
    }

    fileprivate var parts: [Part] {
        [Part(key: nil, field: "overall", text: overall)]
            + dimensions.enumerated().map { Part(key: $1.key, field: "dimensions.\($0).text", text: $1.text) }
    }

    fileprivate var formValues: [String: String] {
        parts.reduce(into: [:]) { values, part in
            for language in Language.allCases { values["\(part.field).\(language.rawValue)"] = part.text[language] }
        }
    }
}

/// An analysis in words as pages show it: for the partial `words/text`.
struct WordingValues {
    let wording: Wording
    let asDrafted: Set<Language>
    /// Who wrote it, and when it was published or saved.
    let origin: String
    let instrument: Instrument
    let texts: Texts

    init(_ published: PublishedWording, instrument: Instrument, texts: Texts) {
        (wording, asDrafted, self.instrument, self.texts) = (published.wording, published.asDrafted, instrument, texts)
        origin = texts("words.published", [
            "number": String(published.version), "author": published.author, "when": texts.time(published.publishedAt),
        ])
    }

    init(_ version: AnalysisVersion, instrument: Instrument, texts: Texts) {
        (wording, asDrafted, self.instrument, self.texts) = (version.wording, version.asDrafted, instrument, texts)
        origin = texts("words.version", ["number": String(version.number), "author": version.author, "when": texts.time(version.writtenAt)])
    }

    var values: [String: PageValue] {
        let language = texts.language
        return [
            "originText": .text(origin), "isDraftText": .flag(asDrafted.contains(language)),
            "overallParagraphs": .groups(wording.overall[language].paragraphs) { ["overallParagraph": .text($0)] },
            "sections": .groups(wording.dimensions.filter { !$0.text[language].isEmpty }) { section in
                [
                    "sectionName": .text(instrument.name(of: section.key)[language]),
                    "sectionParagraphs": .groups(section.text[language].paragraphs) { ["sectionParagraph": .text($0)] },
                ]
            },
        ]
    }

    /// Where there is none.
    static let none: [String: PageValue] = ["originText": "", "isDraftText": false, "overallParagraphs": .list([]), "sections": .list([])]
}
