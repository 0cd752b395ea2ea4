import Rules
import Testing

@testable import Server

/// What one declaration makes of a body, from either source.
@Suite("Fields")
struct EdgeFieldsTests {
    enum Colour: String, CaseIterable { case red, green }

    struct Everything: Equatable {
        var title = "", count = 0, flag = false, colour = Colour.red, colours: [Colour] = [], day = "", time = "", note: String?, inner = "", rows: [String] = []

        init() {}

        init(_ fields: Fields) {
            title = fields.text("title", 2...5)
            count = fields.integer("count", 1...9)
            flag = fields.flag("flag")
            colour = fields.choice("colour")
            colours = fields.choices("colours", atLeast: 1)
            day = fields.day("day").iso
            time = fields.instant("time").rfc3339
            note = fields.given("note")?.text(1...9, lines: .many)
            inner = fields.object("inner") { $0.text("name", 1...5) }
            rows = fields.list("rows", 0...2) { row in row.object { $0.text("name", 1...5) } }
        }
    }

    static let good = #"""
        {"title":" åäö ","count":3,"flag":true,"colour":"green","colours":["green","red"],"day":"2026-11-23","time":"2026-11-23T20:00:00+01:00",
        "note":"a\r\nb","inner":{"name":"x"},"rows":[{"name":"1"},{"name":"2"}]}
        """#
    static let goodForm =
        "title=+%C3%A5%C3%A4%C3%B6+&count=3&flag=on&colour=green&colours=green&colours=red&day=2026-11-23&time=2026-11-23T20%3A00&note=a%0D%0Ab"
        + "&inner.name=x&rows.0.name=1&rows.1.name=2"

    static func read(json: String) throws -> Everything {
        guard case .object(let members) = try JSONReader.read(Array(json.utf8)) else { return Everything() }
        return try Fields.read(.json(Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value) })), Everything.init)
    }

    static func read(form: String) throws -> Everything {
        try Fields.read(.form(try #require(FormBody(Array(form.utf8))), prefix: ""), Everything.init)
    }

    @Test func bothSourcesSayTheSame() throws {
        var expected = Everything()
        (expected.title, expected.count, expected.flag, expected.colour, expected.colours) = ("åäö", 3, true, .green, [.green, .red])
        (expected.day, expected.time, expected.note, expected.inner, expected.rows) = ("2026-11-23", "2026-11-23T19:00:00Z", "a\nb", "x", ["1", "2"])
        #expect(try Self.read(json: Self.good) == expected)
        #expect(try Self.read(form: Self.goodForm) == expected)
    }

    @Test func everythingWrongIsToldAtOnce() {
        let all = ["/colour", "/colours", "/count", "/day", "/flag", "/inner", "/time", "/title"]
        #expect(pointers { try Self.read(json: "{}") } == all)
        #expect(pointers { try Self.read(json: #"{"title":null,"extra":1,"rows":[{"name":"1","more":2},{}]}"#) }
            == (all + ["/extra", "/rows/0/more", "/rows/1/name"]).sorted())
        // In a form a box that is not ticked is a no, and a part is where its parts are.
        #expect(pointers { try Self.read(form: "title=+&extra=1&rows.0.name=1&rows.0.more=2") }
            == ["/colour", "/colours", "/count", "/day", "/extra", "/inner/name", "/rows/0/more", "/time", "/title"])
    }

    @Test(arguments: [
        (#""title":"å""#, "/title"), (#""title":"123456""#, "/title"), (#""title":7"#, "/title"), (#""title":"a\u0007b""#, "/title"),
        (#""title":"a\nb""#, "/title"), (#""title":"a\u202eb""#, "/title"), (#""count":"3""#, "/count"), (#""count":10"#, "/count"), (#""flag":"on""#, "/flag"),
        (#""colour":"Red""#, "/colour"), (#""colours":["red","red"]"#, "/colours"), (#""colours":["red","blue"]"#, "/colours/1"), (#""colours":"red""#, "/colours"),
        (#""colours":[]"#, "/colours"), (#""day":"2026-02-30""#, "/day"), (#""time":"2026-11-23T20:00""#, "/time"), (#""note":"0123456789""#, "/note"),
        (#""inner":[]"#, "/inner"), (#""rows":{}"#, "/rows"), (#""rows":[1]"#, "/rows/0"), (#""rows":[{},{},{}]"#, "/rows"), (#""inner":{"name":"x","y":1}"#, "/inner/y"),
    ])
    func eachReaderRefusesWhatIsNotItsOwn(replaced: String, pointer: String) throws {
        let name = replaced.split(separator: "\"")[0]
        let rest = Self.good.dropFirst().replacing(try Regex("\"\(name)\":(\\[[^\\]]*\\]|\\{[^}]*\\}|\"[^\"]*\"|[^,]*),?"), with: "", maxReplacements: 1)
        let json = "{\(replaced),\(rest)".replacing(",}", with: "}").replacing(/,\s*}$/, with: "}")
        #expect(pointers { try Self.read(json: json) } == [pointer], "\(json)")
    }

    @Test(arguments: [
        ("title=ab&title=cd", "/title"), ("count=3.0", "/count"), ("flag=maybe", "/flag"), ("time=2026-11-23", "/time"), ("colour=blue", "/colour"),
        ("inner=x", "/inner/name"),
    ])
    func aFormIsReadAsStrictly(replaced: String, pointer: String) {
        let name = replaced.prefix { $0 != "=" }
        let rest = Self.goodForm.split(separator: "&").filter { !$0.hasPrefix(name + "=") && !$0.hasPrefix(name + ".") }.joined(separator: "&")
        #expect(pointers { try Self.read(form: replaced + "&" + rest) } == [pointer])
    }

    @Test(arguments: [
        ("2026-07-01T12:00", "2026-07-01T10:00:00Z"), ("2026-12-01T12:00", "2026-12-01T11:00:00Z"), ("2026-12-01T12:00:30", "2026-12-01T11:00:30Z"),
        // Twice in autumn: the first. Skipped in spring: moved on.
        ("2026-10-25T02:30", "2026-10-25T00:30:00Z"), ("2026-10-25T03:30", "2026-10-25T02:30:00Z"), ("2026-03-29T02:30", "2026-03-29T01:30:00Z"),
        ("2026-03-29T01:59", "2026-03-29T00:59:00Z"), ("2026-03-29T03:00", "2026-03-29T01:00:00Z"),
    ])
    func timesInFormsAreThoseOfSwedishClocks(local: String, utc: String) {
        #expect(SwedishTime.instant(local)?.rfc3339 == utc)
    }

    @Test func aTimeIsShownAsItIsWritten() throws {
        let instant = try #require(Instant(rfc3339: "2026-11-23T19:54:13.5Z"))
        #expect(SwedishTime.local(instant) == "2026-11-23T20:54")
        #expect(Texts(language: .sv, all: [:]).time(instant) == "23 november 2026 kl. 20.54")
        #expect(Texts(language: .en, all: [:]).time(instant) == "23 November 2026 at 20:54")
    }

    private func pointers(_ read: () throws -> Everything) -> [String] {
        do {
            _ = try read()
            return []
        } catch {
            return (error as? Problem)?.errors.map(\.pointer).sorted() ?? ["\(error)"]
        }
    }
}
