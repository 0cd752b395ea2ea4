import Foundation
import FoundationXML

/// Reads XML strictly.
final class XMLChecker: NSObject, XMLParserDelegate {
    private(set) var texts: [String] = []
    private var elements: [String] = []
    private var text = ""

    /// The names of its elements, each once, in the order of their first; none if it is no XML.
    func elements(of markup: String) -> [String] {
        let parser = XMLParser(data: Data(markup.utf8))
        parser.delegate = self
        return parser.parse() ? elements.reduce(into: []) { if !$0.contains($1) { $0.append($1) } } : []
    }

    func parser(_: XMLParser, didStartElement name: String, namespaceURI _: String?, qualifiedName _: String?, attributes _: [String: String]) {
        elements.append(name)
        text = ""
    }

    func parser(_: XMLParser, foundCharacters string: String) { text += string }
    func parser(_: XMLParser, didEndElement _: String, namespaceURI _: String?, qualifiedName _: String?) { texts.append(text) }
}
