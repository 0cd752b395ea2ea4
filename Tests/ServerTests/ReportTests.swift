import Foundation
import Rules
import Testing

@testable import Server

/// A round for the archive, with all that a report can have: a round before it, an analysis, a plan.
enum ReportExample {
    /// Of the whole built-in instrument, or of its first two dimensions: every figure of so small a report can be changed in turn.
    static func finished(persons: Int = 8, isSmall: Bool = false) throws -> FinishedReport {
        let whole = try ResultExample.instrument.get(), instrument = try isSmall ? cut(whole) : whole
        let previous = try Report.Previous(result: .init(result(persons: 6, of: instrument, year: 2025).json), instrument: nil)
        return try finished(instrument, persons: persons, previous: persons < contract.k ? nil : previous)
    }

    /// Of a council's own questions, in their second version, which says how they stand to the first: those of the first dimension are the same, or worded anew.
    static func ownFinished() throws -> FinishedReport {
        let first = try cut(ResultExample.instrument.get(), named: "lillby-fragor")
        let step = { (key: String) -> JSON in
            switch key {
            case "d1.2": ["item": .string(key), "link": "bridged", "was": "d1.2"]
            case "d2.1", "d2.2": ["item": .string(key), "link": "broken", "was": .null]
            default: ["item": .string(key), "link": "same", "was": .string(key)]
            }
        }
        var tree = first.reported
        tree.set("version", to: 2)
        tree.set("crosswalks", to: [["version": 1, "items": .array(first.items.map { step($0.key) })]])
        let second = try Instrument(reported: tree)
        return try finished(second, persons: 8, previous: .init(result: .init(result(persons: 6, of: first, year: 2025).json), instrument: first))
    }

    private static func finished(_ instrument: Instrument, persons: Int, previous: Report.Previous?) throws -> FinishedReport {
        let draft = try #require(Wording.draft(of: result(persons: max(persons, contract.k), of: instrument), by: instrument))
        let wording = Wording(overall: Text2(sv: "Vårt <eget> \"2,5\".\nAndra stycket.", en: draft.overall.en), dimensions: draft.dimensions)
        let document = try result(persons: persons, of: instrument), glossary = try InstrumentLibrary.builtIn().glossary
        return FinishedReport(Report(
            diaryNumber: "KS 2026/125", contract: try .init(contract.json), instrument: instrument, terms: glossary.terms.prefix(3).map(Report.Term.init),
            result: try .init(document.json), previous: previous,
            analysis: PublishedWording(
                version: 3, author: "Alva", publishedAt: Instant(microseconds: 1_796_000_000_000_000), asDrafted: [.en], wording: wording),
            plan: try document.findings.map { PlanDraft(of: $0.analysis, levels: $0.levels, catalogue: try ActionCatalogues.builtIn.get()[instrument.key]) }))
    }

    private static func cut(_ instrument: Instrument, named key: String? = nil) throws -> Instrument {
        var tree = instrument.reported
        guard case .array(let dimensions)? = tree["dimensions"] else { throw CancellationError() }
        tree.set("dimensions", to: .array(Array(dimensions.prefix(2))))
        if let key { tree.set("key", to: .string(key)) }
        return try Instrument(reported: tree)
    }

    static let contract = Contract(
        k: 5, controller: "Kommunstyrelsen", purpose: "Underlag", contact: "ombud@lillby.example", audiences: [.council, .participants], comments: false,
        retention: "Svaren gallras.", disposalDecision: "KS 2026/1")

