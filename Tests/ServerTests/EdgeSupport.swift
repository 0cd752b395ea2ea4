import Foundation
import Logging
import Synchronization

@testable import Server

/// The log of one test.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }
    var handler: Handler { Handler(lines: self) }

    private func add(_ line: String) { lines.withLock { $0.append(line) } }

    struct Handler: LogHandler {
        let lines: LogLines
        var logLevel: Logger.Level = .info
        var metadata: Logger.Metadata = [:]

        init(lines: LogLines) { self.lines = lines }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let fields = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            lines.add("\(event.level) \(event.message) \(fields.joined(separator: " "))")
        }
    }
}

/// The real templates and texts, with the example's page added.
enum TownResources {
    static let shared = Result { try make() }

    private static func make() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "nyttograd-pages-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: Pages.resources, to: folder)
        try """
            \(ScalarEscaping.pragma)
            {{<layout}}
            {{$content}}
            <form method="post" action="/notices/new" novalidate>
            {{>form/token}}
            {{#titleField}}{{>form/text}}{{/titleField}}
            {{#closesField}}{{>form/text}}{{/closesField}}
            {{#audienceField}}{{>form/boxes}}{{/audienceField}}
            {{#noteField}}{{>form/area}}{{/noteField}}
            <button>{{t.notice.save}}</button>
            </form>
            {{/content}}
            {{/layout}}
            """.write(to: folder.appending(path: "templates/notice.mustache"), atomically: true, encoding: .utf8)
        let texts = [
            "notice.page": "Notis", "notice.title": "Rubrik", "notice.title.hint": "Kort.", "notice.closes": "Stängs", "notice.audience": "Mottagare",
            "notice.audience.council": "Kommunen", "notice.audience.everyone": "Alla", "notice.note": "Anteckning", "notice.save": "Spara",
            "flash.saved": "Sparat.",
        ]
        for language in ["sv", "en"] {
            let file = folder.appending(path: "texts/\(language).yaml")
            let more = texts.map { "\($0.key): \"\($0.value)\"" }.joined(separator: "\n")
            try (try String(contentsOf: file, encoding: .utf8) + "\n" + more + "\n").write(to: file, atomically: true, encoding: .utf8)
        }
        return folder
    }
}
