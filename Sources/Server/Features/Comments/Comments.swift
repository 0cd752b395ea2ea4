import Database
import Rules

/// What a participant says in his own words about a dimension (R12), where the contract asks for it.
struct Comment: Equatable, Sendable {
    static let length = 1...2000

    let text: String
    /// Whether the workshop group may read it as it was written. Without it the comment is deleted unread.
    let consent: Bool
}

extension Comment {
    init(_ fields: Fields) {
        text = fields.text("text", Comment.length, lines: .many)
        consent = fields.flag("consent")
    }
}

/// A participant's comment on the dimension of that key.
struct SavedComment: Sendable {
    let dimension: String
    let comment: Comment
}

extension [SavedComment] {
    subscript(on key: String) -> Comment? { first { $0.dimension == key }?.comment }
}

/// A comment of a fixed round. Nothing tells whose it was.
struct PublishedComment: Sendable {
    let id: ID<PublishedComment>
    /// The key of the dimension it is about.
    let dimension: String
    let text: String
}

/// What becomes of the comment on one dimension: written, or nil to delete it. Which dimension it is may differ between the instruments that the round may have.
struct CommentChange: Sendable {
    private(set) var instruments: [ID<Instrument>] = []
    private(set) var dimensions: [String] = []
    var comment: Comment?

    /// - Parameter key: that of the dimension in an instrument, if it has one.
    init(_ comment: Comment?, in library: InstrumentLibrary, on key: (Instrument) -> String?) {
        self.comment = comment
        for entry in library.entries {
            guard let key = key(entry.instrument) else { continue }
            instruments.append(entry.id)
            dimensions.append(key)
        }
    }

    /// Changes nothing.
    static let none = CommentChange()
    private init() {}
}

struct Comments: Sendable {
    let services: Services

    // MARK: The participant's own

    func comment(on key: String, of participant: Participant) async throws -> Comment {
        guard let comment = try await services.database.send(as: participant, .comments(of: participant))[on: key] else { throw Problem.notFound }
        return comment
    }

    /// Writes it, or with nil deletes it: not found unless the contract has comments and the instrument that dimension; refused once the round is closed.
    func set(_ comment: Comment?, on key: String, as participant: Participant, at now: Instant) async throws {
        let change = CommentChange(comment, in: services.instruments) { $0.dimensions.contains { $0.key == key } ? key : nil }
        let (_, seat) = try await services.database.send(as: participant, .set(change, at: now, for: participant), .seat(of: participant))
        guard seat.contract.comments, change.instruments.contains(seat.instrument) else { throw Problem.notFound }
        guard seat.stage(at: now) == .open else { throw Refusal.roundNotOpen }
    }

    // MARK: Published

    /// Not found until there is a result.
    func published(of round: RoundID, as member: Member) async throws -> [PublishedComment] {
        let council = member.municipality
        let (result, comments) = try await services.database.send(as: member, .result(of: round, in: council), .comments(of: round, in: council))
        guard result != nil else { throw Problem.notFound }
        return comments
    }

    func published(for participant: Participant) async throws -> [PublishedComment] {
        let (result, comments) = try await services.database.send(as: participant, .result(for: participant), .publishedComments(for: participant))
        guard result != nil else { throw Problem.notFound }
        return comments
    }

    /// Leaves a trace in the log: who, when and about what; not the text.
    func delete(_ comment: ID<PublishedComment>, of round: RoundID, as member: Member) async throws {
        guard try await services.database.send(as: member, .delete(comment, of: round, at: member.now, in: member.municipality)) else { throw Problem.notFound }
    }
}
