import Foundation
import Rules

/// The questionnaires that come with the program, and the glossary that every questionnaire goes by.
enum InstrumentLibrary {
    /// A kept version differs from the file that carries its name and number.
    struct Changed: Error, CustomStringConvertible {
        let file: String
        var description: String {
            "\(file) has changed, but its version may be in use: give it a new version number instead"
        }
    }

    /// A file, and what it says.
    struct BuiltIn: Sendable {
        let file: String, text: String
        let instrument: Instrument
    }

    static func builtIn() throws -> (instruments: [BuiltIn], glossary: Glossary) {
        let folder = Bundle.module.bundleURL.appending(path: "Resources")
        let glossary = try Glossary.read(String(contentsOf: folder.appending(path: "glossary.yaml"), encoding: .utf8))
        let files = try FileManager.default.contentsOfDirectory(at: folder.appending(path: "instruments"), includingPropertiesForKeys: nil)
        let instruments = try files.filter { $0.pathExtension == "yaml" }.sorted { $0.lastPathComponent < $1.lastPathComponent }.map { file in
            let text = try String(contentsOf: file, encoding: .utf8)
            return BuiltIn(file: file.lastPathComponent, text: text, instrument: try Instrument.read(text, glossary: glossary))
        }
        return (instruments, glossary)
    }
}
