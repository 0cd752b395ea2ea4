/// A table as people paste it, or as a spreadsheet saves it (RFC 4180; parted by tabs, semicolons or commas, whichever the first line has most of): the
/// lines that hold something, with their numbers, and cells without white space around them. By hand, since the CSV package that we have does not tell lines.
struct PastedTable {
    struct Line {
        /// Counted from 1, empty lines among them; where it begins.
        let number: Int
        let cells: [String]
    }

    let lines: [Line]
    /// The line with a quotation mark that has no end, if there is one.
    let openQuote: Int?

    init(_ text: String) {
        let heading = text.drop { $0.isNewline }.prefix { !$0.isNewline }
        let separator: Character = ["\t", ";", ","].max { a, b in heading.count { $0 == a } < heading.count { $0 == b } } ?? ","
        var lines: [Line] = [], cells: [String] = [], cell = "", quoted = false, wasQuoted = false, number = 1, began = 1
        func end() {
            cells.append(wasQuoted ? cell : PastedTable.trimmed(cell))
            (cell, wasQuoted) = ("", false)
        }
        func endLine() {
            end()
            if cells.contains(where: { !$0.isEmpty }) { lines.append(Line(number: began, cells: cells)) }
            cells = []
        }
        var rest = text[...]
        while let character = rest.popFirst() {
            if quoted {
                if character == "\"" {
                    if rest.first == "\"" { cell.append(rest.removeFirst()) } else { quoted = false }
                } else {
                    if character.isNewline { number += 1 }
                    cell.append(character)
                }
            } else if character == "\"", PastedTable.trimmed(cell).isEmpty {
                (quoted, wasQuoted, cell) = (true, true, "")
            } else if character == separator {
                end()
            } else if character.isNewline {
                endLine()
                number += 1
                began = number
            } else if !wasQuoted || !character.isWhitespace {
                cell.append(character)
            }
        }
        endLine()
        (self.lines, openQuote) = (lines, quoted ? began : nil)
    }

    private static func trimmed(_ text: String) -> String {
        text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }.trimmingSpaces
    }
}
