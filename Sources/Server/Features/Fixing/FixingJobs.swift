import Database
import Rules

/// What the worker writes to a participant when the result is there.
struct ResultLetter: Sendable {
    let name, address, council, round: String
    let language: Language
    let generation: Int32
    let fixedAt: Instant
}

extension Query where A == Worker, R == ResultLetter? {
    /// Nil once the round is concluded: the link would lead nowhere.
    static func resultLetter(to seat: SeatID, of council: MunicipalityID) -> Query {
        .optional("""
            select s.name, s.address, m.name, r.title, s.language, s.generation, r.fixed_at
            from app.seats s
            join app.municipalities m on m.municipality_id = s.municipality_id
            join app.rounds r on r.municipality_id = s.municipality_id and r.id = s.round_id
            where s.municipality_id = \(council) and s.id = \(seat) and r.state in ('fixed', 'workshop') and r.fixed_at is not null
            """) { row in
            ResultLetter(
                name: try row.next(), address: try row.next(), council: try row.next(), round: try row.next(),
                language: try Language(stored: row.next()), generation: try row.next(), fixedAt: try row.next())
        }
    }
}

extension Fixing {
    /// The job `mailResult`: tells one participant that the personal link now shows the result.
    func mailResult(_ job: Job) async throws -> JobOutcome {
        let seat = SeatID(job.subject)
        guard let council = job.municipality, let letter = try await services.database.send(as: Worker(municipality: council), .resultLetter(to: seat, of: council)),
              letter.generation == job.generation else { return .done }
        let token = services.links.token(.seat, Link(municipality: council, id: seat, generation: Int(letter.generation)))
        return JobOutcome(try await services.mail.send(
            .resultIsReady(council: letter.council, round: letter.round, link: services.site.url("/e/\(token)")),
            to: letter.address, name: letter.name, in: letter.language, for: job, date: letter.fixedAt))
    }
}
