import Rules

/// Deleting a comment from the page of the result, on which they stand.
struct CommentsPages: Sendable {
    private let comments: Comments

    init(_ services: Services) { comments = Comments(services: services) }

    var routes: [Route] {
        [Route(.post, "/omgangar/{roundId}/kommentarer/{commentId}/ta-bort", operation: "deleteCommentByPage", needs: .member(.deleteComment), handler: delete)]
    }

    @Sendable private func delete(_ call: Call) async throws -> Reply {
        let round: RoundID = try call.id("roundId")
        try await comments.delete(call.id("commentId"), of: round, as: call.member(for: .deleteComment))
        return .seeOther("\(RoundPages.path(round))/resultat").flash("commentDeleted")
    }
}

/// The comments of a fixed round, for the partial `result/comments`.
struct CommentValues {
    let comments: [PublishedComment]
    let instrument: Instrument
    /// The round's page, for who may delete a comment.
    let mayDelete: String?
    let language: Language

    var values: [String: PageValue] {
        [
            "hasComments": .flag(!comments.isEmpty),
            "commented": .groups(instrument.dimensions.filter { dimension in comments.contains { $0.dimension == dimension.key } }) { dimension in
                [
                    "commentedName": .text(dimension.name[language]),
                    "comments": .groups(comments.filter { $0.dimension == dimension.key }) { comment in
                        [
                            "commentLines": .list(comment.text.paragraphs.map { .text($0) }), "mayDelete": .flag(mayDelete != nil),
                            "deletePath": .text("\(mayDelete ?? "")/kommentarer/\(comment.id)/ta-bort"),
                        ]
                    },
                ]
            },
        ]
    }
}
