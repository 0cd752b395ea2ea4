/// A file that says which mail domains are which councils': a header `code,domain`, and a line for each. A domain may be several councils',
/// and a council may have several.
public struct MailDomainList: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        public let code, domain: String
    }

    public let entries: [Entry]

    /// One thing wrong with one line, counted from 1, the header included.
    public struct Fault: Error, Hashable, Sendable {
        public let line: Int
        public let reason: Reason
    }

    public enum Reason: String, Hashable, Sendable, CaseIterable {
        case noHeader, openQuote, notTwoColumns, noSuchMunicipality, noDomain, publicDomain, saidBefore
    }

    /// All that is wrong with a file.
    public struct Faults: Error, Hashable, Sendable {
        public let faults: [Fault]
    }

    /// Read as a `PastedTable`; empty lines are passed over. Throws every fault at once.
    /// - Parameter codes: those of the municipalities that there are.
    public init(_ text: String, codes: Set<String>) throws(Faults) {
        let table = PastedTable(text)
        var entries: [Entry] = [], faults: [Fault] = [], seen: Set<Entry> = []
        if table.lines.first?.cells != ["code", "domain"] { faults.append(Fault(line: table.lines.first?.number ?? 1, reason: .noHeader)) }
        if let line = table.openQuote { faults.append(Fault(line: line, reason: .openQuote)) }
        for line in table.lines.dropFirst() where line.number != table.openQuote {
            switch MailDomainList.entry(line.cells, codes) {
            case .success(let entry) where seen.insert(entry).inserted: entries.append(entry)
            case .success: faults.append(Fault(line: line.number, reason: .saidBefore))
            case .failure(let wrong): faults += wrong.reasons.map { Fault(line: line.number, reason: $0) }
            }
        }
        guard faults.isEmpty else { throw Faults(faults: faults) }
        self.entries = entries
    }

    private struct Wrong: Error { let reasons: [Reason] }

    private static func entry(_ columns: [String], _ codes: Set<String>) -> Result<Entry, Wrong> {
        guard columns.count == 2 else { return .failure(Wrong(reasons: [.notTwoColumns])) }
        var reasons: [Reason] = []
        let domain = columns[1].lowercased()
        if !codes.contains(columns[0]) { reasons.append(.noSuchMunicipality) }
        if !MailDomain.isDomain(domain[...]) { reasons.append(.noDomain) } else if MailDomain.isPublic(domain) { reasons.append(.publicDomain) }
        return reasons.isEmpty ? .success(Entry(code: columns[0], domain: domain)) : .failure(Wrong(reasons: reasons))
    }
}

extension MailDomainList.Reason {
    public var text: Text2 {
        switch self {
        case .noHeader: Text2(sv: "den första raden ska vara code,domain", en: "the first line must be code,domain")
        case .openQuote: Text2(sv: "ett citattecken saknar slut", en: "a quotation mark has no end")
        case .notTwoColumns: Text2(sv: "det ska vara två kolumner", en: "there must be two columns")
        case .noSuchMunicipality: Text2(sv: "ingen kommun har den koden", en: "no municipality has this code")
        case .noDomain: Text2(sv: "det är ingen e-postdomän", en: "this is no mail domain")
        case .publicDomain: Text2(sv: "där kan vem som helst ha en adress", en: "anybody can have an address there")
        case .saidBefore: Text2(sv: "det står på en rad före den här", en: "a line before this one says so")
        }
    }
}
