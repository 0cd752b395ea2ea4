import Foundation
import Rules
import Testing

@testable import Server

/// Rounds whose result a page shows.
enum ResultExample {
    static let instrument: Result<Instrument, any Error> = Result { try InstrumentLibrary.builtIn().instruments[0].instrument }

    /// `persons` sheets with the same levels, but for the items of the last dimension, which are answered as `last` says.
    static func document(persons: Int, last: Rules.Answer? = nil) throws -> ResultDocument {
        let instrument = try instrument.get(), shape = try #require(instrument.shape)
        let sheets = try (0..<persons).map { person in
            let current = shape.items.indices.map { Int16(1 + ($0 + person) % 4) }, desired = current.map { $0 + 1 }
            let kept = shape.items.count - (last == nil ? 0 : shape.dimensions.last?.items.count ?? 0)
            let rest = Array(repeating: last ?? .blank, count: shape.items.count - kept)
            return try #require(Sheet(
                current: current.prefix(kept) + rest.map(\.current), desired: desired.prefix(kept) + rest.map(\.desired), of: shape))
        }
        let heading = ResultDocument.Heading(
            municipality: .init(code: "9901", name: "Lillby <kommun>"), roundTitle: "Våren \"26\"", instrument: .init(key: instrument.key, version: instrument.version),
            contractHash: String(repeating: "ab", count: 32), fixedAt: Instant(microseconds: 1_795_000_000_000_000), k: 5, invited: 8)
        let group = ResultDocument.Group(
            orderedBy: .init(name: "Alva", title: "Kvalitetsdirektör"), ranBy: .init(name: "Bo", title: ""),
            seats: [.init(function: .eStrategist, family: .strategists, title: "E-strateg"), .init(function: .itDirector, family: .directors, title: "It-chef")])
        let half = sheets.count / 2, areas = Branch(family: .programmeAreas, leaf: "Skola & vård")
        return .make(heading, group: group, shape: shape, sheets: [Branch(family: .directors, leaf: "it-director"): Array(sheets.prefix(half)), areas: Array(sheets.dropFirst(half))], mayBeSplit: true)
    }

}

/// Twelve dimensions of twenty items on seven levels: no questionnaire is larger.
enum LargeInstrument {
    static func made() throws -> Instrument {
        let text = { (text: String) -> JSON in ["sv": .string(text), "en": .string(text)] }
        let sentence = "Det finns en beslutad ordning för hur arbetet planeras, följs upp och tas till vara i alla delar"
        return try Instrument(reported: [
            "key": "large", "version": 1, "source": "own", "name": text("Stor"), "introduction": text("Svara."), "crosswalks": [],
            "levels": .array((1...7).map { ["name": text("Nivå \($0)"), "descriptor": text("Så är det.")] }),
            "dimensions": .array((1...12).map { dimension in
                [
                    "key": .string("d\(dimension)"), "name": text("Område nummer \(dimension)"), "description": text(sentence),
                    "anchors": .array((1...7).map { text("\(sentence) \($0)") }),
                    "items": .array((1...20).map { item in
                        [
                            "key": .string("d\(dimension).\(item)"), "statement": text("\(sentence), \(dimension) och \(item)."),
                            "clarification": text(sentence), "example": text(sentence), "questions": [.integer(1 + item % 7)], "terms": [],
                        ]
                    }),
                ]
            }),
        ])
    }
}

@Suite("The pages of a result")
struct ResultPageTests {
    /// The page as strict drawing makes it: every name is there, and every text.
    private func draw(_ template: String, _ values: [String: PageValue], _ language: Language, form: FormView? = nil) throws -> String {
        var visit = Visit()
        visit.language = language
        let site = Site(baseURL: "http://localhost:8080", formKey: [1])
        let page = Page(template, title: "T", values, form: form, frame: Frame(owner: "Lillby", mark: "demo", links: [.init("Hem", "/kommun")]))
        let drawn = try Pages(isStrict: true).draw(page, PageSetting(visit, nil, site, canSwitchLanguage: true))
        return String(decoding: drawn.bytes, as: UTF8.self)
    }

