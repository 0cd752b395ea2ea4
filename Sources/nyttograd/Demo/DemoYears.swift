import Rules

/// The council that has lived with it for three years: two concluded rounds and this year's, each at the true time of its year, with a seminar, a
/// split, comments, a written analysis and a plan.
struct DemoYears: Sendable {
    let council: DemoCouncil
    /// Led through the years. Nil beside a server that goes by its own time: then all that can be made is this year's round, in one go.
    let calendar: DemoCalendar?
    let now: Instant
    let notes: DemoNotes

    static let code = "9911"

    /// The years that are still to be made, the oldest first: of a council that is not registered yet all of them, whatever has been noted.
    func years(isNew: Bool) -> [Year] {
        (calendar == nil ? [0] : [2, 1, 0]).map { Year(ago: $0, now: now, isLed: calendar != nil) }.filter { isNew || notes[part($0)] != .whole }
    }

    private func part(_ year: Year) -> String { "\(council.code)/\(year.number)" }

    func make(isNew: Bool) async throws {
        var isNew = isNew
        for year in years(isNew: isNew) {
            calendar?.go(to: year.setUp)
            let me = try await council.enter(isNew: isNew)
            if isNew { try await inviteColleagues(me) }
            isNew = false
            if let done = try await council.results(me).first(where: { $0.title == year.title }) {
                try await tell(year, done)
            } else {
                let round = try await collect(year, me)
                try await tell(year, .init(id: round, title: year.title, state: "fixed"))
            }
            try notes.set(part(year), .whole)
        }
    }

    /// A director, who reads what the strategist prepares, and a second administrator.
    private func inviteColleagues(_ me: APIClient) async throws {
        struct Member: Encodable, Sendable { let name, address: String; var language = "sv"; let roles: [String] }
        for (place, role) in [(1, "director"), (6, "administrator")] {
            let person = DemoPeople.people[place], address = council.address(of: person)
            _ = try await council.signIn(address) {
                try await me.send("POST", "/members", Member(name: person.name, address: address, roles: [role]))
            }
        }
    }

    // MARK: Collecting

    /// From the first plan to the fixed result. Gives the round's id.
    private func collect(_ year: Year, _ me: APIClient) async throws -> String {
        let people = DemoYearsGroup.invited(year.ago)
        let plan = DemoCouncil.Plan(title: year.title, targetYear: year.number + 2, closesAt: year.closing.rfc3339)
        let round = try await council.setUp(plan, for: people.map(\.person), comments: year.ago == 0, on: year.setUp.utcDay, me)
        let seats = year.hasSeminar ? try await meet(year, round, people, me) : []
        calendar?.go(to: year.opening)
        var me = try await council.enter(isNew: false)
        let opened = seats.isEmpty ? try await council.open(round, to: people.map(\.person), me) : seats
        if !seats.isEmpty { try await me.send("POST", "/rounds/\(round)/opening") }

        calendar?.go(to: year.answers)
        let answering = zip(people, opened).filter { !DemoYearsGroup.silent(year.ago).contains($0.0.place) }
        if year.ago == 0 { try await comment(answering.map(\.1)) }
        try await council.submit(answering.map { ($1, DemoYearsGroup.answers(of: $0, yearsAgo: year.ago)) })

        calendar?.go(to: year.closing.adding(seconds: -600))
        me = try await council.enter(isNew: false)
        try await me.send("POST", "/rounds/\(round)/closing")
        calendar?.go(to: year.fixing)
        try await council.fix(round, me)
        return round
    }

    /// Invites to the seminar, which is over when this returns, and gives everybody's client by the link in the invitation.
    private func meet(_ year: Year, _ round: String, _ people: [DemoYearsGroup.One], _ me: APIClient) async throws -> [APIClient] {
        struct Attendance: Encodable, Sendable { let attends: Bool, note: String }
        let path = "/rounds/\(round)/seminar", ends = year.seminar.adding(seconds: 5400)
        try await me.send("PUT", path, DemoSeminar(startsAt: year.seminar.rfc3339, endsAt: ends.rfc3339))
        let seats = try await council.seats(of: people.map(\.person)) { try await me.send("POST", path + "/invitations") }
        calendar?.go(to: year.replies)
        for (place, seat) in seats.enumerated() where place % 6 != 5 {
            let note = DemoSeminar.notes[place]
            try await seat.send("PUT", "/participation/seminar", Attendance(attends: note == nil || place == 3, note: note ?? ""))
        }
        return seats
    }

