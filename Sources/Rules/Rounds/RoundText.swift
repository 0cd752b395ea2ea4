/// What a council writes to those it asks, in plain text and both languages. Blank: the service's own words.
public struct RoundText: Hashable, Sendable {
    public var sv: String
    public var en: String

    /// What it is for, and so until when it can be changed.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// In the mail with the personal link: what was sent stands, so the first invitation freezes it.
        case invitation
        /// On the page before answering: all are to have read the same, so opening freezes it.
        case introduction
        /// In the mail that reminds: each says what the text then was, until the round is closed.
        case reminder
    }

    public static let blank = RoundText(sv: "", en: "")

    public init(sv: String, en: String) {
        self.sv = sv
        self.en = en
    }

    public subscript(language: Language) -> String { language == .sv ? sv : en }

    /// Characters in each language.
    public static let limit = 2_000

    /// Whether a reader could take something in the text for a link or a token: those in a mail are the service's alone. A mail address may be named.
    public static func holdsLink(_ text: String) -> Bool {
        let folded = String(String.UnicodeScalarView(text.unicodeScalars.map(plain)))
        if folded.contains("://") { return true }
        return folded.lowercased().split { !isOfHost($0) }.contains { isLink(String($0)) }
    }

    /// The signs that a host name may be written with, as those of ASCII.
    private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "\u{3002}", "\u{FF0E}", "\u{FF61}", "\u{2024}": "."
        case "\u{FF0F}", "\u{2044}", "\u{2215}": "/"
        case "\u{FF1A}": ":"
        case "\u{FF20}": "@"
        default: scalar
        }
    }

    private static func isOfHost(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "-_.@/".contains(character)
    }

    private static func isLink(_ piece: String) -> Bool {
        let beforePath = piece.split(separator: "/", omittingEmptySubsequences: false)[0]
        if piece.contains("/"), isHost(beforePath) { return true }
        if isToken(piece) { return true }
        if beforePath.contains("@") { return piece.contains("/") }
        return !abbreviations.contains(trimmed(beforePath)) && isHost(beforePath)
    }

    private static func isHost(_ text: Substring) -> Bool {
        let labels = trimmed(text).split(separator: ".", omittingEmptySubsequences: true)
        guard let last = labels.last, labels.count > 1 else { return false }
        if labels.count == 4, labels.allSatisfy({ $0.allSatisfy(\.isNumber) }) { return true }
        return last.count >= 2 && last.allSatisfy { $0.isLetter || $0 == "-" } || last.hasPrefix("xn--")
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == "." }.reversed().drop { $0 == "." }.reversed())
    }

    /// Long, with letters and digits: what our own tokens look like.
    private static func isToken(_ piece: String) -> Bool {
        piece.count >= 32 && piece.contains(where: \.isNumber) && piece.contains(where: \.isLetter)
    }

    /// With a dot between letters, and no host.
    private static let abbreviations: Set<String> = ["t.ex", "m.fl", "f.kr", "e.kr", "o.dyl", "e.dyl"]
}