    private func show(_ document: ResultDocument, _ language: Language, of instrument: Instrument? = nil) throws -> String {
        let said = ["d1", "d1", "d3"].map { PublishedComment(id: .random(), dimension: $0, text: "Rad <1>\nRad 2") }
        let instrument = try instrument ?? ResultExample.instrument.get()
        let comments = CommentValues(comments: said, instrument: instrument, mayDelete: "/omgangar/x", language: language)
        let read = ReadResult(document: document, instrument: instrument, hash: Hex.encode(Crypto.sha256(document.canonicalBytes)))
        return try draw("result/show", ResultValues(result: read, texts: Pages().texts[language]).values + TrendValues.none + comments.values + [
            "filePath": "/x", "backPath": "/y", "isMember": true, "hasFurther": true, "further": .groups(["a"]) { ["furtherPath": .text($0), "furtherText": .text($0)] },
        ], language)
    }

    @Test(arguments: Language.allCases)
    func everyFigureIsInATable(language: Language) throws {
        let document = try ResultExample.document(persons: 7)
        let page = try show(document, language)
        let analysis = try #require(document.findings?.analysis)
        for dimension in analysis.dimensions {
            let figures = try #require(dimension.result.figures)
            for text in [figures.current.mean(in: language), figures.desired.mean(in: language), figures.gap.difference(in: language), figures.spread.spread(in: language)] {
                #expect(page.contains("<td>\(text)</td>"))
            }
        }
        // Where the figures come from, of each item, area and question and of the whole; each fold has its place that links lead to.
        let (items, areas) = (analysis.dimensions.flatMap(\.items), analysis.dimensions)
        #expect(page.components(separatedBy: #"<details class="explained">"#).count - 1 == items.count + areas.count + analysis.questions.count + 1)
        for place in items.map({ "item-\($0.key)" }) + areas.map({ "area-\($0.key)" }) + areas.map({ "counts-\($0.key)" }) {
            #expect(page.contains(#"id="\#(place)""#) && page.contains(##"href="#\##(place)""##), "\(place)")
        }
        for item in items {
            let histograms = try #require(item.cells.histograms)
            #expect(page.contains((histograms.current.counts + histograms.desired.counts).map { "<td>\($0)</td>" }.joined()))
        }
        #expect(page.contains("Lillby &lt;kommun&gt;") && page.contains("Alva, Kvalitetsdirektör"))
        // A title that is just the function's name is said in the language of the reader.
        #expect(page.contains(Function.itDirector.name[language]))
        #expect(page.contains(document.heading.contractHash) && page.contains(#"src="data:image/svg+xml;base64,"#))
        #expect(analysis.questions.allSatisfy { page.contains("\($0.number). ") })
        #expect(!page.contains(Texts.missing))
    }

    @Test(arguments: Language.allCases)
    func everyFigureIsExplainedOnThePage(language: Language) throws {
        let document = try ResultExample.document(persons: 7), page = try show(document, language)
        let analysis = try #require(document.findings?.analysis), shape = try #require(ResultExample.instrument.get().shape)
        for explanation in Explanation.all(of: analysis, shape: shape) {
            let text = try #require(explanation.formula?.text), value = try #require(explanation.result.figures?.whole(in: language))
            #expect(page.contains("\(text) = <strong>\(value)</strong>"), "\(explanation.address)")
        }
        #expect(page.contains(Explanation.rounding[language]))
    }

    @Test(arguments: Language.allCases)
    func whatStandsOutStandsFirst(language: Language) throws {
        let page = try show(ResultExample.document(persons: 7, last: .dontKnow), language), instrument = try ResultExample.instrument.get()
        let start = try #require(page.range(of: #"<h2 id="highlights-heading""#)).upperBound, end = try #require(page.range(of: #"<h2 id="pictures-heading""#)).lowerBound
        let top = page[start..<end]
        let unseen = try #require(instrument.dimensions.last)
        #expect(top.contains(##"<a href="#area-\##(unseen.key)">\##(unseen.name[language])</a> <strong>100"##))
        #expect(top.contains([.sv: "nivå 4–5", .en: "level 4–5"][language] ?? "?") && top.contains([.sv: "Inget område.", .en: "No area."][language] ?? "?"))
    }

