import Database
import Foundation
import Rules
import Testing

@testable import Server

@Suite("Fixing, against a database", .serialized)
struct FixingTests {
    @Test func fixingWritesTheResultAndLeavesNoAnswer() async throws {
        try await ResultsWorld.test { world in
            let town = try world.town("9901"), stranger = try world.town("9902"), fixing = Fixing(services: world.services), now = world.start
            let round = try world.closedRound(in: town, invited: 8, submitted: 6), id = round.description
            let member = town.member(for: .fixRound, at: now)

            await #expect(throws: Refusal.submittedCountChanged) { try await fixing.request(.result, of: round, submitted: 5, as: member) }
            await #expect(throws: Refusal.enoughSubmitted) { try await fixing.request(.endWithoutFigures, of: round, submitted: 6, as: member) }
            await #expect(throws: Problem.notFound) { try await fixing.request(.result, of: round, submitted: 6, as: stranger.member(for: .fixRound, at: now)) }
            try #expect(world.number("select count(*) from app.fixings") == 0 && world.number("select count(*) from app.jobs") == 0)

            try await fixing.request(.result, of: round, submitted: 6, as: member)
            try await fixing.request(.result, of: round, submitted: 6, as: member)
            try await #expect(fixing.view(of: round, as: member).progress == .requested)
            try await world.work(round, in: town)
            let written = try world.ask("select encode(document, 'hex'), encode(sha256, 'hex') from app.results where round_id = $1::uuid", id)[0]
            // Carried out twice, as after a crash, it does nothing more.
            try await world.work(round, in: town)

            try #expect(world.state(of: round) == "fixed" && world.responses(of: round) == 0 && world.number("select count(*) from app.fixings") == 0)
            try #expect(world.ask("select encode(document, 'hex'), encode(sha256, 'hex') from app.results")[0] == written)
            try #expect(world.number("select count(*) from app.jobs where kind = 'mailResult'") == 8)
            let bytes = Hex.decode(written[0] ?? "") ?? [], read = try JSONDecoder().decode(ResultDocument.self, from: Data(bytes))
            #expect(read.canonicalBytes == bytes && Hex.encode(Crypto.sha256(bytes)) == written[1] && read.submitted == 6 && read.heading.invited == 8)
            let figures = try world.ask("select dimension || '.' || figure, value from app.result_figures where not shared and fictional order by 1")
            #expect(figures.map { "\($0[0] ?? "")=\($0[1] ?? "")" } == (read.findings?.analysis.dimensionFigures ?? []).map { "\($0.key)=\($0.value)" }.sorted())
            #expect(figures.count == 24)

            let view = try await fixing.view(of: round, as: member)
            #expect(view.progress == .done)
            await #expect(throws: Refusal.roundIsFixed) { try await fixing.request(.result, of: round, submitted: 0, as: member) }
        }
    }

    /// Ten who submitted, by turns of two functions: the worker learns from the database which part each sheet is of.
    @Test func aGroupThatIsLargeEnoughGetsItsSplit() async throws {
        try await ResultsWorld.test { world in
            let town = try world.town("9901"), round = try world.closedRound(in: town, invited: 11, submitted: 10, functions: [.itDirector, .eStrategist])
            try await Fixing(services: world.services).request(.result, of: round, submitted: 10, as: town.member(for: .fixRound, at: world.start))
            try await world.work(round, in: town)
            let results = Results(services: world.services), member = town.member(for: .readResult, at: world.start)
            let read = try await results.read(results.result(of: round, as: member), as: member)
            let split = try #require(read.document.findings?.split?.figures)
            #expect(split.parts.map(\.submitted) == [5, 5] && split.parts.map(\.families) == [[.directors], [.strategists]])
            // The seats of even numbers: what each of them answered is known here.
            let first = try #require(split.items[0].result.figures).first
            var expected = [0, 0, 0, 0, 0]
            for number in [2, 4, 6, 8, 10] { expected[number % 4] += 1 }
            #expect(first?.histograms.current.counts == expected)
            try #expect(world.responses(of: round) == 0)
        }
    }

    @Test func whatIsChangedInPostsOnceThereAreAnswersChangesNoPart() async throws {
        try await ResultsWorld.test { world in
            let town = try world.town("9901"), round = try world.closedRound(in: town, invited: 11, submitted: 10, functions: [.itDirector, .eStrategist])
            try world.put("update app.posts set function = 'programme-area-director', family = 'programme-areas', area = 'Skola'")
            let document = try await result(of: round, in: town, world)
            #expect(document.findings?.split?.figures?.parts.map(\.families) == [[.directors], [.strategists]])
            #expect(Set(document.findings?.group.seats.map(\.function) ?? []) == [.itDirector, .eStrategist])
        }
    }

    @Test func aRoundWhoseContractSaysNothingOfPartsHasNone() async throws {
        try await ResultsWorld.test { world in
            let town = try world.town("9901"), round = try world.closedRound(in: town, invited: 11, submitted: 10, functions: [.itDirector, .eStrategist])
            try world.put("update app.contracts set split = false")
            let document = try await result(of: round, in: town, world)
            #expect(document.schema == .totals && document.findings != nil && document.findings?.split == nil)
        }
    }

    private func result(of round: RoundID, in town: ResultsWorld.Town, _ world: ResultsWorld) async throws -> ResultDocument {
        try await Fixing(services: world.services).request(.result, of: round, submitted: 10, as: town.member(for: .fixRound, at: world.start))
        try await world.work(round, in: town)
        let results = Results(services: world.services), member = town.member(for: .readResult, at: world.start)
        return try await results.read(results.result(of: round, as: member), as: member).document
    }

