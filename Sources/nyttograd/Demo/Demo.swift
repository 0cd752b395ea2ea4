import Database
import Rules
import Server

/// The demo: fictional councils 9901–9913, made over HTTP as by any client. Twelve have shared a result; the thirteenth has a round open.
struct Demo: Sendable {
    /// Where the server listens.
    let address: String
    let mail: DemoMail
    let now: Instant
    let say: @Sendable (String) -> Void

    /// Those who have shared, the one with an open round; 9914–9920 are free to register.
    static let shared = 9901...9912, open = 9913

    private struct List: Decodable {
        struct Municipality: Decodable { let code, name: String; let joined: Bool }
        let items: [Municipality]
    }

    /// Makes what is not there yet, and publishes an edition over it. True if it made anything.
    /// - Parameter publish: publishes the next edition over the fictional councils, and gives its number.
    func make(publish: () async throws -> Int?) async throws -> Bool {
        let client = DemoClient(address: address)
        let all: List = try await client.get("/municipalities?search=99&limit=100")
        let missing = all.items.filter { (Demo.shared.contains(Int($0.code) ?? 0) || $0.code == "\(Demo.open)") && !$0.joined }
        guard !all.items.isEmpty else {
            throw StartRefused("The server on \(address) knows no fictional councils: it has a database of yours, where no demo is made.")
        }
        guard !missing.isEmpty else { return false }
        say("Making the demo: \(missing.count) fictional councils …")
        for council in missing {
            try await make(council.code, client)
            say("  \(council.code) \(council.name)")
        }
        if let edition = try await publish() { say("Published edition \(edition) of the statistics over the fictional councils.") }
        return true
    }

    private func make(_ code: String, _ client: DemoClient) async throws {
        let closes = now.adding(days: 21)
        let council = DemoCouncil(
            code: code, client: client, mail: mail, closesAt: closes.rfc3339, targetYear: Int(closes.utcDay.iso.prefix(4)).map { $0 + 2 } ?? 2028)
        let me = try await council.register()
        let round = try await council.openRound(me)
        if code == "\(Demo.open)" {
            try await council.answer(people: 3)
        } else {
            try await council.answer(people: 6 + council.number % 3)
            try await council.finish(round, me)
        }
    }
}
