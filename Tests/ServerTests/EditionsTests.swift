import Database
import Foundation
import Rules
import Testing

@testable import Server

@Suite("Statistics, against a database", .serialized)
struct EditionsTests {
    private let series = Series(world: .fictional, instrument: .init(key: "nr-1", version: 1))

    /// A fixed round whose only figure is the current level of `d1`.
    private func fixed(_ tenths: Int, in town: ResultsWorld.Town, _ world: ResultsWorld, shared: Bool = true, fixedAt: Instant? = nil) throws -> RoundID {
        let round = try world.closedRound(in: town, invited: 1, submitted: 0), at = (fixedAt ?? world.start).rfc3339
        let id = town.id.description
        try world.put("update app.rounds set state = 'fixed', fixed_at = $2::timestamptz where id = $1::uuid", round.description, at)
        try world.put("insert into app.results (municipality_id, round_id, document, sha256, fixed_at) values ($1::uuid, $2::uuid, '', '', $3::timestamptz)",
            id, round.description, at)
        try world.put("""
            insert into app.result_figures (municipality_id, round_id, instrument_key, instrument_version, dimension, figure, value, fictional, fixed_at, shared)
            select $1::uuid, $2::uuid, 'nr-1', 1, 'd1', 'current', $3, m.fictional, $4::timestamptz, $5::boolean
            from app.municipalities m where m.municipality_id = $1::uuid
            """, id, round.description, "\(tenths / 10).\(tenths % 10)000", at, String(shared))
        return round
    }

    private func change(_ town: ResultsWorld.Town, to tenths: Int, _ world: ResultsWorld, at: Instant) throws {
        _ = try fixed(tenths, in: town, world, fixedAt: at)
    }

    @Test func anEditionIsMadeOfWhatIsSharedAndMadeAnewByteForByte() async throws {
        try await ResultsWorld.test { world in
            let editions = Editions(world.services.database), now = world.start
            let towns = try (1...13).map { try world.town(String(9900 + $0)) }
            let rounds = try towns.enumerated().map { try fixed(10 + $0.offset, in: $0.element, world) }
            try await #expect(editions.publish(.real, at: now).isEmpty)

            let first = try await editions.publish(.fictional, at: now)
            #expect(first.count == 1 && first[0].number == 1 && first[0].councils == 13 && first[0].renewed == 1)
            // 1.0 … 2.2: the median is 1.6, the quartiles 1.3 and 1.9.
            let statistics = Statistics(services: world.services)
            let standing = try await statistics.position(of: rounds[0], as: towns[0].member(for: .readPosition, at: now))
            let line = try #require(standing.lines.first)
            #expect(standing.edition?.number == 1 && standing.tooFew == nil && line.others == 12 && line.position == .belowLowerQuartile)
            #expect([line.cell?.lowerQuartile, line.cell?.median, line.cell?.upperQuartile].map { $0?.text(decimals: 1) } == ["1.3", "1.6", "1.9"])

            // Two changed: the figure stands, with its date. A third: it is worked out anew.
            let later = now.adding(days: 40), last = now.adding(days: 80)
            try change(towns[0], to: 50, world, at: later)
            try change(towns[1], to: 50, world, at: later)
            let second = try await editions.publish(.fictional, at: later)
            #expect(second[0].number == 2 && second[0].renewed == 0 && second[0].cells == 1)
            let stood = try await statistics.position(of: rounds[12], as: towns[12].member(for: .readPosition, at: later))
            #expect(stood.edition?.number == 2 && stood.lines[0].asOf == now && stood.lines[0].cell?.median?.text(decimals: 1) == "1.6")
            // Withdrawing is a change too, and acts now.
            try await statistics.unshare(rounds[2], as: towns[2].member(for: .shareResult, at: last))
            let third = try await editions.publish(.fictional, at: last)
            #expect(third[0].renewed == 1 && third[0].councils == 12)

            for number in 1...3 {
                let rebuilt = try #require(try await editions.rebuilt(series, number: number))
                #expect(rebuilt.edition.canonicalBytes == rebuilt.stored.document, "edition \(number)")
            }
            try await #expect(editions.rebuilt(series, number: 4) == nil)
        }
    }

