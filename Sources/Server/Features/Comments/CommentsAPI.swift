import Rules

struct CommentsAPI: Sendable {
    private let comments: Comments

    init(_ services: Services) { comments = Comments(services: services) }

    var routes: [Route] {
        let own = "/api/v1/participation/comments/{dimensionKey}", published = "/api/v1/rounds/{roundId}/comments"
        return [
            Route(.get, own, operation: "getComment", needs: .participant, handler: getComment),
            Route(.put, own, operation: "saveComment", needs: .participant, handler: saveComment),
            Route(.delete, own, operation: "deleteComment", needs: .participant, handler: deleteComment),
            Route(.get, "/api/v1/participation/result/comments", operation: "getParticipationComments", needs: .participant, handler: getParticipationComments),
            Route(.get, published, operation: "getComments", needs: .member(.readResult), handler: getComments),
            Route(.delete, published + "/{commentId}", operation: "deletePublishedComment", needs: .member(.deleteComment), handler: deletePublishedComment),
        ]
    }

    // MARK: The participant's own

    @Sendable private func getComment(_ call: Call) async throws -> Reply {
        let key = try call.parameter("dimensionKey")
        return .json(try await comments.comment(on: key, of: call.participant(comments.services.links)).json(on: key, call))
    }

    @Sendable private func saveComment(_ call: Call) async throws -> Reply {
        let comment = try call.body(Comment.init), key = try call.parameter("dimensionKey")
        try await comments.set(comment, on: key, as: call.participant(comments.services.links), at: call.now)
        return .json(comment.json(on: key, call))
    }

    @Sendable private func deleteComment(_ call: Call) async throws -> Reply {
        try await comments.set(nil, on: call.parameter("dimensionKey"), as: call.participant(comments.services.links), at: call.now)
        return .noContent
    }

    // MARK: Published

    @Sendable private func getParticipationComments(_ call: Call) async throws -> Reply {
        published(try await comments.published(for: call.participant(comments.services.links)), call)
    }

    @Sendable private func getComments(_ call: Call) async throws -> Reply {
        published(try await comments.published(of: call.id("roundId"), as: call.member(for: .readResult)), call)
    }

    @Sendable private func deletePublishedComment(_ call: Call) async throws -> Reply {
        try await comments.delete(call.id("commentId"), of: call.id("roundId"), as: call.member(for: .deleteComment))
        return .noContent
    }

    private func published(_ comments: [PublishedComment], _ call: Call) -> Reply {
        .json([
            "comments": .list(comments) { ["id": .id($0.id), "dimension": .string($0.dimension), "text": .string($0.text)] },
            "_links": ["self": call.link(call.path)],
        ])
    }
}

extension Comment {
    fileprivate func json(on key: String, _ call: Call) -> JSON {
        ["dimension": .string(key), "text": .string(text), "consent": .bool(consent), "_links": ["self": call.link(call.path)]]
    }
}
