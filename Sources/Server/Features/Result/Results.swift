import Database
import Foundation
import Rules

/// The result of a fixed round, read as it was written.
struct Results: Sendable {
    let services: Services

    func result(of round: RoundID, as member: Member) async throws -> StoredResult {
        guard let result = try await services.database.send(as: member, .result(of: round, in: member.municipality)) else { throw Problem.notFound }
        return result
    }

    func result(for participant: Participant) async throws -> StoredResult {
        guard let result = try await services.database.send(as: participant, .result(for: participant)) else { throw Problem.notFound }
        return result
    }

    /// For people: the document, with the instrument that names what it is about.
    func read(_ stored: StoredResult) throws -> ReadResult {
        let document = try JSONDecoder().decode(ResultDocument.self, from: Data(stored.document))
        let version = document.heading.instrument
        guard let instrument = services.instruments[version.key, version.version] else { throw NoInstrument(key: version.key, version: version.version) }
        return ReadResult(document: document, instrument: instrument, hash: Hex.encode(stored.sha256))
    }

    /// A kept result names an instrument that the server has not read.
    struct NoInstrument: Error, CustomStringConvertible {
        let key: String
        let version: Int
        var description: String { "there is no instrument \(key), version \(version)" }
    }
}

struct ReadResult: Sendable {
    let document: ResultDocument
    let instrument: Instrument
    /// The document's SHA-256, hexadecimal.
    let hash: String
}

extension InstrumentLibrary {
    subscript(key: String, version: Int) -> Instrument? {
        entries.first { $0.instrument.key == key && $0.instrument.version == version }?.instrument
    }
}