    @Test func withFewerThanFiveOthersNothingIsShown() async throws {
        try await ResultsWorld.test { world in
            let editions = Editions(world.services.database), statistics = Statistics(services: world.services), now = world.start
            let towns = try (1...5).map { try world.town(String(9900 + $0)) }
            let rounds = try towns.enumerated().map { try fixed(20 + $0.offset, in: $0.element, world) }
            let real = try world.town("0114"), realRound = try fixed(30, in: real, world)
            _ = try await editions.publish(.fictional, at: now)
            // One of the five has four others; a real council has none, however many fictional ones there are.
            let among = try await statistics.position(of: rounds[0], as: towns[0].member(for: .readPosition, at: now))
            #expect(among.tooFew == 4 && among.lines.allSatisfy { $0.cell == nil && $0.position == nil })
            let alone = try await statistics.position(of: realRound, as: real.member(for: .readPosition, at: now))
            #expect(alone.tooFew == 0 && alone.edition == nil && alone.lines.isEmpty)
            // Who is not in it has five others.
            let other = try world.town("9906"), otherRound = try fixed(10, in: other, world, shared: false)
            let outside = try await statistics.position(of: otherRound, as: other.member(for: .readPosition, at: now))
            #expect(outside.tooFew == nil && outside.lines[0].others == 5 && outside.lines[0].position == .belowMedian)
        }
    }

    @Test func everyCouncilMayLeave() async throws {
        try await ResultsWorld.test { world in
            let editions = Editions(world.services.database), statistics = Statistics(services: world.services), now = world.start
            let towns = try (1...3).map { try world.town(String(9900 + $0)) }
            let rounds = try towns.map { try fixed(20, in: $0, world) }
            _ = try await editions.publish(.fictional, at: now)
            for (town, round) in zip(towns, rounds) { try await statistics.unshare(round, as: town.member(for: .shareResult, at: now)) }
            let second = try await editions.publish(.fictional, at: now.adding(days: 1))
            #expect(second[0].councils == 0 && second[0].renewed == 1)
            let rebuilt = try #require(try await editions.rebuilt(series, number: 2))
            #expect(rebuilt.edition.canonicalBytes == rebuilt.stored.document)
        }
    }

    @Test func onlyWhatTheContractNamesIsShared() async throws {
        try await ResultsWorld.test { world in
            let statistics = Statistics(services: world.services), fixing = Fixing(services: world.services), now = world.start
            let town = try world.town("9901"), other = try world.town("9902")
            let named = try world.closedRound(in: town, invited: 6, submitted: 6)
            let unnamed = try world.closedRound(in: other, invited: 6, submitted: 6, audiences: "{council}")
            let member = town.member(for: .shareResult, at: now), otherMember = other.member(for: .shareResult, at: now)
            await #expect(throws: Problem(Refusal.roundNotFixed)) { try await statistics.share(named, as: member) }
            for (town, round) in [(town, named), (other, unnamed)] {
                try await fixing.request(.result, of: round, submitted: 6, as: town.member(for: .fixRound, at: now))
                try await world.work(round, in: town)
            }
            await #expect(throws: Problem(Refusal.audienceNotInContract)) { try await statistics.share(unnamed, as: otherMember) }
            await #expect(throws: Problem.notFound) { try await statistics.share(named, as: otherMember) }
            try #expect(world.number("select count(*) from app.result_figures where shared") == 0)
            try await #expect(statistics.share(named, as: member).shared)
            try await #expect(statistics.share(named, as: member).shared)
            try #expect(world.number("select count(*) from app.result_figures where shared") == 24)
            try await statistics.unshare(named, as: member)
            try await #expect(!statistics.sharing(of: named, as: member).shared)
        }
    }
}
