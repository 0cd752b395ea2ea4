import Foundation

/// The pages that are the same for everyone, and the style sheet.
struct OpenPages: Sendable {
    private let styleSheet: [UInt8]
    private let styleTag: EntityTag

    init(resources: URL = Pages.resources) throws {
        styleSheet = Array(try Data(contentsOf: resources.appending(path: "style.css")))
        styleTag = EntityTag(of: styleSheet)
    }

    var routes: [Route] {
        [
            Route(.get, "/", operation: "showStart", needs: .nobody, handler: showStart),
            Route(.get, "/tillganglighet", operation: "showAccessibility", needs: .nobody, handler: showAccessibility),
            Route(.get, "/style.css", operation: "getStyleSheet", needs: .nobody, gives: ["text/css"], handler: getStyleSheet),
        ]
    }

    @Sendable private func showStart(_ call: Call) async throws -> Reply {
        .page(Page("start", title: call.texts["start.title"], ["registerPath": "/registrera", "signInPath": .text(call.site.signInPath)]))
    }

    @Sendable private func showAccessibility(_ call: Call) async throws -> Reply {
        .page(Page("accessibility", title: call.texts["accessibility.title"]))
    }

    @Sendable private func getStyleSheet(_ call: Call) async throws -> Reply {
        .bytes(styleSheet, type: "text/css; charset=utf-8").tag(styleTag).kept(.revalidated)
    }
}
