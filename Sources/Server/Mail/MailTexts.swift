import Foundation
import Rules
import Yams

/// The words of all mails in each language: sections of named texts with holes, `{council}`. Checked as a whole when read.
struct MailTexts: Sendable {
    enum Fault: Error, Equatable, CustomStringConvertible {
        case missing(file: String), malformed(file: String, String)
        case lacks(String), unused(String), otherHoles([String])
        case noValue(hole: String, text: String), controlCharacter(hole: String)

        var description: String {
            switch self {
            case .missing(let file): "\(file) is missing"
            case .malformed(let file, let why): "\(file): \(why)"
            case .lacks(let text): "mails: there is no text \(text)"
            case .unused(let text): "mails: nothing uses \(text)"
            case .otherHoles(let texts): "mails: the languages have other holes in \(texts.joined(separator: ", "))"
            case .noValue(let hole, let text): "nothing fills {\(hole)} in \(text)"
            case .controlCharacter(let hole): "a control character in the value of {\(hole)}"
            }
        }
    }

    private typealias Sections = [String: [String: String]]
    private let sections: [Language: Sections]

    static let folder = Bundle.module.bundlePath + "/Resources/mails"

    /// Of `sv.yaml` and `en.yaml` in the folder.
    init(folder: String = Self.folder) throws {
        try SwedishTime.requireZone()
        sections = try Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, try Self.read("\(folder)/\($0.rawValue).yaml")) })
        try check()
    }

    /// Subject and body of a letter.
    func write(_ letter: Letter, in language: Language) throws(Fault) -> (subject: String, body: String) {
        let values = try values(of: letter, in: language)
        let section = letter.kind.rawValue
        let body = try text(section, "body", in: language, values)
        return (try text(section, "subject", in: language, values), try body + "\n" + text("frame", "footer", in: language, [:]))
    }
}

// MARK: - What fills the holes

extension MailTexts {
    private func values(of letter: Letter, in language: Language) throws(Fault) -> [String: String] {
        switch letter {
        case .registration(let council, let link, let until), .registrationApproved(let council, let link, let until),
            .addressLink(let council, let link, let until), .joinLink(let council, let link, let until):
            ["council": council, "link": link, "until": SwedishTime.longText(until, in: language)]
        case .councilIsHere(let council, let page), .addressChanged(let council, let page), .joinWaits(let council, let page):
            ["council": council, "link": page]
        case .signIn(let link, let until):
            ["link": link, "until": SwedishTime.longText(until, in: language)]
        case .memberInvitation(let council, let inviter, let roles, let link, let until):
            ["council": council, "invitedBy": inviter, "roles": roles.joined(separator: ", "), "link": link, "until": SwedishTime.longText(until, in: language)]
        case .questionnaire(let invitation):
            try values(of: invitation, in: language)
        case .reminder(let reminder):
            try values(of: reminder, in: language)
        case .seminar(let seminar):
            try values(of: seminar, in: language)
        case .registrationWaits(let council, let code, let page):
            ["council": council, "code": code, "link": page]
        case .resultIsReady(let council, let round, let link):
            ["council": council, "round": round, "link": link]
        case .openingMissed(let council, let round, let opens, let lacks, let page):
            [
                "council": council, "round": round, "opens": SwedishTime.longText(opens, in: language), "lacks": lacks.map { "- \($0)" }.joined(separator: "\n"),
                "link": page,
            ]
        }
    }

    private func values(of it: QuestionnaireInvitation, in language: Language) throws(Fault) -> [String: String] {
        [
            "council": it.council, "round": it.round, "link": it.link, "closes": SwedishTime.longText(it.closes, in: language),
            "orderedBy": it.orderedBy, "runBy": it.runBy,
            "text": try ownText(it.text, by: it.runBy, else: "invitation", council: it.council, in: language), "seat": try seat(it.seat, in: language),
            "k": String(it.promise.k), "controller": it.promise.controller, "disposalDecision": it.promise.disposalDecision,
            "statistics": try text("statistics", it.promise.inAnonymousStatistics ? "shared" : "notShared", in: language, [:]),
        ]
    }

    private func values(of it: Reminder, in language: Language) throws(Fault) -> [String: String] {
        var seats: [String] = []
        for (seat, link) in it.seats { seats.append(try "\(self.seat(seat, in: language))\n\n\(link)") }
        return [
            "round": it.round, "closes": SwedishTime.longText(it.closes, in: language), "seats": seats.joined(separator: "\n\n"),
            "text": try ownText(it.text, by: it.runBy, else: "reminder", council: it.council, in: language),
        ]
    }

