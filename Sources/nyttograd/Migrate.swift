import ArgumentParser
import Server

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database's schema up to date.",
        discussion: """
            Applies the migrations that are missing, and says again who may see and do what. Safe to repeat. The embedded database is \
            migrated at each start of the server; for a PostgreSQL of yours set NYTTOGRAD_OWNER_DATABASE and run this before the server.
            """
    )

    func run() async throws {
        let start = try Start()
        try await start.withDatabase { connections in
            guard let owner = connections.owner else {
                throw StartRefused("NYTTOGRAD_OWNER_DATABASE is not set: migrating needs to connect as the owner of the database.")
            }
            let applied = try Migration.run(owner: owner, clock: .machine)
            for name in applied.migrations { Output.say("Applied \(name)") }
            Output.say("The schema is up to date.")
        }
    }
}
