/// A table of those who are to be asked, pasted or as CSV: a heading and a line for each seat.
public struct SeatTable: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
        /// Counted from 1, the heading among them.
        public let line: Int
        public let function: Function
        public let title, area, name: String
        /// As it is stored and compared.
        public let address: String
        public let language: Language
    }

    public struct Fault: Hashable, Sendable {
        public let line: Int
        public let column: Column?
        public let code: Code

        public enum Code: String, Hashable, Sendable, CaseIterable {
            case noHeading, unknownColumn, missingColumn, openQuote, tooManyCells, tooManyRows, noRows
            case required, tooLong, notText, unknownFunction, unknownLanguage, notAddress, postTwice
        }

        public init(_ line: Int, _ column: Column? = nil, _ code: Code) {
            (self.line, self.column, self.code) = (line, column, code)
        }
    }

    public enum Column: String, Hashable, Sendable, CaseIterable {
        case function, title, area, name, address, language

        /// As headings may call it, in small letters.
        var names: Set<String> {
            switch self {
            case .function: ["function", "funktion"]
            case .title: ["title", "befattning", "titel"]
            case .area: ["area", "del", "område"]
            case .name: ["name", "namn"]
            case .address: ["address", "e-mail", "email", "e-post", "epost", "adress"]
            case .language: ["language", "språk"]
            }
        }

        var isRequired: Bool { self == .title || self == .name || self == .address }
    }

    public let rows: [Row]
    /// Everything that is wrong, line by line; with any, no row is to be used.
    public let faults: [Fault]

    public static let mostRows = 500

    public init(_ text: String) {
        let parsed = PastedTable(text)
        guard let heading = parsed.lines.first else {
            (rows, faults) = ([], [Fault(1, nil, .noHeading)])
            return
        }
        var faults = parsed.openQuote.map { [Fault($0, nil, .openQuote)] } ?? []
        let columns = heading.cells.map { cell in Column.allCases.first { $0.names.contains(cell.lowercased()) } }
        if columns.contains(nil) { faults.append(Fault(heading.number, nil, .unknownColumn)) }
        for column in Column.allCases where column.isRequired && !columns.contains(column) { faults.append(Fault(heading.number, column, .missingColumn)) }
        guard faults.isEmpty else {
            (rows, self.faults) = ([], faults)
            return
        }
        var rows: [Row] = [], posts: Set<[String]> = []
        for line in parsed.lines.dropFirst() {
            if line.cells.count > columns.count {
                faults.append(Fault(line.number, nil, .tooManyCells))
                continue
            }
            let given = Dictionary(zip(columns.compactMap { $0 }, line.cells)) { first, _ in first }
            guard let row = SeatTable.row(line.number, given, &faults) else { continue }
            if !posts.insert([row.title.lowercased(), row.area.lowercased()]).inserted { faults.append(Fault(line.number, .title, .postTwice)) }
            rows.append(row)
        }
        if rows.count > SeatTable.mostRows { faults.append(Fault(parsed.lines[SeatTable.mostRows + 1].number, nil, .tooManyRows)) }
        if rows.isEmpty, faults.isEmpty { faults.append(Fault(heading.number, nil, .noRows)) }
        (self.rows, self.faults) = (rows, faults)
    }

    private static func row(_ line: Int, _ given: [Column: String], _ faults: inout [Fault]) -> Row? {
        let before = faults.count
        func text(_ column: Column) -> String {
            // A spreadsheet breaks lines within a cell; a name or a title is one line wherever it stands.
            let lines = (given[column] ?? "").split(whereSeparator: \.isNewline).map(\.trimmingSpaces)
            let text = lines.filter { !$0.isEmpty }.joined(separator: " ")
            if text.isEmpty { if column.isRequired { faults.append(Fault(line, column, .required)) } } else if let fault = PlainText.fault(text, limit: 120) {
                faults.append(Fault(line, column, fault == .tooLong ? .tooLong : .notText))
            }
            return text
        }
        let title = text(.title), area = text(.area), name = text(.name), written = given[.address] ?? ""
        var address = ""
        if written.isEmpty { faults.append(Fault(line, .address, .required)) } else {
            do { address = try MailAddress(written, at: "").key } catch { faults.append(Fault(line, .address, .notAddress)) }
        }
        let function = SeatTable.function(given[.function] ?? ""), language = SeatTable.language(given[.language] ?? "")
        if function == nil { faults.append(Fault(line, .function, .unknownFunction)) }
        if language == nil { faults.append(Fault(line, .language, .unknownLanguage)) }
        guard faults.count == before, let function, let language else { return nil }
        return Row(line: line, function: function, title: title, area: area, name: name, address: address, language: language)
    }

    /// By its key or its name in either language; none is "other".
    private static func function(_ text: String) -> Function? {
        let word = text.lowercased()
        return word.isEmpty ? .other : Function.allCases.first { [$0.rawValue, $0.name.sv.lowercased(), $0.name.en.lowercased()].contains(word) }
    }

    private static func language(_ text: String) -> Language? {
        switch text.lowercased() {
        case "", "sv", "svenska", "swedish": .sv
        case "en", "engelska", "english": .en
        default: nil
        }
    }
}
