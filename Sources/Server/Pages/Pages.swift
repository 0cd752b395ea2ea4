import Foundation
import Mustache
import Rules

/// The templates and texts, read once at start. A template that cannot be safe, or names a text that does not exist, stops the start.
struct Pages: Sendable {
    let texts: AllTexts
    let templates: [String: TemplateOutline]
    private let library: MustacheLibrary
    /// Whether a name that the page does not hold is a fault, also in parts that are not shown: in tests and development.
    let isStrict: Bool

    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    /// The folder that is carried beside the binary.
    static var resources: URL { Bundle.module.bundleURL.appending(path: "Resources") }

    static let isDevelopment = {
        #if DEBUG
        true
        #else
        false
        #endif
    }()

    /// From the folder's `templates` and `texts`.
    init(resources: URL = Pages.resources, isStrict: Bool = Pages.isDevelopment) throws {
        MustacheContentTypes.register(ScalarEscaping(), named: ScalarEscaping.name)
        texts = try AllTexts(folder: resources.appending(path: "texts"))
        self.isStrict = isStrict
        var library = MustacheLibrary(), outlines: [String: TemplateOutline] = [:]
        for (name, text) in try Pages.sources(resources.appending(path: "templates")) {
            outlines[name] = try TemplateOutline(name, text)
            try library.register(text, named: name)
        }
        (self.library, templates) = (library, outlines)
        for outline in outlines.values {
            try outline.check(partials: Set(outlines.keys), texts: texts[.sv])
        }
    }

    /// The templates by name: `rounds/show` is `rounds/show.mustache`.
    private static func sources(_ folder: URL) throws -> [(String, String)] {
        let root = folder.resolvingSymlinksInPath().path() + (folder.path().hasSuffix("/") ? "" : "/")
        let files = FileManager.default.enumerator(at: folder.resolvingSymlinksInPath(), includingPropertiesForKeys: nil)
        return try (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "mustache" }.map { file in
            let name = file.resolvingSymlinksInPath().deletingPathExtension().path()
            return (String(name.dropFirst(root.count)), try String(contentsOf: file, encoding: .utf8))
        }
    }

    /// The page as HTML, with the cookies that it needs.
    func draw(_ page: Page, _ setting: PageSetting) throws -> (bytes: [UInt8], cookies: [Cookie]) {
        guard let outline = templates[page.template] else { throw Fault(description: "there is no template \(page.template)") }
        let texts = texts[setting.language]
        let (token, tokenCookies) = try setting.formToken(isNeeded: outline.names(in: templates).contains("formToken"))
        let values = page.values + page.frame.values + setting.values(texts) + ["pageTitle": .text(page.title), "formToken": .text(token)]
        if isStrict { try outline.check(values, templates) }
        let model = values.mapValues(\.mustache).merging(["t": TextNode(texts: texts, key: "")]) { $1 }
        guard let html = library.render(model, withTemplate: page.template) else { throw Fault(description: "\(page.template) cannot be rendered") }
        if isStrict, html.contains(Texts.missing) { throw Fault(description: "\(page.template) names a text that does not exist") }
        return (Array(html.utf8), setting.cookies + tokenCookies)
    }
}

/// A text, or what texts below it have in common: `{{t.start.title}}` is the text of key `start.title`.
struct TextNode: MustacheParent, MustacheCustomRenderable {
    let texts: Texts
    let key: String

    func child(named name: String) -> Any? {
        TextNode(texts: texts, key: key.isEmpty ? name : "\(key).\(name)")
    }

    var renderText: String { texts[key] }
    var isNull: Bool { false }
}
