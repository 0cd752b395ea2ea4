import Foundation
import Rules

/// Checks a report's file, HTML or JSON, without server or database.
public struct ReportVerification: Sendable {
    /// What was looked at, in English sentences.
    public let checked: [String]
    /// What this program cannot say of the report, and why; it is as the file has it.
    public let notes: [String]
    /// What differs, by its place; empty if all is right.
    public let differences: [String]
    /// SHA-256 as the file names it, if it can be read.
    public let hash: String?

    /// - Parameter dataOnly: leaves out what depends on this program's words: whether a page shows what its data say, and how a draft is worded. For a report
    ///   that another version of the program has made.
    /// - Throws: if the program's own files cannot be read. What is wrong with the report is a difference.
    public init(of bytes: [UInt8], dataOnly: Bool = false) throws {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            self.init(differences: ["the file: is not UTF-8"])
            return
        }
        let isPage = text.first { !$0.isWhitespace } == "<"
        guard let data = isPage ? ReportFile.data(in: text) : text[...] else {
            self.init(differences: ["the page: has no data block, or more than one"])
            return
        }
        let tree: JSON
        do {
            tree = try JSONReader.read(Array(data.utf8))
        } catch {
            self.init(differences: ["the data\(error.pointer): cannot be read: \(error.message.text.en)"])
            return
        }
        let known = try ReportCheck.Known.builtIn()
        let check = ReportCheck(tree, sha256: FinishedReport.sha256, known: known, comparesDrafts: !dataOnly)
        var checked = check.checked.map(\.sentence), differences = check.differences.map(\.description)
        // What cannot be right in its data cannot be drawn either.
        let report = try? Report(tree)
        if isPage, !dataOnly, differences.isEmpty, let report {
            checked.append("the page shows what its data say, and nothing else")
            differences += try ReportVerification.differences(ofPage: text, report)
        }
        self.init(
            checked: checked, notes: report.map { ReportVerification.notes(on: $0, check.checked, dataOnly: dataOnly) } ?? [], differences: differences,
            hash: tree["sha256"].flatMap { if case .string(let hash) = $0 { hash } else { nil } })
    }

    private init(checked: [String] = [], notes: [String] = [], differences: [String], hash: String? = nil) {
        (self.checked, self.notes, self.differences, self.hash) = (checked, notes, differences, hash)
    }

    /// The page is drawn once more from its data; each line that differs is one.
    private static func differences(ofPage html: String, _ report: Report) throws -> [String] {
        guard let language = ReportFile.language(of: html) else { return ["the page: says no language"] }
        let drawn = String(decoding: try ReportFile(pages: Pages()).draw(FinishedReport(report), in: language), as: UTF8.self)
        let lines = { (text: String) in text.split(separator: "\n", omittingEmptySubsequences: false) }
        let (these, those) = (lines(html), lines(drawn))
        let found = zip(these, those).enumerated().filter { $0.element.0 != $0.element.1 && !$0.element.0.hasPrefix("<script") }.map { number, pair in
            "the page, line \(number + 1): is \(pair.0.prefix(200)), should be \(pair.1.prefix(200))"
        }
        return found + (these.count == those.count ? [] : ["the page: has \(these.count) lines, should have \(those.count)"])
    }

    private static func notes(on report: Report, _ checked: [ReportCheck.Part], dataOnly: Bool) -> [String] {
        let instrument = report.instrument
        return [
            checked.contains(.instrument)
                ? nil : "the instrument \(instrument.key), version \(instrument.version), is not one that this program carries: its questions are as the file has them",
            report.plan?.catalogue == nil || checked.contains(.catalogue)
                ? nil : "the plan's actions are of a catalogue that this program does not carry: they are as the file has them",
            dataOnly ? "whether the page and the drafts are worded as this program would was left out" : nil,
        ].compactMap(\.self)
    }
}

extension ReportCheck.Known {
    /// The questionnaires and catalogues that the program carries: to say whether a report's are those, and for nothing else.
    fileprivate static func builtIn() throws -> ReportCheck.Known {
        let instruments = try InstrumentLibrary.builtIn().instruments.map(\.instrument), catalogues = try ActionCatalogues.builtIn.get()
        return ReportCheck.Known(
            instrument: { key, version in instruments.first { $0.key == key && $0.version == version } }, catalogue: { catalogues[$0, $1] })
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
        case .trend: "every change is the difference of two printed figures"
        case .plan: "the draft of the plan follows from the figures"
        case .draft: "what is said to be the draft of the analysis follows from the figures"
        case .instrument: "the questions are those of the instrument that this program carries"
        case .catalogue: "the plan's actions are those of the catalogue that this program carries"
        }
    }
}
