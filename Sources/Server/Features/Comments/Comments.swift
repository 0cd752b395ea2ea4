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

/// What becomes of the comment on the dimension of that key: written, or nil to delete it.
struct CommentChange: Sendable {
    let dimension: String
    let comment: Comment?
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
        let dimensions = try await services.questionnaires.asked(of: participant).instrument.dimensions
        let change = dimensions.contains { $0.key == key } ? CommentChange(dimension: key, comment: comment) : nil
        let (_, seat) = try await services.database.send(as: participant, .set(change, at: now, for: participant), .seat(of: participant))
        guard seat.contract.comments, change != nil else { throw Problem.notFound }
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