    /// The first dimension is low and seen by few, the second disputed, with an item that too few answered; the others lie higher.
    static func result(persons: Int, of instrument: Instrument, year: Int = 2026) throws -> ResultDocument {
        let shape = try #require(instrument.shape)
        let sheets = try (0..<persons).map { person in
            let answers = shape.items.indices.map { item -> (Int16, Int16) in
                switch (item, person) {
                case (0..<4, ..<3): (Rules.Answer.dontKnow.current, Rules.Answer.dontKnow.desired)
                case (0..<4, _): (Int16(1 + item % 2), 4)
                case (5, 1): (0, 0)
                case (6, 2), (7, ..<4): (Rules.Answer.notRelevant.current, Rules.Answer.notRelevant.desired)
                case (4..<8, _): (person % 2 == 0 ? 1 : 4, 5)
                default: (Int16(3 + (item + person) % 2), Int16(4 + (item + person) % 2))
                }
            }
            return try #require(Sheet(current: answers.map(\.0), desired: answers.map(\.1), of: shape))
        }
        let seats = (0..<8).map { ResultDocument.SeatLine(function: .itDirector, family: .directors, title: "It-chef \($0)") }
        let heading = ResultDocument.Heading(
            municipality: .init(code: "9901", name: "Lillby <kommun>"), roundTitle: "Våren \"\(year)\"", instrument: .init(key: instrument.key, version: instrument.version),
            contractHash: FinishedReport.sha256(contract.canonicalBytes), fixedAt: try #require(Instant(rfc3339: "\(year)-11-18T10:00:00Z")), k: 5, invited: 8)
        return .make(
            heading, group: .init(orderedBy: .init(name: "Alva", title: "Kvalitetsdirektör"), ranBy: .init(name: "Bo", title: ""), seats: seats),
            shape: shape, sheets: [Branch(family: .directors, leaf: "it-director"): sheets], mayBeSplit: true)
    }

    /// The tree with its hashes made anew, as a forger would.
    static func rehashed(_ tree: JSON) -> JSON {
        let sha256 = { (tree: JSON?) in JSON.string(FinishedReport.sha256((tree ?? .null).canonicalBytes)) }
        var tree = tree
        tree.set("contract", in: "result", to: sha256(tree["contract"]))
        tree.set("resultSha256", to: sha256(tree["result"]))
        tree.set("resultSha256", in: "previous", to: sha256(tree["previous"]?["result"]))
        tree.set("sha256", to: sha256(tree.without("sha256")))
        return tree
    }
}

extension JSON {
    mutating func set(_ name: String, to value: JSON) { self = without(name).with(name, value) }

    mutating func set(_ name: String, in parent: String, to value: JSON) {
        guard var inner = self[parent] else { return }
        inner.set(name, to: value)
        set(parent, to: inner)
    }

    /// Each tree that differs from this one in a single leaf, with the path to it.
    func changed(_ path: String = "", _ change: (String, JSON) -> JSON?) -> [(path: String, tree: JSON)] {
        switch self {
        case .object(let members):
            members.enumerated().flatMap { place, member in
                member.value.changed("\(path)/\(member.name)", change).map { inner in
                    var members = members
                    members[place] = .init(member.name, inner.tree)
                    return (inner.path, .object(members))
                }
            }
        case .array(let elements):
            elements.enumerated().flatMap { place, element in
                element.changed("\(path)/\(place)", change).map { inner in
                    var elements = elements
                    elements[place] = inner.tree
                    return (inner.path, .array(elements))
                }
            }
        default: change(path, self).map { [(path, $0)] } ?? []
        }
    }
}

@Suite("The report")
struct ReportTests {
    private func differences(_ tree: JSON) throws -> [String] { try ReportVerification(of: tree.canonicalBytes).differences }

