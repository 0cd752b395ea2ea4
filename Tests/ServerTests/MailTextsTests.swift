import Foundation
import Rules
import Testing

@testable import Server

@Suite struct MailTextsTests {
    let texts: MailTexts

    init() throws {
        texts = try MailTexts()
    }

    @Test(arguments: Language.allCases) func everyLetterIsWhole(_ language: Language) throws {
        let letters = try Self.letters()
        #expect(Set(letters.map(\.kind)) == Set(Letter.Kind.allCases))
        for letter in letters {
            let (subject, body) = try texts.write(letter, in: language)
            #expect(!subject.isEmpty && !subject.contains("\n"))
            #expect(!(subject + body).contains { "{}".contains($0) }, "a hole is left in \(letter.kind)")
            if [.seminarCancelled, .seminarDeparted].contains(letter.kind) { continue }
            #expect(body.contains("\n\nhttps://nyttograd.example/x\n\n") || body.contains("\n\nhttps://nyttograd.example/x\n"), "the link stands on a line of its own")
        }
    }

    @Test func anInvitationSaysWhatTheContractPromises() throws {
        let (subject, body) = try texts.write(.questionnaire(Self.invitation()), in: .sv)
        #expect(subject.contains("Nyttan 2026"))
        let said = [
            "Lillby", "måndag 30 november 2026 kl. 16.00", "Alva Ström, kvalitetsdirektör", "Bo Lind", "minst 5 har svarat", "Kommunstyrelsen",
            "KS 2026/114", "som ersättare för HR-direktör", "anonyma statistiken",
        ]
        for words in said { #expect(body.contains(words), "\(words)") }
        #expect(try texts.write(.questionnaire(Self.invitation()), in: .en).body.contains("Monday 30 November 2026 at 16:00 (Swedish time)"))
    }

    @Test func theContractsChoicesChangeTheWords() throws {
        let shared = try texts.write(.questionnaire(Self.invitation(shared: true, deputy: true)), in: .sv).body
        let own = try texts.write(.questionnaire(Self.invitation(shared: false, deputy: false)), in: .sv).body
        #expect(own.contains("inte att ingå") && !shared.contains("inte att ingå"))
        #expect(own.contains("Du svarar som HR-direktör.") && !own.contains("ersättare"))
    }

    @Test func theCouncilsOwnWordsStandUnderTheNameOfWhoRunsTheRound() throws {
        let own = try texts.write(.questionnaire(Self.invitation(text: "Kära kollega!\n\nSvara {link} gärna.")), in: .sv).body
        #expect(own.contains("Hej!\n\nBo Lind skriver:\n\nKära kollega!\n\nSvara {link} gärna.\n\nDu svarar som"))
        #expect(own.components(separatedBy: "https://").count == 2 && !own.contains("vill veta hur väl"))
        let reminder = try texts.write(.reminder(Self.reminder(instant("2026-11-30T15:00:00Z"), text: "Tiden går.")), in: .en).body
        #expect(reminder.contains("Bo Lind writes:\n\nTiden går.") && reminder.contains("deputy for HR-direktör") && reminder.contains("/x\n") && reminder.contains("/y\n"))
        #expect(throws: MailTexts.Fault.controlCharacter(hole: "words")) { try texts.write(.questionnaire(Self.invitation(text: "a\u{1b}b")), in: .sv) }
    }

    /// A title that looks like a hole, or would begin a new line with a link of its own.
    @Test func aValueIsOneLineAndNoTemplate() throws {
        let odd = Letter.resultIsReady(council: "{link}", round: "a", link: "https://nyttograd.example/x")
        #expect(try texts.write(odd, in: .sv).body.contains(" i {link} är fastställt"))
        let lines = Letter.resultIsReady(council: "Lillby\nhttps://evil.example", round: "a", link: "https://nyttograd.example/x")
        #expect(throws: MailTexts.Fault.controlCharacter(hole: "council")) { try texts.write(lines, in: .sv) }
    }

    @Test func languagesThatDisagreeAreFoundAtTheStart() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/ng-mails-" + UUID().uuidString
        try FileManager.default.copyItem(atPath: MailTexts.folder, toPath: folder)
        let swedish = try String(contentsOfFile: folder + "/sv.yaml", encoding: .utf8)
        func with(_ text: String) throws { try text.write(toFile: folder + "/sv.yaml", atomically: true, encoding: .utf8); _ = try MailTexts(folder: folder) }

        #expect(throws: MailTexts.Fault.unused("extra.word (sv)")) { try with(swedish + "\nextra:\n  word: x\n") }
        #expect(throws: MailTexts.Fault.otherHoles(["signIn.subject"])) { try with(swedish.replacing("Din länk för att", with: "Din {link} för att")) }
        #expect(throws: MailTexts.Fault.lacks("resultIsReady.body (sv)")) { try with(swedish.replacing("resultIsReady:", with: "resultWasReady:")) }
        #expect(throws: MailTexts.Fault.self) { try with(swedish + "\nsignIn:\n  subject: twice\n") }
        #expect(throws: MailTexts.Fault.self) { try with("- no sections") }
        #expect(throws: MailTexts.Fault.missing(file: "/nowhere/sv.yaml")) { try MailTexts(folder: "/nowhere") }
    }

