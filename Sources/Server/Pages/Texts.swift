import Foundation
import Rules
import Yams

/// The texts of the pages in one language, by key. A text may have named holes: `Stänger {when}.`
struct Texts: Sendable {
    let language: Language
    let all: [String: String]

    /// A mark that no text holds, before a key or hole that does not exist: tests and strict pages fail on it.
    static let missing = "\u{F8FF}"

    subscript(key: String) -> String { all[key] ?? Texts.missing + key }

    func has(_ key: String) -> Bool { all[key] != nil }

    /// The text with its holes filled.
    func callAsFunction(_ key: String, _ holes: [String: String] = [:]) -> String {
        var filled = ""
        var rest = self[key][...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            filled += rest[..<open] + (holes[name] ?? Texts.missing + name)
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }

    /// The text for a count: `key.one` for 1, `key.many` for others, with the hole `count`.
    func callAsFunction(_ key: String, count: Int, _ holes: [String: String] = [:]) -> String {
        self(count == 1 ? key + ".one" : key + ".many", holes.merging(["count": String(count)]) { $1 })
    }

    /// The names of the holes of a text.
    static func holes(in text: String) -> Set<String> {
        Set(text.split(separator: "{").dropFirst(text.hasPrefix("{") ? 0 : 1).compactMap { part in
            part.firstIndex(of: "}").map { String(part[..<$0]) }
        })
    }
}

/// The texts in all languages.
struct AllTexts: Sendable {
    private let byLanguage: [Language: Texts]

    subscript(language: Language) -> Texts { byLanguage[language] ?? Texts(language: language, all: [:]) }

    /// Reads flat maps from key to text: `sv.yaml` and `en.yaml`, and the features' own in `sv/` and `en/`. No key stands twice.
    init(folder: URL) throws {
        byLanguage = try Dictionary(uniqueKeysWithValues: Language.allCases.map { language in
            let texts = try AllTexts.files(of: language, in: folder).reduce(into: [String: String]()) { texts, file in
                let read = try YAMLDecoder().decode([String: String].self, from: String(contentsOf: file, encoding: .utf8))
                try texts.merge(read) { _, _ in throw Pages.Fault(description: "\(file.lastPathComponent) repeats a text of another file") }
            }
            return (language, Texts(language: language, all: texts))
        })
    }

    private static func files(of language: Language, in folder: URL) throws -> [URL] {
        let own = folder.appending(path: language.rawValue)
        let features = (try? FileManager.default.contentsOfDirectory(at: own, includingPropertiesForKeys: nil)) ?? []
        return [folder.appending(path: "\(language.rawValue).yaml")] + features.filter { $0.pathExtension == "yaml" }
    }
}

// MARK: - Numbers and times

extension Texts {
    /// `52 130`, `52,130`.
    func number(_ number: Int) -> String {
        var rest = String(number)[...], parts: [Substring] = []
        while !rest.isEmpty {
            parts.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        return parts.joined(separator: language == .sv ? "\u{A0}" : ",")
    }

    /// `23 november 2026 kl. 20.54`, `23 November 2026 at 20:54`, by the clock on Swedish walls.
    func time(_ instant: Instant) -> String { SwedishTime.text(instant, in: language) }

    /// `8 december 2026 kl. 10.00–11.30`.
    func times(from start: Instant, to end: Instant) -> String { SwedishTime.text(from: start, to: end, in: language) }

    /// `23 november 2026`.
    func day(_ day: Day) -> String { SwedishTime.text(day, in: language) }
}
