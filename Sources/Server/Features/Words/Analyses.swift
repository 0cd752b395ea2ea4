import Database
import Rules

/// The analysis of a round in words: drafted by rule, written by people version by version, published when they are done. No version is ever overwritten.
struct Analyses: Sendable {
    let services: Services
    private var results: Results { Results(services: services) }

    /// What the rule says of the printed figures.
    func draft(of round: RoundID, as member: Member) async throws -> Wording {
        try await draft(of: results.read(results.result(of: round, as: member), as: member))
    }

    /// The one that readers see, if there is one. 404 until there is a result.
    func published(of round: RoundID, as member: Member) async throws -> PublishedWording? {
        let council = member.municipality
        let (result, published) = try await services.database.send(
            as: member, .result(of: round, in: council), .publishedAnalysis(of: round, in: council))
        guard result != nil else { throw Problem.notFound }
        return published
    }

    func published(for participant: Participant) async throws -> PublishedWording? {
        let (result, published) = try await services.database.send(
            as: participant, .result(for: participant), .publishedAnalysis(for: participant))
        guard result != nil else { throw Problem.notFound }
        return published
    }

    func list(of round: RoundID, _ paging: Paging, as member: Member) async throws -> (versions: [AnalysisVersion], total: Int) {
        let council = member.municipality
        let (result, versions, total) = try await services.database.send(
            as: member, .result(of: round, in: council), .analyses(of: round, in: council, limit: paging.limit, offset: paging.offset),
            .numberOfAnalyses(of: round, in: council))
        guard result != nil else { throw Problem.notFound }
        return (versions, total)
    }

    func version(_ number: Int, of round: RoundID, as member: Member) async throws -> AnalysisVersion {
        guard let found = try await services.database.send(as: member, .analysis(number, of: round, in: member.municipality)) else { throw Problem.notFound }
        return found
    }

    /// Adds a version. Refused if another has been saved since the one that it was edited from; that one stays, and so does what was written.
    func add(_ edit: WordingEdit, to round: RoundID, as member: Member) async throws -> AnalysisVersion {
        let council = member.municipality
        let result = try await results.read(results.result(of: round, as: member), as: member), draft = try draft(of: result)
        guard edit.wording.dimensions.map(\.key) == draft.dimensions.map(\.key) else {
            throw Problem.invalidFields([FieldError("/dimensions", .otherDimensions)])
        }
        let (added, newest) = try await services.database.send(
            as: member,
            .addAnalysis(edit.wording, asDrafted: edit.wording.languagesAlike(draft), after: edit.basedOn, of: round, at: member.now, in: council),
            .newestAnalysis(of: round, in: council))
        guard added == 1, let newest else { throw Problem.analysisChanged(newest?.number ?? 0) }
        return newest
    }

    /// Lets the readers of the result see the newest version, from now on.
    func publish(_ version: Int, of round: RoundID, as member: Member) async throws -> PublishedWording {
        let council = member.municipality
        let (result, _, newest, published) = try await services.database.send(
            as: member, .result(of: round, in: council), .publishAnalysis(version, of: round, at: member.now, in: council),
            .newestAnalysis(of: round, in: council), .publishedAnalysis(of: round, in: council))
        guard result != nil else { throw Problem.notFound }
        guard let published, published.version == version, newest?.number == version else { throw Problem.analysisChanged(newest?.number ?? 0) }
        return published
    }

    func draft(of result: ReadResult) throws -> Wording {
        guard let draft = Wording.draft(of: result.document, by: result.instrument) else { throw Problem.noFigures }
        return draft
    }
}

/// What somebody has written, and what it was edited from.
struct WordingEdit: Sendable {
    /// The version whose texts were changed; 0 where it was the draft.
    let basedOn: Int
    let wording: Wording

    init(_ fields: Fields) {
        basedOn = fields.integer("basedOn", 0...1_000_000)
        let overall = fields.object("overall") { Text2($0, upTo: Wording.longestOverall) }
        let dimensions = fields.list("dimensions", 1...12) { field in
            field.object { section in
                Wording.Section(key: section.text("key", 1...40), text: section.object("text") { Text2($0, upTo: Wording.longestSection) })
            }
        }
        wording = Wording(overall: overall, dimensions: dimensions)
    }
}

extension Text2 {
    /// Both languages, of which one or both may be left empty.
    fileprivate init(_ fields: Fields, upTo longest: Int) {
        self.init(sv: fields.text("sv", 0...longest, lines: .many), en: fields.text("en", 0...longest, lines: .many))
    }
}

extension Problem {
    /// - Parameter newest: the number of the newest version; 0 if there is none.
    static func analysisChanged(_ newest: Int) -> Problem {
        Problem("analysis-changed", .conflict,
            title: Text2(sv: "Någon annan har sparat", en: "The analysis has changed"),
            detail: Text2(
                sv: "En annan version har sparats sedan du började. Inget är förlorat: läs den, för samman texterna och spara igen.",
                en: "It is not the newest version that this goes by. Nothing is lost: read the newest, bring the texts together and send them again.")
        ).with("newestVersion", .integer(newest))
    }
}

extension FieldMessage {
    static let otherDimensions = FieldMessage(sv: "Ska vara frågornas områden, i deras ordning.", en: "Must be the dimensions of the questionnaire, in its order.")
}
