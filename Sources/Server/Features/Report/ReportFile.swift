import Foundation
import Rules

/// The report as one HTML file that needs nothing else: the page for people, and the data that it is drawn from as a data block at its end.
///
/// The page is drawn from the data alone, so that whoever has the file can draw it once more and compare.
public struct ReportFile: Sendable {
    let pages: Pages

    func draw(_ finished: FinishedReport, in language: Language) throws -> [UInt8] {
        var visit = Visit()
        visit.language = language
        let page = Page("report/file", title: finished.report.result.document.heading.roundTitle, ReportValues(finished, texts: pages.texts[language]).values)
        let drawn = try pages.draw(page, PageSetting(visit, nil, Site(baseURL: "", formKey: []), canSwitchLanguage: false))
        let html = String(decoding: drawn.bytes, as: UTF8.self)
        guard let end = html.range(of: "</body>", options: .backwards) else { throw Pages.Fault(description: "report/file has no body") }
        return Array((html[..<end.lowerBound] + ReportFile.opening + ReportFile.block(finished.tree) + ReportFile.closing + html[end.lowerBound...]).utf8)
    }

    private static let opening = "<script type=\"application/json\" id=\"report\">"
    private static let closing = "</script>\n"

    /// No browser runs a block of this type. In JSON a `<` can only stand in a string, where it may be escaped, so that nothing in it ends the block.
    private static func block(_ tree: JSON) -> String { tree.canonicalText.replacing("<", with: #"\u003c"#) }

    /// The data block's text; nil if there is none, or more than one.
    static func data(in html: String) -> Substring? {
        let parts = html.components(separatedBy: opening)
        guard parts.count == 2, let start = html.range(of: opening)?.upperBound, let end = html.range(of: closing, range: start..<html.endIndex) else { return nil }
        return html[start..<end.lowerBound]
    }

    static func language(of html: String) -> Language? {
        Language.allCases.first { html.contains("<html lang=\"\($0.rawValue)\">") }
    }
}
