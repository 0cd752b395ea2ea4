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
    func read(_ stored: StoredResult, as reader: some QuestionnaireReader) async throws -> ReadResult {
        try ReadResult(stored, await services.questionnaires.one(stored.instrument, as: reader))
    }

    /// Several, in their order.
    func read(_ stored: [StoredResult], as reader: some QuestionnaireReader) async throws -> [ReadResult] {
        let known = try await services.questionnaires.several(stored.map(\.instrument), as: reader)
        return try stored.map { result in
            guard let questionnaire = known[result.instrument] else { throw Questionnaires.Missing(id: result.instrument) }
            return try ReadResult(result, questionnaire)
        }
    }
}

struct ReadResult: Sendable {
    let document: ResultDocument
    let instrument: Instrument
    /// The document's SHA-256, hexadecimal.
    let hash: String
}

extension ReadResult {
    fileprivate init(_ stored: StoredResult, _ questionnaire: Questionnaire) throws {
        let document = try JSONDecoder().decode(ResultDocument.self, from: Data(stored.document))
        self.init(document: document, instrument: questionnaire.instrument, hash: Hex.encode(stored.sha256))
    }
}
