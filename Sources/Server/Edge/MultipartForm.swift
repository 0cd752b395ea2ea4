/// A form that a file may be chosen in (`multipart/form-data`, RFC 7578), as browsers send it.
extension FormBody {
    /// nil if it is malformed, or a part is no text in UTF-8. A file is its text; its name and type tell nothing that we would go by.
    init?(multipart bytes: [UInt8], contentType: String) {
        guard let boundary = FormBody.boundary(in: contentType) else { return nil }
        let mark = Array("--\(boundary)".utf8), line = Array("\r\n".utf8)
        guard bytes.starts(with: mark) else { return nil }
        var pairs: [(name: String, value: String)] = [], rest = bytes[mark.count...]
        while !rest.starts(with: "--".utf8) {
            guard rest.starts(with: line), let end = rest.firstRange(of: line + mark), pairs.count < FormBody.mostPairs,
                let pair = FormBody.pair(rest[(rest.startIndex + 2)..<max(end.lowerBound, rest.startIndex + 2)])
            else { return nil }
            pairs.append(pair)
            rest = rest[end.upperBound...]
        }
        self.init(Dictionary(grouping: pairs, by: \.name).mapValues { $0.map(\.value) })
    }

    /// One part: its headers, an empty line, and what it holds.
    private static func pair(_ part: ArraySlice<UInt8>) -> (name: String, value: String)? {
        guard let gap = part.firstRange(of: "\r\n\r\n".utf8), let value = String(validating: part[gap.upperBound...], as: UTF8.self),
            let headers = String(validating: part[..<gap.lowerBound], as: UTF8.self), !value.utf8.contains(0)
        else { return nil }
        // Split by code points: to Swift the two characters that end a line are one.
        let lines = headers.unicodeScalars.split { $0 == "\r" || $0 == "\n" }.map { String($0) }
        guard let disposition = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }), let name = FormBody.quoted("name", in: disposition) else {
            return nil
        }
        return (name, value)
    }

    private static func boundary(in contentType: String) -> String? {
        guard let found = contentType.firstMatch(of: /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/.ignoresCase()) else { return nil }
        let boundary = String(found.output.1 ?? found.output.2 ?? "")
        return (1...70).contains(boundary.utf8.count) ? boundary : nil
    }

    /// Names of ours hold nothing that a browser would escape.
    private static func quoted(_ parameter: String, in header: String) -> String? {
        guard let start = header.firstRange(of: "; \(parameter)=\"") else { return nil }
        let rest = header[start.upperBound...]
        return rest.firstIndex(of: "\"").map { String(rest[..<$0]) }
    }
}