    /// With one leaf changed, and all hashes made anew.
    private func forged(_ finished: FinishedReport, _ place: String, _ change: (String) -> String) throws -> JSON {
        let forged = finished.tree.changed { path, leaf -> JSON? in
            guard path == place, case .string(let text) = leaf else { return nil }
            return .string(change(text))
        }
        return ReportExample.rehashed(try #require(forged.first).tree)
    }

    @Test func aWholeReportIsFoundWhole() throws {
        for persons in [8, 6, 5, 4] {
            let finished = try ReportExample.finished(persons: persons)
            #expect(try differences(finished.tree) == [])
            let plan = finished.report.plan, trend = finished.report.trend
            #expect((plan != nil) == (persons >= 5) && (trend != nil) == (persons >= 5))
        }
        let verification = try ReportVerification(of: ReportExample.finished().tree.canonicalBytes)
        #expect(verification.checked.count == ReportCheck.Part.allCases.count && verification.notes == [])
    }

    /// Nothing but the file is needed: no program knows these questions.
    @Test func aReportOfOwnQuestionsIsCheckedByWhatIsInIt() throws {
        let finished = try ReportExample.ownFinished(), verification = try ReportVerification(of: finished.tree.canonicalBytes)
        #expect(verification.differences == [] && !verification.checked.contains { $0.contains("that this program carries") })
        #expect(verification.notes.count == 1 && verification.notes[0].contains("lillby-fragor, version 2"))
        #expect(finished.report.plan?.proposals.allSatisfy { $0.actions.allSatisfy { $0.rule != .nextLevel } && $0.noStep == .noCatalogue } == true)
        let trend = try #require(finished.report.trend)
        #expect(trend.dimensions.map(\.link) == [.bridged, .broken] && trend.dimensions[1].result.reason == .broken)
        for (place, leaf) in [("link", "same"), ("link", "broken"), ("was", "d1.3")] {
            #expect(try !differences(forged(finished, "/instrument/crosswalks/0/items/1/\(place)") { _ in leaf }).isEmpty)
        }
        // Its page too is drawn from the file alone.
        for language in Language.allCases {
            let html = try ReportFile(pages: Pages(isStrict: true)).draw(finished, in: language)
            #expect(try ReportVerification(of: html).differences == [])
        }
    }

    /// The questions of the round before are compared with those that the reader knows, as the report's own are.
    @Test func theQuestionsOfTheRoundBeforeAreLookedUp() throws {
        let finished = try ReportExample.ownFinished(), first = try #require(finished.report.previous?.instrument)
        let known = ReportCheck.Known(instrument: { $0 == first.key && $1 == first.version ? first : nil }, catalogue: { _, _ in nil })
        let differences = { (tree: JSON, known: ReportCheck.Known) in ReportCheck(tree, sha256: FinishedReport.sha256, known: known).differences }
        #expect(differences(finished.tree, known) == [])
        let place = "/previous/instrument/dimensions/0/items/0/statement/sv", told = first.dimensions[0].items[0].statement.sv
        let forged = try self.forged(finished, place) { $0 + " Inte." }
        #expect(differences(forged, known).map { [$0.place, $0.found, $0.expected] } == [[place, "\"\(told) Inte.\"", "\"\(told)\""]])
        #expect(differences(forged, .nothing) == [], "whoever knows them not cannot tell")
        // Its figures are computed from its own cells, and are to come before those that are compared with them.
        for (place, change) in [("/previous/result/dimensions/1/figures/current", "4.9999"), ("/previous/result/round/fixedAt", "2027-01-01T00:00:00Z")] {
            #expect(try !self.differences(self.forged(finished, place) { _ in change }).isEmpty, "\(place)")
        }
    }

    @Test func whatThisProgramCannotSayIsSaid() throws {
        let other = try ReportExample.finished().tree.changed { path, _ in path == "/plan/catalogue" ? 99 : nil }
        let verification = try ReportVerification(of: ReportExample.rehashed(try #require(other.first).tree).canonicalBytes)
        #expect(verification.differences == [] && verification.notes == ["the plan's actions are of a catalogue that this program does not carry: they are as the file has them"])
        #expect(try ReportVerification(of: ReportExample.finished().tree.canonicalBytes, dataOnly: true).notes.count == 1)
    }

    @Test func aChangedDigitOfADraftIsFoundThoughTheHashesAreMadeAnew() throws {
        let finished = try ReportExample.finished()
        let change = { (text: String) in text.replacing(/[0-8]/, maxReplacements: 1) { _ in "9" } }
        for place in ["/analysis/overall/en", "/analysis/dimensions/3/text/en"] {
            let forged = try forged(finished, place, change)
            #expect(try differences(forged).count == 1 && ReportVerification(of: forged.canonicalBytes, dataOnly: true).differences == [])
        }
        // What somebody has written is his own.
        #expect(try differences(forged(finished, "/analysis/overall/sv", change)) == [])
    }

    /// One action less of a rule that has one alone, or of another rule.
    @Test func aPlanThatLeavesARuleOutIsFound() throws {
        let finished = try ReportExample.finished()
        for (path, leaf) in [("/plan/proposals/0/actions/0/rule", "next-level"), ("/plan/proposals/0/actions/0/what/sv", "Gör inget.")] {
            #expect(try !differences(forged(finished, path) { _ in leaf }).isEmpty)
        }
        let check = { (tree: JSON) in ReportCheck(tree, sha256: FinishedReport.sha256).differences }
        #expect(check(finished.tree) == [])
        let step = try forged(finished, "/plan/proposals/0/actions/0/rule") { _ in "next-level" }
        #expect(!check(step).isEmpty)
    }

    @Test func theExampleHasAllKindsOfProposals() throws {
        let plan = try #require(ReportExample.finished().report.plan)
        #expect(Set(plan.proposals.flatMap(\.actions).map(\.rule)) == Set(PlanDraft.Rule.allCases))
    }

    @Test func aReportReadsBackAndWritesTheSameBytes() throws {
        for finished in try [ReportExample.finished(), ReportExample.ownFinished()] {
            let read = try Report(JSONReader.read(finished.tree.canonicalBytes))
            #expect(FinishedReport(read).tree.canonicalBytes == finished.tree.canonicalBytes)
            #expect(finished.report.result.tree.canonicalBytes == read.result.document.canonicalBytes)
        }
    }

    /// Every leaf, text or figure, one after the other.
    @Test func whateverIsChangedIsFoundByItsHash() throws {
        let changes = try ReportExample.finished(isSmall: true).tree.changed { _, leaf in
            switch leaf {
            case .string(let text): .string(text + "1")
            case .integer(let number): .integer(number + 1)
            case .bool(let flag): .bool(!flag)
            default: .integer(1)
            }
        }
        #expect(changes.count > 400)
        for change in changes where try ReportCheck.hashStands(change.tree) { Issue.record("not found: \(change.path)") }
    }

    /// A forger who makes all hashes anew is found by what he changed: each count and figure of results and plan, one after the other.
    @Test(arguments: [1, -1])
    func aChangedFigureIsFoundThoughTheHashesAreMadeAnew(by step: Int) throws {
        let changes = try ReportExample.finished(isSmall: true).tree.changed { path, leaf -> JSON? in
            // Of which catalogue the actions are is known where that catalogue is.
            let isOfFigures = ["/result", "/previous", "/trend", "/plan/proposals", "/contract/k", "/instrument/dimensions"].contains { path.hasPrefix($0) }
            switch leaf {
            case .integer(let number) where isOfFigures: return .integer(number + step)
            case .string(let text):
                guard isOfFigures, let figure = Figure(text) else { return nil }
                return .string(Figure(tenThousandths: figure.tenThousandths + step).description)
            default: return nil
            }
        }
        #expect(changes.count > 300)
        for change in changes {
            let check = ReportCheck(ReportExample.rehashed(change.tree), sha256: FinishedReport.sha256)
            if check.differences.isEmpty { Issue.record("not found: \(change.path)") }
        }
    }

    @Test func aDifferenceIsNamedWithItsPlace() throws {
        for place in ["/result/dimensions/1/figures/current", "/trend/1/items/0/change/difference/current"] {
            let found = try differences(forged(ReportExample.finished(), place) { $0.replacing(".", with: ".9").prefix(6).description })
            #expect(try #require(found.first).hasPrefix("\(place): is \""), "\(found)")
        }
    }

    @Test func anotherWordingOfTheQuestionsIsFoundWhereTheProgramKnowsThem() throws {
        for place in ["/instrument/dimensions/0/items/0/statement/sv", "/instrument/dimensions/1/anchors/2/en"] {
            #expect(try differences(forged(ReportExample.finished(), place) { _ in "Vi är bäst." }).contains { $0.hasPrefix(place) })
        }
    }

    // MARK: The page

    private func page(_ language: Language) throws -> String {
        String(decoding: try ReportFile(pages: Pages(isStrict: true)).draw(ReportExample.finished(), in: language), as: UTF8.self)
    }

    @Test(arguments: Language.allCases)
    func thePageCarriesItsDataAndIsFoundWhole(language: Language) throws {
        let html = try page(language), verification = try ReportVerification(of: Array(html.utf8))
        #expect(verification.differences == [] && verification.checked.count == ReportCheck.Part.allCases.count + 1)
        #expect(verification.hash == (try ReportExample.finished().hash))
        #expect(html.contains("Lillby &lt;kommun&gt;") && html.components(separatedBy: "<script").count == 2 && !html.contains(Texts.missing))
        #expect(html.contains("KS 2026/125"))
    }

    /// What is seen, digit by digit; and with the data alone in view a page that has been touched passes.
    @Test func aChangedDigitOfThePageIsFound() throws {
        let html = try page(.sv), seen = try #require(html.range(of: "<script")).lowerBound
        let digits = html[..<seen].indices.filter { html[$0].isNumber }
        #expect(digits.count > 1_500)
        // Each is a line that differs; a sample is checked whole, because drawing takes its time.
        for place in stride(from: 0, to: digits.count, by: digits.count / 12).map({ digits[$0] }) {
            var forged = html
            forged.replaceSubrange(place...place, with: html[place] == "7" ? "8" : "7")
            let found = try ReportVerification(of: Array(forged.utf8)).differences
            #expect(found.count == 1 && found[0].hasPrefix("the page, line "))
            #expect(try ReportVerification(of: Array(forged.utf8), dataOnly: true).differences == [])
        }
    }

    /// In the change since the last round, in the tables that say what a picture shows, and in the pictures themselves.
    @Test func aChangedDigitOfTheTrendOrOfAPictureIsFound() throws {
        let html = try page(.en)
        // In a picture the digit lies in its letters, in a table between two tags.
        let places = [("id=\"changes\"", "<td>"), ("Number then and now", "<td>"), ("id=\"areas\"", "<td>"), ("id=\"counts-d2\"", "<td>")]
            + ["ladder", "radar", "spread", "wheel", "trend", "heat-d1"].map { ("class=\"picture-\($0)\"", "base64,") }
        for (start, before) in places {
            var rest = html[...]
            for words in [start, before] where !words.isEmpty {
                let found = try #require(rest.range(of: words))
                rest = rest[found.upperBound...]
            }
            let place = try #require(rest.firstIndex { $0.isNumber })
            var forged = html
            forged.replaceSubrange(place...place, with: html[place] == "7" ? "8" : "7")
            let found = try ReportVerification(of: Array(forged.utf8)).differences
            #expect(found.count == 1 && found[0].hasPrefix("the page, line "), "\(start)")
        }
    }

    @Test func whatIsNoReportIsSaid() throws {
        for text in ["", "{}", "[]", "kanin", "<html></html>", "{\"schema\":\"nyttograd/report/1\"}", "{\"a\":1.5}"] {
            #expect(try !ReportVerification(of: Array(text.utf8)).differences.isEmpty, "\(text)")
        }
        #expect(try !ReportVerification(of: [0xFF, 0xFE]).differences.isEmpty)
        let twice = try page(.sv).replacing("</body>", with: "<script type=\"application/json\" id=\"report\">{}</script>\n</body>")
        #expect(try !ReportVerification(of: Array(twice.utf8)).differences.isEmpty)
    }
}

extension ReportCheck {
    /// Whether the hash is that of the content: what stands first in every check.
    fileprivate static func hashStands(_ tree: JSON) throws -> Bool {
        tree["sha256"] == .string(FinishedReport.sha256(tree.without("sha256").canonicalBytes))
    }
}

@Suite("The action catalogue")
struct ActionCatalogueContentTests {
    @Test func theCatalogueOfNR1IsWholeAndSaysNothingTwice() throws {
        let instrument = try ResultExample.instrument.get(), catalogue = try #require(ActionCatalogues.builtIn.get()["nr-1"])
        #expect(catalogue.dimensions.map(\.key) == instrument.dimensions.map(\.key))
        #expect(catalogue.dimensions.allSatisfy { $0.steps.count == 4 && $0.steps.allSatisfy { !$0.isEmpty } && !$0.dialogue.isEmpty && !$0.visibility.isEmpty })
        let actions = catalogue.dimensions.flatMap { $0.dialogue + $0.visibility + $0.steps.flatMap(\.self) }
        #expect(actions.count >= 48 && Set(actions.map(\.what.sv)).count == actions.count && Set(actions.map(\.what.en)).count == actions.count)
        // By when, relative to the decision, and never a date.
        #expect(actions.allSatisfy { !$0.when.sv.contains(/20\d\d/) && !$0.when.en.contains(/20\d\d/) })
    }
}