    /// A page is read on a phone: the built-in questionnaire's stays below 300 kB, and that of the largest that there may be below 1.6 MB.
    @Test func thePageIsNotTooHeavy() throws {
        let usual = try show(ResultExample.document(persons: 8), .sv).utf8.count
        let large = try LargeInstrument.made(), shape = try #require(large.shape)
        let sheets = try (0..<20).map { person in
            let current = shape.items.indices.map { Int16(1 + ($0 + person) % 7) }
            return try #require(Sheet(current: current, desired: current, of: shape))
        }
        let heading = ResultDocument.Heading(
            municipality: .init(code: "9901", name: "Lillby"), roundTitle: "R", instrument: .init(key: large.key, version: 1),
            contractHash: String(repeating: "ab", count: 32), fixedAt: Instant(microseconds: 1_795_000_000_000_000), k: 5, invited: 20)
        let group = ResultDocument.Group(orderedBy: .init(name: "A", title: ""), ranBy: .init(name: "B", title: ""), seats: [])
        let halves = [Branch(family: .directors, leaf: "it-director"): Array(sheets.prefix(10)), Branch(family: .strategists, leaf: "e-strategist"): Array(sheets.suffix(10))]
        let largest = try show(.make(heading, group: group, shape: shape, sheets: halves, mayBeSplit: true), .sv, of: large).utf8.count
        print("the result's page: \(usual) bytes, at most \(largest) bytes")
        #expect(usual < 300_000 && largest < 1_600_000)
    }

    @Test(arguments: Language.allCases)
    func whatIsHiddenIsSaidAndNotShown(language: Language) throws {
        let page = try show(ResultExample.document(persons: 6, last: .dontKnow), language)
        #expect(page.contains([.sv: "För få svar", .en: "Too few answers"][language] ?? "?"))
        #expect(!page.contains(Texts.missing))
        let irrelevant = try show(ResultExample.document(persons: 6, last: .notRelevant), language)
        #expect(irrelevant.contains([.sv: "Inte relevant enligt alla som svarade", .en: "Not relevant, say all who answered"][language] ?? "?"))
    }