    private func values(of it: SeminarInvitation, in language: Language) throws(Fault) -> [String: String] {
        let seminar = it.seminar, materials = seminar.materials.map { "\($0.title): \($0.link)" }
        let details = [seminar.agenda, materials.joined(separator: "\n")].filter { !$0.isEmpty }
        return [
            "council": it.council, "round": it.round, "runBy": it.runBy, "link": it.link,
            "news": it.news.isEnd ? "" : try text("news", it.news.rawValue, in: language, [:]),
            "again": it.news == .moved ? try text("news", "again", in: language, [:]) + "\n\n" : "",
            "starts": SwedishTime.longText(seminar.starts, in: language), "ends": SwedishTime.longText(seminar.ends, in: language),
            "where": [seminar.place, seminar.link].filter { !$0.isEmpty }.joined(separator: "\n"),
            "details": details.isEmpty ? "" : details.joined(separator: "\n\n") + "\n\n",
        ]
    }

    private func seat(_ seat: QuestionnaireInvitation.Seat, in language: Language) throws(Fault) -> String {
        try text("seat", seat.isDeputy ? "deputy" : "holder", in: language, ["post": seat.post])
    }

    /// The council's words with the name of who stands for them, or the service's.
    private func ownText(_ words: String, by runner: String, else standing: String, council: String, in language: Language) throws(Fault) -> String {
        try words.isEmpty
            ? text("text", standing, in: language, ["council": council]) : text("text", "own", in: language, ["runBy": runner, "words": words])
    }

    /// What is made of lines: by us, or by a council in a text that may have no link (`RoundText`).
    private static let blocks: Set<String> = ["text", "words", "seats", "where", "details", "again", "lacks"]

    /// A value is one line, unless it is a block, and is not looked into for holes.
    private func text(_ section: String, _ key: String, in language: Language, _ values: [String: String]) throws(Fault) -> String {
        guard let text = sections[language]?[section]?[key] else { throw .lacks("\(section).\(key)") }
        var filled = ""
        for part in Self.parts(of: text) {
            switch part {
            case .words(let words): filled += words
            case .hole(let hole):
                guard let value = values[hole] else { throw .noValue(hole: hole, text: "\(section).\(key)") }
                let allowed = Self.blocks.contains(hole) ? "\t\n" : ""
                guard !value.unicodeScalars.contains(where: { $0.isControl && !allowed.unicodeScalars.contains($0) }) else { throw .controlCharacter(hole: hole) }
                filled += value
            }
        }
        return filled
    }
}

// MARK: - Reading and checking

extension MailTexts {
    private enum Part { case words(Substring), hole(String) }

    private static func parts(of text: String) -> [Part] {
        var parts: [Part] = []
        var rest = text[...]
        while let match = rest.firstMatch(of: /\{([A-Za-z]+)\}/) {
            parts += [.words(rest[..<match.range.lowerBound]), .hole(String(match.1))]
            rest = rest[match.range.upperBound...]
        }
        return parts + [.words(rest)]
    }

    private static func holes(in text: String) -> Set<String> {
        Set(parts(of: text).compactMap { if case .hole(let hole) = $0 { hole } else { nil } })
    }

    private static func read(_ file: String) throws(Fault) -> Sections {
        guard let data = FileManager.default.contents(atPath: file) else { throw .missing(file: file) }
        do {
            return try YAMLDecoder().decode(Sections.self, from: data)
        } catch {
            throw .malformed(file: file, "\(error)")
        }
    }

    /// Every text that is used, and no other, is there in each language, with the same holes.
    private func check() throws(Fault) {
        let holes = sections.mapValues { sections in
            Dictionary(uniqueKeysWithValues: sections.flatMap { section, texts in texts.map { ("\(section).\($0)", Self.holes(in: $1)) } })
        }
        for language in Language.allCases {
            let names = Set((holes[language] ?? [:]).keys)
            if let name = Self.used.subtracting(names).sorted().first { throw .lacks("\(name) (\(language))") }
            if let name = names.subtracting(Self.used).sorted().first { throw .unused("\(name) (\(language))") }
        }
        let unequal = Self.used.filter { name in Set(Language.allCases.map { holes[$0]?[name] }).count > 1 }
        guard unequal.isEmpty else { throw .otherHoles(unequal.sorted()) }
    }

    private static let used = Set(Letter.Kind.allCases.flatMap { ["\($0).subject", "\($0).body"] })
        .union(["news.new", "news.changed", "news.moved", "news.again", "text.invitation", "text.reminder", "text.own", "seat.holder", "seat.deputy", "statistics.shared", "statistics.notShared", "frame.footer"])
}
