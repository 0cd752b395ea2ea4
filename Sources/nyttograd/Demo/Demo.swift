import Database
import Rules
import Server

/// The demo: fictional councils 9901–9913, made over HTTP as by any client. Twelve have shared a result; the thirteenth has a round open.
struct Demo: Sendable {
    /// Where the server listens.
    let address: String
    let mail: DemoMail
    let notes: DemoNotes
    let now: Instant
    let say: @Sendable (String) -> Void

    /// Those who have shared, the one with an open round; 9914–9920 are free to register.
    static let shared = 9901...9912, open = 9913

    struct Municipality: Decodable, Sendable { let code, name: String; let joined: Bool }

    /// Makes what is not there yet, and publishes an edition over it. True if it made anything.
    /// - Parameter publish: publishes the next edition over the fictional councils, and gives its number.
    func make(publish: () async throws -> Int?) async throws -> Bool {
        let client = APIClient(address: address), missing = try await missing(client)
        guard !missing.isEmpty || notes[Demo.edition] == .begun else { return false }
        say("Making the demo: \(missing.count) fictional councils …")
        try notes.set(Demo.edition, .begun)
        for municipality in missing {
            try notes.set(municipality.code, .begun)
            let council = DemoCouncil(code: municipality.code, client: client, mail: mail)
            if municipality.code == DemoYears.code {
                try await DemoYears(council: council, calendar: nil, now: now, notes: notes).make(isNew: !municipality.joined)
                say("  \(municipality.code) \(municipality.name): this year's round alone; a start with the demo makes earlier ones too")
            } else {
                try await make(council, isNew: !municipality.joined)
                say("  \(municipality.code) \(municipality.name)")
            }
            try notes.set(municipality.code, .whole)
        }
        if let edition = try await publish() { say("Published edition \(edition) of the statistics over the fictional councils.") }
        try notes.set(Demo.edition, .whole)
        return true
    }

    /// Makes the council that has lived with it for three years, of a service that `calendar` leads through them.
    func makeYears(_ calendar: DemoCalendar) async throws {
        let client = APIClient(address: address), code = DemoYears.code
        if let municipality = try await missing(client).first(where: { $0.code == code }) {
            let years = DemoYears(council: DemoCouncil(code: code, client: client, mail: mail), calendar: calendar, now: now, notes: notes)
            let named = years.years(isNew: !municipality.joined).map { String($0.number) }.joined(separator: ", ")
            say("Making the demo: the years \(named) in one of the councils …")
            try notes.set(Demo.edition, .begun)
            try notes.set(code, .begun)
            try await years.make(isNew: !municipality.joined)
            say("  \(code) \(municipality.name)")
        }
        try notes.set(code, .whole)
    }

    /// Those that are not registered, and those that an interrupted start has left. What somebody has registered himself is his.
    func missing(_ client: APIClient) async throws -> [Municipality] {
        let all: DemoCouncil.List<Municipality> = try await client.get("/municipalities?search=99&limit=100")
        guard !all.items.isEmpty else {
            throw StartRefused("The server on \(address) knows no fictional councils: it has a database of yours, where no demo is made.")
        }
        return all.items.filter { one in
            guard let code = Int(one.code), Demo.shared.contains(code) || code == Demo.open else { return false }
            return !one.joined || notes[one.code] == .begun
        }
    }

    private static let edition = "edition"

    private func make(_ council: DemoCouncil, isNew: Bool) async throws {
        let isShared = council.code != "\(Demo.open)", me = try await council.enter(isNew: isNew)
        let done = isNew ? [] : try await council.results(me)
        guard isShared else { return _ = try await collect(council, people: 3, me) }
        let round = if let fixed = done.first { fixed.id } else { try await collect(council, people: 6 + council.number % 3, me) }
        if done.isEmpty {
            try await me.send("POST", "/rounds/\(round)/closing")
            try await council.fix(round, me)
        }
        try await me.send("PUT", "/rounds/\(round)/sharing")
    }

    /// A round that so many of those invited have answered.
    private func collect(_ council: DemoCouncil, people: Int, _ me: APIClient) async throws -> String {
        let closes = now.adding(days: 21)
        let plan = DemoCouncil.Plan(title: "Mognadsanalys av nyttorealisering", targetYear: closes.utcDay.year + 2, closesAt: closes.rfc3339)
        let round = try await council.setUp(plan, for: DemoPeople.people, on: now.utcDay, me)
        let seats = try await council.open(round, to: DemoPeople.people, me)
        try await council.submit(seats.prefix(people).enumerated().map { ($1, DemoAnswers.of(person: $0, council: council.number)) })
        return round
    }
}
