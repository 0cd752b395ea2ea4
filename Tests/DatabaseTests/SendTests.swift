import Foundation
import Testing

@testable import Database

/// The door for statements known beforehand.
@Suite struct SendTests {
    @Test func oneQueryAnswersPlainAndSeveralAsATuple() async throws {
        try await World.with("send_shapes") { db in
            let touched = try await db.send(as: Member.ofLillby, .add(1, "hej", in: lillby))
            #expect(touched == 1)
            let (count, text, missing) = try await db.send(as: Member.ofLillby, .count, .text(1), .text(2))
            #expect(count == 1 && text == "hej" && missing == nil)
        }
    }

    @Test func sendIsOneRoundTrip() async throws {
        try await World.with("send_trips") { db in
            let trips = try await RoundTrips.counting {
                _ = try await db.send(as: Member.ofLillby, .add(1, "a", in: lillby), .add(2, "b", in: lillby), .count)
            }
            #expect(trips.count == 1)
        }
    }
}
