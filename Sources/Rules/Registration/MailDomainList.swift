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
        case noHeader, notTwoColumns, noSuchMunicipality, noDomain, publicDomain, saidBefore
    }

    /// All that is wrong with a file.
    public struct Faults: Error, Hashable, Sendable {
        public let faults: [Fault]
    }

    /// Columns are parted by commas, semicolons or tabs; empty lines are passed over. Throws every fault at once.
    /// - Parameter codes: those of the municipalities that there are.
    public init(_ text: String, codes: Set<String>) throws(Faults) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { String($0).trimmingSpaces }
        var entries: [Entry] = [], faults: [Fault] = [], seen: Set<Entry> = []
        let first = lines.first.map { $0.first == "\u{FEFF}" ? String($0.dropFirst()) : $0 } ?? ""
        if MailDomainList.columns(first) != ["code", "domain"] { faults.append(Fault(line: 1, reason: .noHeader)) }
        for (place, line) in lines.enumerated().dropFirst() where !line.isEmpty {
            switch MailDomainList.entry(line, codes) {
            case .success(let entry) where seen.insert(entry).inserted: entries.append(entry)
            case .success: faults.append(Fault(line: place + 1, reason: .saidBefore))
            case .failure(let wrong): faults += wrong.reasons.map { Fault(line: place + 1, reason: $0) }
            }
        }
        guard faults.isEmpty else { throw Faults(faults: faults) }
        self.entries = entries
    }

    private struct Wrong: Error { let reasons: [Reason] }

    private static func entry(_ line: String, _ codes: Set<String>) -> Result<Entry, Wrong> {
        let columns = columns(line)
        guard columns.count == 2 else { return .failure(Wrong(reasons: [.notTwoColumns])) }
        var reasons: [Reason] = []
        let domain = columns[1].lowercased()
        if !codes.contains(columns[0]) { reasons.append(.noSuchMunicipality) }
        if !MailDomain.isDomain(domain[...]) { reasons.append(.noDomain) } else if MailDomain.isPublic(domain) { reasons.append(.publicDomain) }
        return reasons.isEmpty ? .success(Entry(code: columns[0], domain: domain)) : .failure(Wrong(reasons: reasons))
    }

    private static func columns(_ line: String) -> [String] {
        line.split(omittingEmptySubsequences: false) { ",;\t".contains($0) }.map { String($0).trimmingSpaces }
    }
}

extension MailDomainList.Reason {
    public var text: Text2 {
        switch self {
        case .noHeader: Text2(sv: "den första raden ska vara code,domain", en: "the first line must be code,domain")
        case .notTwoColumns: Text2(sv: "det ska vara två kolumner", en: "there must be two columns")
        case .noSuchMunicipality: Text2(sv: "ingen kommun har den koden", en: "no municipality has this code")
        case .noDomain: Text2(sv: "det är ingen e-postdomän", en: "this is no mail domain")
        case .publicDomain: Text2(sv: "där kan vem som helst ha en adress", en: "anybody can have an address there")
        case .saidBefore: Text2(sv: "det står på en rad före den här", en: "a line before this one says so")
        }
    }
}
