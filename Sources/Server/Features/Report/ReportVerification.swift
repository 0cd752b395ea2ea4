import Foundation
import Rules

/// Checks a report's file, HTML or JSON, without server or database.
public struct ReportVerification: Sendable {
    /// What was looked at, in English sentences.
    public let checked: [String]
    /// What differs, by its place; empty if all is right.
    public let differences: [String]
    /// SHA-256 as the file names it, if it can be read.
    public let hash: String?

    /// - Parameter dataOnly: leaves out whether a page shows what its data say, for a page that another version of the program has drawn.
    /// - Throws: if the program's own files cannot be read. What is wrong with the report is a difference.
    public init(of bytes: [UInt8], dataOnly: Bool = false) throws {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            self.init([], ["the file: is not UTF-8"])
            return
        }
        let isPage = text.first { !$0.isWhitespace } == "<"
        guard let data = isPage ? ReportFile.data(in: text) : text[...] else {
            self.init([], ["the page: has no data block, or more than one"])
            return
        }
        let tree: JSON
        do {
            tree = try JSONReader.read(Array(data.utf8))
        } catch {
            self.init([], ["the data\(error.pointer): cannot be read: \(error.message.text.en)"])
            return
        }
        let instruments = try InstrumentLibrary.builtIn().instruments.map(\.instrument), catalogues = try ActionCatalogues.builtIn.get()
        let check = ReportCheck(
            tree, sha256: FinishedReport.sha256, catalogue: { catalogues[$0, $1] },
            known: { key, version in instruments.first { $0.key == key && $0.version == version }.map(ReportInstrument.init) })
        var checked = check.checked.map(\.sentence), differences = check.differences.map(\.description)
        if isPage, !dataOnly {
            checked.append("the page shows what its data say, and nothing else")
            differences += try ReportVerification.differences(ofPage: text, tree, catalogues)
        }
        self.init(checked, differences, hash: tree["sha256"].flatMap { if case .string(let hash) = $0 { hash } else { nil } })
    }

    private init(_ checked: [String], _ differences: [String], hash: String? = nil) {
        (self.checked, self.differences, self.hash) = (checked, differences, hash)
    }

    /// The page is drawn once more from its data; each line that differs is one.
    private static func differences(ofPage html: String, _ tree: JSON, _ catalogues: ActionCatalogues) throws -> [String] {
        guard let language = ReportFile.language(of: html) else { return ["the page: says no language"] }
        guard let report = try? Report(tree, catalogue: { catalogues[$0, $1] }) else { return [] }  // said already
        let drawn = String(decoding: try ReportFile(pages: Pages()).draw(FinishedReport(report), in: language), as: UTF8.self)
        let lines = { (text: String) in text.split(separator: "\n", omittingEmptySubsequences: false) }
        let (these, those) = (lines(html), lines(drawn))
        let found = zip(these, those).enumerated().filter { $0.element.0 != $0.element.1 && !$0.element.0.hasPrefix("<script") }.map { number, pair in
            "the page, line \(number + 1): is \(pair.0.prefix(200)), should be \(pair.1.prefix(200))"
        }
        return found + (these.count == those.count ? [] : ["the page: has \(these.count) lines, should have \(those.count)"])
    }
}

extension ReportCheck.Part {
    fileprivate var sentence: String {
        switch self {
        case .document: "the report's hash is that of its content"
        case .contract: "the contract's hash is the one in the result"
        case .result: "the result's hash is that of its content"
        case .figures: "the counts agree, and every figure of the result follows from them"
        case .previous: "the previous result's hash is that of its content"
        case .previousFigures: "the counts agree, and every figure of the previous result follows from them"
        case .plan: "the draft of the plan follows from the figures"
        case .instrument: "the questions are those of the instrument that this program carries"
        }
    }
}