    private func comment(_ seats: [APIClient]) async throws {
        struct Comment: Encodable, Sendable { let text: String, consent: Bool }
        for (number, comment) in DemoWords.comments.enumerated() {
            let written = Comment(text: comment.text, consent: comment.consent)
            try await seats[number * 4 + 1].send("PUT", "/participation/comments/\(comment.dimension)", written)
        }
    }

    // MARK: Telling

    /// Shares the result, writes the analysis, and ends an earlier year's round.
    private func tell(_ year: Year, _ round: DemoCouncil.Round) async throws {
        guard round.state != "concluded" else { return }
        calendar?.go(to: year.analysis)
        var me = try await council.enter(isNew: false)
        try await me.send("PUT", "/rounds/\(round.id)/sharing")
        try await me.send("PATCH", "/rounds/\(round.id)", ["diaryNumber": "KS \(year.number)/00417"])
        try await publishAnalysis(of: round.id, edited: year.ago == 0 ? DemoWords.analysis : nil, me)
        guard year.ago > 0 else { return }
        for (step, time, reached) in [("workshop", year.workshop, "workshop"), ("conclusion", year.end, "concluded")] where round.state != reached {
            calendar?.go(to: time)
            me = try await council.enter(isNew: false)
            try await me.send("POST", "/rounds/\(round.id)/\(step)", [String: String]())
        }
    }

    /// As it was drafted by rule, and where it has been edited that as the next version.
    private func publishAnalysis(of round: String, edited: DemoWords.Analysis?, _ me: APIClient) async throws {
        struct Published: Decodable { struct Version: Decodable { let version: Int }; let published: Version? }
        struct Versions: Decodable { struct Version: Decodable { let version: Int }; let items: [Version] }
        let path = "/rounds/\(round)/analysis", before: Published = try await me.get(path), written: Versions = try await me.get(path + "/versions")
        guard before.published == nil else { return }
        var newest = written.items.map(\.version).max() ?? 0
        if newest == 0 {
            let draft: DemoWords.Analysis = try await me.get(path + "/draft")
            newest = try await add(draft, after: newest, to: path, me)
        }
        if let edited { newest = try await add(edited, after: newest, to: path, me) }
        try await me.send("PUT", path + "/publication", ["version": newest])
    }

    private func add(_ analysis: DemoWords.Analysis, after version: Int, to path: String, _ me: APIClient) async throws -> Int {
        struct Edit: Encodable, Sendable { let basedOn: Int, overall: DemoWords.Both, dimensions: [DemoWords.Section] }
        struct Added: Decodable { let version: Int }
        let edit = Edit(basedOn: version, overall: analysis.overall, dimensions: analysis.dimensions)
        let added: Added = try await me.send("POST", path + "/versions", edit)
        return added.version
    }
}

extension DemoYears {
    /// When what happens in one of the years. All of it lies in the past, on working days and in working hours.
    struct Year: Sendable {
        let ago: Int
        let number: Int
        private let now: Instant
        /// Nil where time is not led: everything happens now.
        private let tuesday: Day?

        init(ago: Int, now: Instant, isLed: Bool) {
            // The last Tuesday that is a week gone, and the same week of the earlier years.
            let today = now.utcDay, last = today.adding(days: -7 - (today.weekday + 6) % 7)
            (self.ago, self.now, number) = (ago, now, last.year - ago)
            tuesday = isLed ? last.adding(days: -364 * ago) : nil
        }

        var title: String { "Mognadsanalys av nyttorealisering \(number)" }
        var hasSeminar: Bool { ago == 0 && tuesday != nil }

        var setUp: Instant { at(-35, 8) }
        var replies: Instant { at(-33, 9) }
        var seminar: Instant { at(-28, 8) }
        var opening: Instant { at(-27, 7) }
        var answers: Instant { at(-20, 12) }
        var closing: Instant { tuesday == nil ? now.adding(days: 21) : at(-7, 15) }
        var fixing: Instant { at(-6, 8) }
        var analysis: Instant { at(0, 9) }
        var workshop: Instant { at(14, 12) }
        var end: Instant { at(28, 12) }

        /// Hours are of UTC.
        private func at(_ days: Int, _ hour: Int) -> Instant {
            tuesday.map { Instant($0.adding(days: days)).adding(seconds: hour * 3600) } ?? now
        }
    }
}
