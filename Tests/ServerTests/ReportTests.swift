import Foundation
import Rules
import Testing

@testable import Server

/// A round for the archive, with all that a report can have: a round before it, an analysis, a plan.
enum ReportExample {
    /// Of the whole built-in instrument, or of its first two dimensions: every figure of so small a report can be changed in turn.
    static func finished(persons: Int = 8, isSmall: Bool = false) throws -> FinishedReport {
        let whole = try ResultExample.instrument.get(), instrument = try isSmall ? cut(ReportInstrument(whole)) : ReportInstrument(whole)
        let draft = try #require(Wording.draft(of: result(persons: 8, of: instrument), by: whole))
        let wording = Wording(overall: Text2(sv: "Vårt <eget> \"2,5\".\nAndra stycket.", en: draft.overall.en), dimensions: draft.dimensions)
        return FinishedReport(Report(
            diaryNumber: "KS 2026/125", contract: try .init(contract.json), instrument: instrument,
            result: try .init(result(persons: persons, of: instrument).json), previous: try .init(result(persons: 6, of: instrument, year: 2025).json),
            analysis: PublishedWording(
                version: 3, author: "Alva", publishedAt: Instant(microseconds: 1_796_000_000_000_000), asDrafted: [.en], wording: wording),
            catalogue: try ActionCatalogues.builtIn.get()["nr-1"]))
    }

    private static func cut(_ instrument: ReportInstrument) throws -> ReportInstrument {
        guard case .array(let dimensions)? = instrument.json["dimensions"] else { throw CancellationError() }
        var tree = instrument.json
        tree.set("dimensions", to: .array(Array(dimensions.prefix(2))))
        return try tree.read()
    }

    static let contract = Contract(
        k: 5, controller: "Kommunstyrelsen", purpose: "Underlag", contact: "ombud@lillby.example", audiences: [.council, .participants], comments: false,
        retention: "Svaren gallras.", disposalDecision: "KS 2026/1")

    /// The first dimension is low and seen by few, the second disputed, with an item that too few answered; the others lie higher.
    static func result(persons: Int, of instrument: ReportInstrument, year: Int = 2026) throws -> ResultDocument {
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
            shape: shape, sheets: [Branch(family: .directors, leaf: "it-director"): sheets])
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

    @Test func aWholeReportIsFoundWhole() throws {
        for persons in [8, 6, 5, 4] {
            let finished = try ReportExample.finished(persons: persons)
            #expect(try differences(finished.tree) == [])
            let plan = finished.report.plan
            #expect((plan != nil) == (persons >= 5))
        }
        let checked = try ReportVerification(of: ReportExample.finished().tree.canonicalBytes).checked
        #expect(checked.count == ReportCheck.Part.allCases.count)
    }

    @Test func theExampleHasAllKindsOfProposals() throws {
        let plan = try #require(ReportExample.finished().report.plan)
        #expect(Set(plan.proposals.flatMap(\.actions).map(\.rule)) == Set(PlanDraft.Rule.allCases))
    }

    @Test func aReportReadsBackAndWritesTheSameBytes() throws {
        let finished = try ReportExample.finished(), catalogues = try ActionCatalogues.builtIn.get()
        let read = try Report(JSONReader.read(finished.tree.canonicalBytes)) { catalogues[$0, $1] }
        #expect(FinishedReport(read).tree.canonicalBytes == finished.tree.canonicalBytes)
        #expect(finished.report.result.tree.canonicalBytes == read.result.document.canonicalBytes)
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
        let catalogues = try ActionCatalogues.builtIn.get()
        let changes = try ReportExample.finished(isSmall: true).tree.changed { path, leaf -> JSON? in
            let isOfFigures = ["/result", "/previous", "/plan", "/contract/k", "/instrument/dimensions"].contains { path.hasPrefix($0) }
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
            let check = ReportCheck(ReportExample.rehashed(change.tree), sha256: FinishedReport.sha256, catalogue: { catalogues[$0, $1] }, known: { _, _ in nil })
            if check.differences.isEmpty { Issue.record("not found: \(change.path)") }
        }
    }

    @Test func aDifferenceIsNamedWithItsPlace() throws {
        let forged = try ReportExample.finished().tree.changed { path, leaf -> JSON? in
            guard path == "/result/dimensions/1/figures/current", case .string(let text) = leaf else { return nil }
            return .string(text.replacing(".", with: ".9").prefix(6).description)
        }
        let found = try differences(ReportExample.rehashed(try #require(forged.first).tree))
        #expect(found.count == 1 && found[0].hasPrefix("/result/dimensions/1/figures/current: is \""))
    }

    @Test func anotherWordingOfTheQuestionsIsFoundWhereTheProgramKnowsThem() throws {
        let forged = try ReportExample.finished().tree.changed { path, leaf -> JSON? in path == "/instrument/dimensions/0/items/0/statement/sv" ? "Vi är bäst." : nil }
        #expect(try differences(ReportExample.rehashed(try #require(forged.first).tree)).contains { $0.hasPrefix("/instrument/dimensions/0/items/0/statement/sv") })
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
