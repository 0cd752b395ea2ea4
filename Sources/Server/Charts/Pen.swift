import Rules

/// What the pictures of a result have in common: one ink, a phone's width, and marks that are told apart by form.
enum Pen {
    /// As the page's own text; contrast on white 14:1.
    static let ink = "#1d2b36"
    /// In the picture's own units: on a phone its letters are as large as the page's.
    static let width = 400

    /// The whole picture, which screen readers meet as one image with a name and a description.
    static func picture(height: Int, language: Language, title: String, description: String, _ parts: [SVG]) -> SVG {
        .element("svg", [
            "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(width) \(height)", "width": "\(width)", "height": "\(height)",
            "lang": language.rawValue, "role": "img", "aria-labelledby": "title desc", "font-family": "system-ui, sans-serif", "fill": ink,
        ], [
            .element("title", ["id": "title"], [.text(title)]),
            .element("desc", ["id": "desc"], [.text(description)]),
        ] + parts)
    }

    // MARK: Letters

    static func label(
        _ text: String, _ x: Length, _ y: Length, anchor: String = "start", size: Int = 14, weight: String = "normal", style: String = "normal"
    ) -> SVG {
        .element("text", [
            "x": "\(x)", "y": "\(y)", "text-anchor": anchor, "font-size": "\(size)", "font-weight": weight, "font-style": style,
        ], [.text(text)])
    }

    /// How wide a text is at most, in units: a picture knows nothing of the reader's letters, so each counts as a wide one.
    static func width(of text: String, size: Int) -> Int {
        (text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x250 ? 58 : 100) } * size + 99) / 100
    }

    /// The text, or as much of it as fits before three dots. The table beside the picture has the whole.
    static func fitted(_ text: String, to width: Int, size: Int = 14) -> String {
        guard self.width(of: text, size: size) > width else { return text }
        var cut = Substring(text)
        while !cut.isEmpty, self.width(of: cut + "…", size: size) > width { cut.removeLast() }
        while cut.last?.isWhitespace == true { cut.removeLast() }
        return cut + "…"
    }

    private static func width(of text: Substring, size: Int) -> Int { width(of: String(text), size: size) }

    // MARK: Marks

    static func disc(_ x: Length, _ y: Length) -> SVG {
        .element("circle", ["cx": "\(x)", "cy": "\(y)", "r": "5"])
    }

    /// Larger than the disc, so that both are seen where they meet.
    static func diamond(_ x: Length, _ y: Length) -> SVG {
        .element("path", [
            "d": "M\(x) \(y - 9)L\(x + 9) \(y)L\(x) \(y + 9)L\(x - 9) \(y)Z", "fill": "#fff", "stroke": ink, "stroke-width": "2",
        ])
    }

    static func square(_ x: Length, _ y: Length) -> SVG {
        .element("rect", ["x": "\(x - 4)", "y": "\(y - 4)", "width": "8", "height": "8", "fill": "#fff", "stroke": ink, "stroke-width": "2"])
    }

    static func line(_ x1: Length, _ y1: Length, _ x2: Length, _ y2: Length, width: Int = 1, opacity: String = "1", dashes: String = "none") -> SVG {
        .element("line", [
            "x1": "\(x1)", "y1": "\(y1)", "x2": "\(x2)", "y2": "\(y2)", "stroke": ink, "stroke-width": "\(width)", "stroke-opacity": opacity,
            "stroke-dasharray": dashes,
        ])
    }
}

/// A figure of a picture, told apart by mark and line, never by colour.
enum Mark: CaseIterable, Hashable, Sendable {
    case current, desired, last

    func mark(_ x: Length, _ y: Length) -> SVG {
        switch self {
        case .current: Pen.disc(x, y)
        case .desired: Pen.diamond(x, y)
        case .last: Pen.square(x, y)
        }
    }

    var dashes: String {
        switch self {
        case .current: "none"
        case .desired: "7 4"
        case .last: "2 3"
        }
    }
}