    static func invitation(shared: Bool = true, deputy: Bool = true, text: String = "") throws -> QuestionnaireInvitation {
        QuestionnaireInvitation(
            council: "Lillby", round: "Nyttan 2026", seat: .init(post: "HR-direktör", isDeputy: deputy), closes: try instant("2026-11-30T15:00:00Z"),
            orderedBy: "Alva Ström, kvalitetsdirektör", runBy: "Bo Lind", text: text,
            promise: .init(k: 5, controller: "Kommunstyrelsen", inAnonymousStatistics: shared, disposalDecision: "KS 2026/114"), link: "https://nyttograd.example/x")
    }

    static func reminder(_ closes: Instant, text: String = "") -> Reminder {
        Reminder(
            council: "Lillby", round: "Nyttan 2026", runBy: "Bo Lind", closes: closes, text: text,
            seats: [(.init(post: "HR-direktör", isDeputy: true), "https://nyttograd.example/y"), (.init(post: "IT-direktör", isDeputy: false), "https://nyttograd.example/x")])
    }

    static func seminar(_ news: SeminarInvitation.News, at time: Instant) -> Letter {
        .seminar(SeminarInvitation(
            id: "1", council: "Lillby", round: "Nyttan 2026", runBy: "Bo Lind",
            seminar: Seminar(starts: time, ends: time.adding(seconds: 3600), place: "Rosen", link: "", agenda: "Om nytta.\nOm svaren.", materials: []),
            sequence: 1, changed: time, news: news, link: "https://nyttograd.example/x"))
    }

    static func letters() throws -> [Letter] {
        let link = "https://nyttograd.example/x", until = try instant("2026-11-24T19:54:13Z")
        return [
            .registration(council: "Lillby", link: link, until: until), .councilIsHere(council: "Lillby", signInPage: link), .signIn(link: link, until: until),
            .memberInvitation(council: "Lillby", invitedBy: "Alva Ström", roles: ["strateg", "administratör"], link: link, until: until),
            .questionnaire(try invitation()), .reminder(reminder(try instant("2026-11-30T15:00:00Z"))), .registrationApproved(council: "Lillby", link: link, until: until),
            .registrationWaits(council: "Lillby", code: "9914", page: link), .resultIsReady(council: "Lillby", round: "Nyttan 2026", link: link),
            .addressLink(council: "Lillby", link: link, until: until), .addressChanged(council: "Lillby", signInPage: link),
            .openingMissed(council: "Lillby", round: "Nyttan 2026", opens: until, lacks: ["Något.", "Något annat."], page: link),
            .joinLink(council: "Lillby", link: link, until: until), .joinWaits(council: "Lillby", page: link),
        ] + SeminarInvitation.News.allCases.map { seminar($0, at: until) }
    }
}

@Suite struct SwedishTimeTests {
    /// The hour changes at 01:00 UTC on the last Sundays of March and October.
    @Test(arguments: [
        ("2026-03-29T00:59:59Z", "söndag 29 mars 2026 kl. 01.59"), ("2026-03-29T01:00:00Z", "söndag 29 mars 2026 kl. 03.00"),
        ("2026-10-25T00:59:59Z", "söndag 25 oktober 2026 kl. 02.59"), ("2026-10-25T01:00:00Z", "söndag 25 oktober 2026 kl. 02.00"),
        ("2026-12-31T23:00:00Z", "fredag 1 januari 2027 kl. 00.00"), ("2026-06-30T21:59:59Z", "tisdag 30 juni 2026 kl. 23.59"),
    ])
    func timesAreSwedish(_ time: String, _ expected: String) throws {
        #expect(try SwedishTime.longText(instant(time), in: .sv) == expected)
    }
}

func instant(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }
