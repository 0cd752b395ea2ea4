import Rules

/// A questionnaire's file that is being written.
public enum InstrumentFile {
    /// Everything that is wrong with it, from its top to its bottom: "line:column: path: what". Glossary terms are those of the built-in glossary.
    /// - Throws: if the program's own files cannot be read.
    public static func faults(in yaml: String) throws -> [String] {
        let glossary = try InstrumentLibrary.builtIn().glossary
        do {
            _ = try Instrument.read(yaml: yaml, glossary: glossary)
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }
}
