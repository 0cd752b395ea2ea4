import Rules

/// The instruments: read by those who run rounds and read their results, imported and published by those who plan rounds.
struct InstrumentsAPI: Sendable {
    private let instruments: Instruments

    init(_ services: Services) { instruments = Instruments(services: services) }

    var routes: [Route] {
        let list = "/api/v1/instruments", one = list + "/{instrumentId}"
        return [
            Route(.get, list, operation: "listInstruments", needs: .member(.readRounds), paged: true, handler: listInstruments),
            Route(.post, list, operation: "importInstrument", needs: .member(.setUpRound), takes: .instrument, handler: importInstrument),
            Route(.get, one, operation: "getInstrument", needs: .member(.readRounds), handler: getInstrument),
            Route(.put, one, operation: "replaceInstrument", needs: .member(.setUpRound), takes: .instrument, handler: replaceInstrument),
            Route(.delete, one, operation: "deleteInstrument", needs: .member(.setUpRound), handler: deleteInstrument),
            Route(.post, one + "/publication", operation: "publishInstrument", needs: .member(.setUpRound), takes: .nothing, handler: publishInstrument),
            Route(.get, one + "/file", operation: "getInstrumentFile", needs: .member(.readRounds), gives: InstrumentFormat.mediaTypes, handler: getInstrumentFile),
        ]
    }

    // MARK: Reading

    @Sendable private func listInstruments(_ call: Call) async throws -> Reply {
        let (found, total) = try await instruments.list(call.paging, as: call.member(for: .readRounds))
        return try call.list(found.map { .object($0.members(call)) }, of: total)
    }

    @Sendable private func getInstrument(_ call: Call) async throws -> Reply {
        let (summary, questionnaire) = try await instruments.read(call.id("instrumentId"), as: call.member(for: .readRounds))
        let own: Set = ["key", "version", "name"]
        let further = questionnaire.instrument.members(instruments.services.questionnaires.glossary).filter { !own.contains($0.name) }
        return .json(.object(summary.members(call) + further)).tag(summary.tag)
    }

    @Sendable private func getInstrumentFile(_ call: Call) async throws -> Reply {
        let (_, questionnaire) = try await instruments.read(call.id("instrumentId"), as: call.member(for: .readRounds))
        let format: InstrumentFormat = call.prefers(InstrumentFormat.mediaTypes) == InstrumentFormat.json.mediaType ? .json : .yaml
        let bytes = Array(questionnaire.instrument.file(format).utf8)
        return .bytes(bytes, type: format.mediaType).tag(EntityTag(of: bytes))
    }

    // MARK: The council's own

    @Sendable private func importInstrument(_ call: Call) async throws -> Reply {
        let made = try await instruments.add(call.file, as: call.member(for: .setUpRound))
        return .created(made.path, .object(made.members(call))).tag(made.tag)
    }

    @Sendable private func replaceInstrument(_ call: Call) async throws -> Reply {
        guard call.preconditions.ifMatch != nil else { throw Problem.preconditionRequired }
        let made = try await instruments.replace(
            call.id("instrumentId"), with: call.file, ifTagged: call.acceptedTags, as: call.member(for: .setUpRound))
        return .json(.object(made.members(call))).tag(made.tag)
    }

    @Sendable private func publishInstrument(_ call: Call) async throws -> Reply {
        do {
            let published = try await instruments.publish(call.id("instrumentId"), as: call.member(for: .setUpRound))
            return .json(.object(published.members(call))).tag(published.tag)
        } catch let faults as InstrumentFaults {
            throw Problem.crosswalkUnmatched(faults)
        }
    }

    @Sendable private func deleteInstrument(_ call: Call) async throws -> Reply {
        try await instruments.delete(call.id("instrumentId"), as: call.member(for: .setUpRound))
        return .noContent
    }
}

extension Takes {
    /// An instrument's file.
    static let instrument = Takes.file(types: InstrumentFormat.mediaTypes, upTo: InstrumentFormat.mostBytes)
}

extension InstrumentFormat {
    public var mediaType: String {
        switch self {
        case .yaml: "application/yaml"
        case .json: "application/json"
        }
    }

    static let mediaTypes = [InstrumentFormat.yaml, .json].map(\.mediaType)
}

extension InstrumentSummary {
    fileprivate var path: String { "/api/v1/instruments/\(id)" }

    fileprivate func members(_ call: Call) -> [JSON.Member] {
        [
            .init("id", .id(id)), .init("key", .string(key)), .init("version", .integer(Int(version))), .init("name", name.json),
            .init("origin", .choice(origin)), .init("state", .choice(state)), .init("used", .bool(isUsed)), .init("_links", ["self": call.link(path)]),
        ]
    }
}
