import Foundation
import HTTPTypes
import Hummingbird
import Rules
import Testing

@testable import Server

@Suite("Pages")
struct PageTests {
    @Test func theApiAndTheFormShareOneDeclaration() async throws {
        try await Town.test { town in
            let made = try await town.post(#"{"title":"Hej","closesAt":"2026-12-01T12:00:00+01:00","audiences":["council"]}"#)
            #expect(made.status == 201 && made.headers[.location]?.hasPrefix("http://localhost:8080/api/v1/notices/") == true)
            #expect(made.text.contains(#""closesAt":"2026-12-01T11:00:00Z""#) && made.text.contains(#""note":null"#))
            let submitted = try await town.submit("title=Hej&closesAt=2026-12-01T12%3A00&audiences=council&note=")
            #expect(submitted.status == 303 && submitted.headers[.location] == "/notices")
            let refused = try await town.post(#"{"title":"","closesAt":"x","audiences":["nobody"],"more":1}"#)
            #expect(refused.status == 422 && refused.problem == "invalid-fields")
            #expect(refused.pointers == ["#/title", "#/closesAt", "#/audiences/0", "#/more"])
        }
    }

    @Test func aRefusedFormKeepsWhatWasWrittenAndSaysWhatIsWrong() async throws {
        try await Town.test { town in
            let answer = try await town.submit("title=En+alldeles+f%C3%B6r+l%C3%A5ng+rubrik&closesAt=strax&audiences=everyone&note=%3Cb%3Ekvar")
            #expect(answer.status == 422)
            #expect(answer.text.contains(#"value="En alldeles för lång rubrik""#) && answer.text.contains(#"value="strax""#))
            #expect(answer.text.contains("&lt;b&gt;kvar</textarea>"))
            #expect(answer.text.contains(#"value="everyone" checked"#) && !answer.text.contains(#"value="council" checked"#))
            #expect(answer.text.contains(##"<a href="#f-title">Rubrik: Får ha högst 20 tecken.</a>"##))
            #expect(answer.text.contains(#"aria-describedby="h-title e-title" aria-required="true" aria-invalid="true""#))
            #expect(answer.text.contains(#"<p class="error" id="e-title">"#) && answer.text.contains("<title>Fel: Notis"))
            #expect(!answer.text.contains("e-note"))
        }
    }

    @Test func whatTheOperationRefusesIsSaidOnTheForm() async throws {
        try await Town.test { town in
            let answer = try await town.submit("title=taken&closesAt=2026-12-01T12%3A00&audiences=council", language: "en")
            #expect(answer.status == 409 && answer.text.contains("The title is taken.") && answer.text.contains(#"value="taken""#))
        }
    }

    @Test func aFormThatIsNotOursChangesNothing() async throws {
        try await Town.test { town in
            let type: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
            let body = "title=a&closesAt=2026-12-01T12%3A00&audiences=council"
            var cookie = type
            cookie[.cookie] = "visit=abc"
            for (headers, token) in [(type, ""), (type, "token=x&"), (cookie, ""), (cookie, "token=x&"), (cookie, "token=&")] {
                let answer = try await town.send(.post, "/notices/new", headers, body: token + body)
                #expect(answer.status == 403 && answer.text.contains("Inget har sparats"))
            }
            // A token made for one visit does not serve another, nor one from another site.
            let token = FormToken.make(key: [1, 2, 3], visit: "abc", credential: "")
            var other = cookie
            other[.cookie] = "visit=abd"
            try await #expect(town.send(.post, "/notices/new", other, body: "token=\(token)&" + body).status == 403)
            var foreign = cookie
            foreign[.secFetchSite] = "cross-site"
            try await #expect(town.send(.post, "/notices/new", foreign, body: "token=\(token)&" + body).status == 403)
            try await #expect(town.send(.post, "/notices/new", cookie, body: "token=\(token)&" + body).status == 303)
        }
    }

    @Test(arguments: ["x\"\u{301} onfocus=alert(1) autofocus=\"\u{301}", "'\u{301}><script>", "&\u{301}lt;", "\"\u{200D}\u{20DD}x"])
    func noTextBecomesMarkup(text: String) async throws {
        try await Town.test { town in
            let answer = try await town.submit("title=\(PercentEncoding.encode(text))&note=\(PercentEncoding.encode(text))")
            let shown = Array(answer.text.unicodeScalars)
            // By scalar, as a browser reads: no mark of ours stands before a combining character, and none of theirs is left.
            for (place, scalar) in shown.enumerated().dropLast() where ["\"", "'", "<", ">"].contains(scalar) {
                #expect(!["\u{301}", "\u{200D}"].contains(shown[place + 1]))
            }
            let plain = String(String.UnicodeScalarView(shown.filter { !["\u{301}", "\u{200D}", "\u{20DD}"].contains($0) }))
            #expect(!plain.contains("<script") && !plain.contains("\" onfocus"))
            #expect(plain.contains("&quot;") || plain.contains("&#39;") || plain.contains("&amp;lt;"))
        }
    }

    @Test func cookiesAreBoundToTheHostOnHTTPSAndAMessageIsShownOnce() async throws {
        try await Town.test(secure: true) { town in
            let page = try await town.send(.get, "/notices/new")
            #expect(page.headers[.setCookie]?.hasPrefix("__Host-visit=") == true)
            #expect(page.headers[.setCookie]?.hasSuffix("; Path=/; HttpOnly; SameSite=Lax; Secure") == true)
            // A page without a form sets none.
            try await #expect(town.send(.get, "/").headers[.setCookie] == nil)
            let flash = try await town.send(.get, "/", [.cookie: "__Host-flash=saved"])
            #expect(flash.text.contains("Sparat.") && flash.headers[.setCookie]?.hasPrefix("__Host-flash=; ") == true)
            try await #expect(!town.send(.get, "/", [.cookie: "__Host-flash=nothing"]).text.contains("role=\"status\""))
        }
        try await Town.test { town in
            let cookie = try await town.send(.get, "/notices/new").headers[.setCookie]
            #expect(cookie?.hasPrefix("visit=") == true && cookie?.contains("Secure") == false)
        }
    }

    @Test func theLanguageIsAskedForRememberedOrPreferred() async throws {
        try await Town.test { town in
            for (headers, query, language) in [
                ([:], "", "sv"), ([.acceptLanguage: "en-GB,en;q=0.9"], "", "en"), ([.acceptLanguage: "de, sv;q=0.5"], "", "sv"),
                ([.acceptLanguage: "en", .cookie: "lang=sv"], "", "sv"), ([.cookie: "lang=sv"], "?lang=en", "en"), ([:], "?lang=xx", "sv"),
            ] as [(HTTPFields, String, String)] {
                let answer = try await town.send(.get, "/tillganglighet" + query, headers)
                #expect(answer.text.contains("<html lang=\"\(language)\">") && answer.headers[.contentLanguage] == language)
                #expect(answer.text.contains("href=\"?lang=\(language == "sv" ? "en" : "sv")\""))
                #expect((answer.headers[.setCookie] == "lang=en; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000") == (query == "?lang=en"))
            }
            try await #expect(town.send(.get, "/nowhere", [.acceptLanguage: "en"]).text.contains("<h1>Not found</h1>"))
        }
    }

    @Test func theStyleSheetIsServedOnce() async throws {
        try await Town.test { town in
            let first = try await town.send(.get, "/style.css")
            let tag = try #require(first.headers[.eTag])
            #expect(first.headers[.contentType] == "text/css; charset=utf-8" && first.text.contains(".skip"))
            try await #expect(town.send(.get, "/style.css", [.ifNoneMatch: tag]).status == 304)
        }
    }
}
