import Rules

/// A questionnaire's file that is being written.
public enum InstrumentFile {
    /// A questionnaire from its file, in YAML or JSON. Glossary terms are those of the built-in glossary.
    /// - Throws: `InstrumentFaults` with everything that is wrong with it; anything else if the program's own files cannot be read.
    public static func read(_ text: String) throws -> Instrument {
        try Instrument.read(text, glossary: InstrumentLibrary.builtIn().glossary)
    }
}