    @Test(arguments: Language.allCases)
    func aSplitIsShownInTablesOrItIsSaidWhyThereIsNone(language: Language) throws {
        let document = try ResultExample.document(persons: 11), page = try show(document, language)
        let split = try #require(document.findings?.split?.figures)
        #expect(split.parts.map(\.submitted) == [5, 6])
        #expect(page.contains(RoleFamily.programmeAreas.name[language]) && !page.contains("Skola"))
        for dimension in split.dimensions {
            for part in try #require(dimension.result.figures) {
                let current = part.figures.current.mean(in: language), desired = part.figures.desired.mean(in: language)
                #expect(page.contains("<td>\(current) → \(desired)</td>"))
            }
        }
        let sentence = [Language.sv: "Det finns ingen uppdelning på delar av gruppen: minst 5", .en: "There is no division into parts of the group: at least 5"]
        let none = try show(ResultExample.document(persons: 9), language)
        #expect(!page.contains(sentence[language] ?? "?") && none.contains(sentence[language] ?? "?") && !none.contains("split-caption"))
    }

    @Test(arguments: Language.allCases)
    func withTooFewThereAreNoFigures(language: Language) throws {
        let page = try show(ResultExample.document(persons: 4), language)
        #expect(page.contains([.sv: "4 av 8 svarade, och det behövs minst 5", .en: "4 of 8 answered, and at least 5"][language] ?? "?"))
        #expect(!page.contains("<table") && !page.contains("<img") && !page.contains("Alva") && !page.contains("E-strateg"))
    }

    @Test(arguments: Language.allCases)
    func thePositionIsSaidInWordsAndFigures(language: Language) throws {
        let own = [DimensionFigure(dimension: "d1", kind: .current, value: Figure(tenThousandths: 21_222))]
        let day = try #require(Day(iso: "2026-12-20")), at = Instant(day)
        let tenth = { (tenths: Int) in Figure(tenThousandths: tenths * 1_000) }
        let cell = PublishedCell(count: 12, median: tenth(24), lowerQuartile: tenth(20), upperQuartile: tenth(29), deciles: [], edition: 1, day: day)
        let cells = ["current", "desired"].map {
            CellForCouncil(edition: 1, publishedAt: at, dimension: "d1", figure: $0, others: $0 == "current" ? 12 : 3, published: $0 == "current" ? cell : nil, asOf: at)
        }
        let instrument = try ResultExample.instrument.get()
        let page = { (view: PositionView) in
            try draw("statistics/position", PositionValues(view: view, texts: Pages().texts[language]).values + ["roundPath": "/x"], language)
        }
        let shown = try page(PositionView(round: "R", fixedAt: at, instrument: instrument, own: own, cells: cells))
        #expect(shown.contains([
            .sv: "Nuläget var 2,1: mellan den nedre kvartilen och medianen. Medianen är 2,4.",
            .en: "The current level was 2.1: between the lower quartile and the median. The median is 2.4.",
        ][language] ?? "?"))
        #expect(shown.contains([.sv: "fastställdes 20 december 2026", .en: "fixed on 20 December 2026"][language] ?? "?"))
        #expect(shown.contains("3 av 5") || shown.contains("3 of 5"))
        let none = try page(PositionView(round: "R", fixedAt: at, instrument: instrument, own: own, cells: []))
        #expect(none.contains([.sv: "För få kommuner (0 av 5).", .en: "Too few councils (0 of 5)."][language] ?? "?") && !none.contains("<table"))
    }

    @Test(arguments: Language.allCases)
    func theFixingPageShowsWhatCanBeDone(language: Language) throws {
        let texts = try Pages().texts[language], now = Instant(microseconds: 1_795_000_000_000_000), round = RoundID.random()
        let page = { (state: RoundState, submitted: Int, last: Instant?, requested: Instant?, done: Instant?) in
            let view = FixingView(
                state: state, title: "R", invited: 8, submitted: submitted, k: 5, lastFixed: last, requestedAt: requested, doneAt: done, hasFigures: state == .fixed)
            let form = FormView(.empty, texts)
            return try draw("fixing/show", view.values(of: round, at: now, form, texts), language, form: form)
        }
        let ready = try page(.closed, 6, nil, nil, nil), few = try page(.closed, 3, nil, nil, nil)
        #expect(ready.contains(#"name="goal" value="result""#) && ready.contains(#"name="submitted" value="6""#) && !ready.contains("endWithoutFigures"))
        #expect(few.contains(#"name="goal" value="endWithoutFigures""#) && !few.contains(#"value="result""#))
        // Title and button say what is done.
        let (fixes, ends) = (texts["fixing.title"], texts["fixing.end.title"])
        #expect(ready.contains("<h1>\(fixes)</h1>") && few.contains("<h1>\(ends)</h1>") && !few.contains(fixes) && few.contains(texts["fixing.end.button"]))
        for refused in [try page(.open, 6, nil, nil, nil), try page(.closed, 6, now.adding(days: -29), nil, nil), try page(.cancelled, 0, nil, nil, nil)] {
            #expect(!refused.contains("<form") && refused.contains(#"<div class="notice">"#))
        }
        #expect(try page(.closed, 6, now.adding(days: -30), nil, nil).contains("<form"))
        #expect(try !page(.closed, 6, nil, now, nil).contains("<form") && page(.fixed, 0, nil, nil, now).contains("/omgangar/\(round)/resultat"))
    }

    @Test func everyPositionHasItsWords() throws {
        for language in Language.allCases {
            let texts = try Pages().texts[language]
            for position in Position.allCases {
                #expect(texts.has("position.at.\(position.rawValue)") && texts.has("position.place.\(position.rawValue)"))
            }
            for number in 1...7 { #expect(texts.has("question.\(number)")) }
        }
    }
}
