import Database
import Rules
import Synchronization

/// An instrument in use.
struct Questionnaire: Sendable {
    let id: ID<Instrument>
    let instrument: Instrument
    /// The Questionnaire of openapi.yaml, in canonical bytes: long, and the same for everyone.
    let json: [UInt8]
}

/// The questionnaires of rounds, and which seat has which, kept in memory: of a bounded number, those that were asked for lately.
///
/// Nothing here can be out of date: what is published never changes, nor does the instrument of a round, or the round of a seat. An id is to come from what
/// the database has shown the one who asks, and what is not in memory is read under his own authority; so nobody learns what he may not read.
final class Questionnaires: Sendable {
    let glossary: Glossary
    /// Keys of the instruments that come with the program.
    let builtInKeys: Set<String>
    private let database: Database
    private let known = Mutex(Recent<ID<Instrument>, Questionnaire>(atMost: 100))
    private let chosen = Mutex(Recent<Seat, ID<Instrument>>(atMost: 20_000))

    private struct Seat: Hashable, Sendable {
        let municipality: MunicipalityID, id: SeatID
    }

    /// - Parameter kept: those that come with the program, which everybody may read.
    init(_ database: Database, beginningWith kept: [KeptInstrument]) throws {
        self.database = database
        glossary = try InstrumentLibrary.builtIn().glossary
        builtInKeys = Set(kept.map(\.key))
        for one in kept { try keep(StoredInstrument(id: one.id, document: one.document)) }
    }

    /// What is in memory.
    subscript(id: ID<Instrument>) -> Questionnaire? { known.withLock { $0.find(id) } }

    func one(_ id: ID<Instrument>, as reader: some QuestionnaireReader) async throws -> Questionnaire {
        if let known = self[id] { return known }
        guard let found = try await several([id], as: reader)[id] else { throw Missing(id: id) }
        return found
    }

    /// Each of those that there are.
    func several(_ ids: some Sequence<ID<Instrument>>, as reader: some QuestionnaireReader) async throws -> [ID<Instrument>: Questionnaire] {
        var found: [ID<Instrument>: Questionnaire] = [:]
        let wanted = Set(ids)
        for id in wanted { found[id] = self[id] }
        let missing = wanted.subtracting(found.keys)
        if missing.isEmpty { return found }
        for stored in try await database.send(as: reader, .instruments(Array(missing), in: reader.municipality)) { found[stored.id] = try keep(stored) }
        return found
    }

    /// The one that a seat's round asks; it costs a round trip when the seat is met for the first time.
    func asked(of participant: Participant) async throws -> Questionnaire {
        let seat = Seat(municipality: participant.municipality, id: participant.seat)
        if let id = chosen.withLock({ $0.find(seat) }) { return try await one(id, as: participant) }
        let id = try await database.send(as: participant, .instrument(of: participant))
        return try await asked(of: participant, by: id)
    }

    /// The same where it has been read which it is.
    func asked(of participant: Participant, by id: ID<Instrument>) async throws -> Questionnaire {
        chosen.withLock { $0.keep(id, for: Seat(municipality: participant.municipality, id: participant.seat)) }
        return try await one(id, as: participant)
    }

    /// Of one that may still change.
    func read(_ stored: StoredInstrument) throws -> Questionnaire {
        let instrument = try Instrument.read(stored.document, glossary: glossary)
        return Questionnaire(id: stored.id, instrument: instrument, json: JSON.object(instrument.members(glossary)).canonicalBytes)
    }

    /// Takes what is published into memory.
    @discardableResult
    func keep(_ stored: StoredInstrument) throws -> Questionnaire {
        let questionnaire = try read(stored)
        known.withLock { $0.keep(questionnaire, for: stored.id) }
        return questionnaire
    }

    /// A round's instrument cannot be read by the one who may read the round.
    struct Missing: Error, CustomStringConvertible {
        let id: ID<Instrument>
        var description: String { "there is no instrument \(id)" }
    }
}