    @Test func whoMayReadTheResultReadsTheSameBytes() async throws {
        try await ResultsWorld.test { world in
            let town = try world.town("9901"), stranger = try world.town("9902"), results = Results(services: world.services), now = world.start
            let round = try world.closedRound(in: town, invited: 6, submitted: 6)
            let member = town.member(for: .readResult, at: now)
            let seat = try SeatID(#require(world.ask("select id::text from app.seats limit 1")[0][0]))
            let participant = Participant(municipality: town.id, seat: try #require(seat), generation: 1)
            await #expect(throws: Problem.notFound) { try await results.result(of: round, as: member) }
            await #expect(throws: Problem.notFound) { try await results.result(for: participant) }
            try await Fixing(services: world.services).request(.result, of: round, submitted: 6, as: town.member(for: .fixRound, at: now))
            try await world.work(round, in: town)
            let read = try await results.result(of: round, as: member)
            try await #expect(results.result(for: participant).document == read.document)
            await #expect(throws: Problem.notFound) { try await results.result(of: round, as: stranger.member(for: .readResult, at: now)) }
            _ = try await results.read(read, as: member)
            // The letter that tells of it, by a link that opens the seat.
            let job = try #require(world.ask("select id::text, subject::text, generation::text from app.jobs where kind = 'mailResult' limit 1").first)
            let order = Job(
                id: try #require(ID(job[0] ?? "")), kind: .mailResult, municipality: town.id, subject: try #require(UUID(uuidString: job[1] ?? "")),
                generation: try #require(Int32(job[2] ?? "")), attempts: 1)
            try await #expect(Fixing(services: world.services).mailResult(order) == .done)
        }
    }

    @Test func whatHasChangedSinceItWasAskedForIsNotFixed() async throws {
        try await ResultsWorld.test { world in
            let town = try world.town("9901"), fixing = Fixing(services: world.services), member = town.member(for: .fixRound, at: world.start)
            let round = try world.closedRound(in: town, invited: 8, submitted: 6), id = round.description
            try await fixing.request(.result, of: round, submitted: 6, as: member)
            try world.put("update app.responses set submitted = false where id = (select id from app.responses where submitted and round_id = $1::uuid limit 1)", id)
            try await world.work(round, in: town)
            try #expect(world.state(of: round) == "closed" && world.responses(of: round) == 8 && world.number("select count(*) from app.fixings") == 0)

            // Opened and closed again in between: the same number, and perhaps other answers.
            try await fixing.request(.result, of: round, submitted: 5, as: member)
            try world.put("update app.rounds set closed_at = $2::timestamptz where id = $1::uuid", id, world.start.adding(seconds: 5).rfc3339)
            try await world.work(round, in: town)
            try #expect(world.state(of: round) == "closed" && world.responses(of: round) == 8)
            try await #expect(fixing.view(of: round, as: member).progress == .none)
        }
    }

    @Test func withTooFewTheRoundEndsWithoutFigures() async throws {
        try await ResultsWorld.test { world in
            let town = try world.town("9901"), fixing = Fixing(services: world.services), member = town.member(for: .concludeRound, at: world.start)
            let round = try world.closedRound(in: town, invited: 8, submitted: 4)
            await #expect(throws: Refusal.tooFewSubmitted) { try await fixing.request(.result, of: round, submitted: 4, as: member) }
            try await fixing.request(.endWithoutFigures, of: round, submitted: 4, as: member)
            try await world.work(round, in: town)
            try #expect(world.state(of: round) == "concluded" && world.responses(of: round) == 0)
            try #expect(world.number("select count(*) from app.result_figures") == 0 && world.number("select count(*) from app.jobs where kind = 'mailResult'") == 0)
            let read = try await Results(services: world.services).result(of: round, as: town.member(for: .readResult, at: world.start))
            let text = String(decoding: read.document, as: UTF8.self)
            #expect(text.contains(#""invited":8,"k":5"#) && text.contains(#""submitted":4"#) && !text.contains("seats") && !text.contains("dimensions"))
        }
    }

    @Test func thirtyDaysPassBetweenTwoResults() async throws {
        try await ResultsWorld.test { world in
            let town = try world.town("9901"), fixing = Fixing(services: world.services), now = world.start
            let first = try world.closedRound(in: town, invited: 6, submitted: 6), second = try world.closedRound(in: town, invited: 6, submitted: 5)
            // Both asked for before either is fixed: the worker looks again.
            for (round, count) in [(first, 6), (second, 5)] {
                try await fixing.request(.result, of: round, submitted: count, as: town.member(for: .fixRound, at: now))
            }
            async let one: Void = world.work(first, in: town)
            async let other: Void = world.work(second, in: town)
            _ = try await (one, other)
            try #expect(Set([first, second].map { try world.state(of: $0) ?? "" }) == ["fixed", "closed"])
            let left = try world.state(of: first) == "closed" ? first : second
            let count = left == first ? 6 : 5
            await #expect(throws: Refusal.fixedTooRecently) {
                try await fixing.request(.result, of: left, submitted: count, as: town.member(for: .fixRound, at: now.adding(days: 29)))
            }
            let view = try await fixing.view(of: left, as: town.member(for: .fixRound, at: now))
            #expect(view.earliest.map { $0.seconds(since: now) / 86_400 } == 30)
            try await fixing.request(.result, of: left, submitted: count, as: town.member(for: .fixRound, at: now.adding(days: 31)))
        }
    }
}
