import Rules
import Testing

@testable import Server

@Suite("Routes")
struct RouteTests {
    /// 403 for who may read what the operation acts on, 404 for others: by the GET on the same path or the nearest one above it.
    @Test func aRouteKnowsWhoMayReadWhatItActsOn() {
        func route(_ method: HTTPMethod, _ path: String, _ needs: Needs) -> Route {
            Route(method == .get ? .get : .post, path, operation: "\(method) \(path)", needs: needs) { _ in .noContent }
        }
        let routes = Routes([
            route(.get, "/rounds", .member(.readCouncil)),
            route(.post, "/rounds", .member(.setUpRound)),
            route(.get, "/rounds/{roundId}", .member(.readRounds)),
            route(.post, "/rounds/{roundId}/opening", .member(.openRound)),
            route(.get, "/rounds/{roundId}/seats", .member(.invite)),
            route(.post, "/rounds/{roundId}/seats", .member(.invite)),
            route(.post, "/rounds/{roundId}/seats/{seatId}/again", .member(.invite)),
            route(.post, "/posts/{postId}/holder", .member(.managePosts)),
            route(.get, "/links/{linkId}", .nobody),
        ])
        let reading: [String: String?] = Dictionary(uniqueKeysWithValues: routes.byPath.flatMap(\.routes).map { ($0.operation, $0.reading) })
        let expected: [String: String?] = [
            "get /rounds": nil, "post /rounds": nil, "get /rounds/{roundId}": "read-rounds", "post /rounds/{roundId}/opening": "read-rounds",
            "get /rounds/{roundId}/seats": "invite", "post /rounds/{roundId}/seats": "invite", "post /rounds/{roundId}/seats/{seatId}/again": "invite",
            "post /posts/{postId}/holder": "manage-posts", "get /links/{linkId}": nil,
        ]
        #expect(reading == expected)
    }

    private enum HTTPMethod { case get, post }
}
