import Foundation

/// A piece of SVG. A picture stands in a page as an image of its own (`source`): pages are made of escaped text alone, and no markup passes into them.
struct SVG: Hashable, Sendable {
    let markup: String

    private init(markup: String) {
        self.markup = markup
    }

    static func element(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], _ children: [SVG] = []) -> SVG {
        let written = attributes.map { " \($0)=\"\(escaped($1))\"" }.joined()
        let inner = children.map(\.markup).joined()
        return SVG(markup: inner.isEmpty ? "<\(name)\(written)/>" : "<\(name)\(written)>\(inner)</\(name)>")
    }

    static func text(_ text: String) -> SVG {
        SVG(markup: escaped(text))
    }

    /// For the `src` of an image.
    var source: String { "data:image/svg+xml;base64," + Data(markup.utf8).base64EncodedString() }

    /// Scalar by scalar: a quotation mark followed by a combining accent is one character to Swift, and still ends an attribute in a browser.
    private static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "'": result.append(contentsOf: "&#39;".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}

/// A length in the picture's own units, in whole tenths, so that the same figures always give the same bytes.
struct Length: Hashable, Comparable, Sendable, CustomStringConvertible {
    let tenths: Int

    init(_ units: Int) { tenths = units * 10 }
    init(tenths: Int) { self.tenths = tenths }

    var description: String {
        let magnitude = abs(tenths), sign = tenths < 0 ? "-" : ""
        return magnitude % 10 == 0 ? "\(sign)\(magnitude / 10)" : "\(sign)\(magnitude / 10).\(magnitude % 10)"
    }

    static func < (a: Length, b: Length) -> Bool { a.tenths < b.tenths }
    static func + (a: Length, b: Length) -> Length { Length(tenths: a.tenths + b.tenths) }
    static func - (a: Length, b: Length) -> Length { Length(tenths: a.tenths - b.tenths) }
    static func + (a: Length, units: Int) -> Length { a + Length(units) }
    static func - (a: Length, units: Int) -> Length { a - Length(units) }
}
