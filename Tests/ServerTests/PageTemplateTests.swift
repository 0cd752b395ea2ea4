import Foundation
import Rules
import Testing

@testable import Server

@Suite("Templates and texts")
struct PageTemplateTests {
    @Test func theTextsOfBothLanguagesHaveTheSameKeysAndHoles() throws {
        let pages = try Pages()
        let sv = pages.texts[.sv].all, en = pages.texts[.en].all
        #expect(Set(sv.keys).symmetricDifference(en.keys).sorted() == [])
        for (key, text) in sv {
            #expect(Texts.holes(in: text) == Texts.holes(in: en[key] ?? ""), "\(key)")
            #expect(!text.isEmpty && en[key]?.isEmpty == false, "\(key)")
        }
    }

    /// A key that the code spells out exists.
    @Test func theTextsThatTheCodeNamesExist() throws {
        let texts = try Pages().texts[.sv]
        for code in try sources() {
            for match in code.matches(of: /[Tt]exts[\[(]"([a-zA-Z0-9.-]+)"([^\n]{0,20})/) {
                let key = String(match.1), isCounted = match.2.hasPrefix(", count:")
                #expect(isCounted ? texts.has(key + ".one") && texts.has(key + ".many") : texts.has(key), "\(key)")
            }
            for match in code.matches(of: /\.flash\("([a-zA-Z0-9-]+)"\)/) {
                #expect(texts.has("flash.\(match.1)"), "flash.\(match.1)")
            }
        }
    }

    /// A template that no page and no other template uses is dead, and so never tried.
    @Test func everyTemplateIsUsed() throws {
        let templates = try Pages().templates
        var unused = Set(templates.keys).subtracting(["form/area", "form/box", "form/boxes", "form/radios", "form/scale", "form/select", "form/text", "form/token"])
        for outline in templates.values {
            unused.subtract(outline.partials)
        }
        for code in try sources() { unused.subtract(code.matches(of: /Page\(\s*"([a-zA-Z\/-]+)"/).map { String($0.1) }) }
        #expect(unused.isEmpty)
    }

    @Test(arguments: [
        ("<p>", "does not begin"), ("{{% CONTENT_TYPE: HTML }}", "does not begin"), ("{{{x}}}", "not for our pages"), ("{{&x}}", "not for our pages"),
        ("{{=<% %>=}}", "not for our pages"), ("{{uppercased(x)}}", "not for our pages"), ("{{#a}}", "not closed"), ("{{/a}}", "closes nothing"),
        ("{{#a}}{{/b}}", "closes a"), ("{{>nowhere}}", "no partial nowhere"), ("{{t.nowhere}}", "no text nowhere"), ("{{>*x}}", "not for our pages"),
    ])
    func aTemplateThatCannotBeSafeStopsTheStart(body: String, reason: String) {
        let text = body.hasPrefix("<") || body.hasPrefix("{{%") ? body : ScalarEscaping.pragma + body
        #expect {
            try TemplateOutline("t", text).check(partials: ["t"], texts: Texts(language: .sv, all: [:]))
        } throws: { "\($0)".contains(reason) }
    }

    @Test(arguments: [
        ("{{a}}", ["a": "x"], nil), ("{{b}}", ["a": "x"], "no b"), ("{{#f}}{{b}}{{/f}}", ["f": false], "no b"), ("{{^f}}{{b}}{{/f}}", ["f": true], "no b"),
        ("{{#a}}x{{/a}}", ["a": "x"], "make it a flag"), ("{{f}}", ["f": true], "not a text"),
        ("{{#l}}{{x}}{{a}}{{/l}}", ["a": "", "l": .list([.group(["x": "1"])])], nil),
        ("{{#l}}{{a}}{{/l}}", ["a": "", "l": .list([.group(["a": "1"])])], "stands in l and outside"),
        ("{{#l}}{{x}}{{/l}}", ["l": .list([.group(["x": "1"]), .group(["y": "1"])])], "same names"),
        ("{{#l}}{{.}}{{/l}}", ["l": .list(["1", "2"])], nil),
    ] as [(String, [String: PageValue], String?)])
    func aNameIsThereAndMeansOneThing(body: String, values: [String: PageValue], reason: String?) throws {
        let outline = try TemplateOutline("t", ScalarEscaping.pragma + body)
        guard let reason else { return try outline.check(values, [:]) }
        #expect { try outline.check(values, [:]) } throws: { "\($0)".contains(reason) }
    }

    /// The code of the server, file by file.
    private func sources() throws -> [String] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let files = FileManager.default.enumerator(at: root.appending(path: "Sources/Server"), includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        return try files.filter { $0.pathExtension == "swift" }.map { try String(contentsOf: $0, encoding: .utf8) }
    }

    @Test func holesAreFilledOrMissed() {
        let texts = Texts(language: .en, all: ["a": "{x} of {y}.", "n.one": "{count} seat", "n.many": "{count} seats"])
        #expect(texts("a", ["x": "{y}", "y": "2"]) == "{y} of 2.")
        #expect(texts("a", ["x": "1"]).contains(Texts.missing))
        #expect(texts["b"].hasPrefix(Texts.missing))
        #expect(texts("n", count: 1) == "1 seat" && texts("n", count: 0) == "0 seats")
        #expect(Texts.holes(in: "{x} of {y}.") == ["x", "y"] && Texts.holes(in: "none").isEmpty)
    }
}
