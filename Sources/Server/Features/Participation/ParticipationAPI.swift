import HTTPTypes
import Rules

/// The API of participants: who comes is known by the token of his personal link.
struct ParticipationAPI: Sendable {
    private let participations: Participations

    init(_ services: Services) { participations = Participations(services: services) }

    var routes: [Route] {
        let root = "/api/v1/participation"
        return [
            Route(.get, root, operation: "getParticipation", needs: .participant, handler: getParticipation),
            Route(.get, "\(root)/answers", operation: "getAnswers", needs: .participant, handler: getAnswers),
            Route(.patch, "\(root)/answers", operation: "saveAnswers", needs: .participant, handler: saveAnswers),
            Route(.delete, "\(root)/answers", operation: "deleteAnswers", needs: .participant, handler: deleteAnswers),
            Route(.put, "\(root)/answers/{itemKey}", operation: "saveAnswer", needs: .participant, handler: saveAnswer),
            Route(.put, "\(root)/submission", operation: "submitResponse", needs: .participant, takes: .nothing, handler: submitResponse),
            Route(.delete, "\(root)/submission", operation: "withdrawSubmission", needs: .participant, handler: withdrawSubmission),
        ]
    }

    private func participant(_ call: Call) throws(Problem) -> Participant { try call.participant(participations.services.links) }

    // MARK: Reading

    @Sendable private func getParticipation(_ call: Call) async throws -> Reply {
        .json(try await participations.open(as: participant(call)).json(call))
    }

    @Sendable private func getAnswers(_ call: Call) async throws -> Reply {
        guard let sheet = try await participations.answers(of: participant(call)) else { throw Problem.notFound }
        return .json(sheet.json(call)).tag(sheet.tag)
    }

    // MARK: Saving

    @Sendable private func saveAnswers(_ call: Call) async throws -> Reply {
        let body = try call.jsonObject
        let saving = try await participations.save(ifTagged: call.acceptedTags, as: participant(call), at: call.now) { .several(body, to: $0) }
        let given = saving.given ?? GivenAnswers(), keys = given.valid.map(\.key)
        guard given.errors.isEmpty else { return .refused(given.errors, saved: keys, saving.sheet.tag, call) }
        return .json(saving.sheet.saved(keys, call)).tag(saving.sheet.tag)
    }

    @Sendable private func saveAnswer(_ call: Call) async throws -> Reply {
        let body = try call.jsonObject, key = try call.parameter("itemKey")
        let saving = try await participations.save(ifTagged: call.acceptedTags, as: participant(call), at: call.now) { .one(body, to: key, of: $0) }
        guard let given = saving.given else { throw Problem.notFound }
        guard given.errors.isEmpty else { throw Problem.invalidFields(given.errors) }
        return .json(saving.sheet.saved([key], call)).tag(saving.sheet.tag)
    }

    @Sendable private func deleteAnswers(_ call: Call) async throws -> Reply {
        _ = try await participations.clear(as: participant(call), at: call.now)
        return .noContent
    }

    // MARK: Submitting

    @Sendable private func submitResponse(_ call: Call) async throws -> Reply {
        let sheet = try await participations.setSubmitted(true, as: participant(call), at: call.now)
        return .json(sheet.saved([], call)).tag(sheet.tag)
    }

    @Sendable private func withdrawSubmission(_ call: Call) async throws -> Reply {
        _ = try await participations.setSubmitted(false, as: participant(call), at: call.now)
        return .noContent
    }
}

extension Call {
    fileprivate var jsonObject: JSON {
        get throws(Problem) {
            guard case .json(let body) = content, case .object = body else { throw .malformedBody(FieldError("", .notObject)) }
            return body
        }
    }
}

extension Reply {
    /// Refusing some answers does not undo the saving of the others.
    fileprivate static func refused(_ errors: [FieldError], saved: [String], _ tag: EntityTag, _ call: Call) -> Reply {
        let problem = Problem.invalidFields(errors).with(detail: Text2(
            sv: "Det som är markerat är inte sparat. Allt annat är sparat.", en: "What \"errors\" names is refused. What \"savedItems\" names is saved."))
        guard case .object(let members) = problem.document(instance: call.path, trace: call.trace) else { return .problem(problem) }
        let document = JSON.object(members + [.init("savedItems", .list(saved, JSON.string))])
        return .bytes(document.canonicalBytes, type: "application/problem+json").status(problem.status).tag(tag)
    }
}
