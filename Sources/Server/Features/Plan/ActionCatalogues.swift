import Foundation
import Rules

/// The action catalogues that the program carries, read once: every version there ever was, because reports name the one they come from.
struct ActionCatalogues: Sendable {
    private let all: [ActionCatalogue]

    /// - Throws: what is wrong with a file; every fault of it at once.
    init(for instruments: [Instrument], folder: URL = Pages.resources.appending(path: "actions")) throws {
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        all = try files.filter { $0.pathExtension == "yaml" }.sorted { $0.lastPathComponent < $1.lastPathComponent }.map { file in
            // nr-1.v1.yaml is for the instrument nr-1.
            let key = file.lastPathComponent.prefix { $0 != "." }
            guard let instrument = instruments.last(where: { $0.key == key }) else { throw NoInstrument(file: file.lastPathComponent) }
            return try ActionCatalogue.read(String(contentsOf: file, encoding: .utf8), for: instrument)
        }
    }

    /// Those of the program; a fault in them stops the start.
    static let builtIn = Result { try ActionCatalogues(for: InstrumentLibrary.builtIn().instruments.map(\.instrument)) }

    subscript(instrument: String, version: Int) -> ActionCatalogue? { all.first { $0.instrument == instrument && $0.version == version } }

    /// The newest for an instrument; nil if there is none.
    subscript(instrument: String) -> ActionCatalogue? { all.filter { $0.instrument == instrument }.max { $0.version < $1.version } }

    struct NoInstrument: Error, CustomStringConvertible {
        let file: String
        var description: String { "\(file) is for no instrument that there is" }
    }
}
