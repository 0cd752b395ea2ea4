import ArgumentParser
import Database
import Hummingbird
import Logging
import Rules
import Server
import ServiceLifecycle

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start the server.",
        discussion: """
            With the embedded database it makes and starts a PostgreSQL of its own, brings its schema up to date, and prints the address. \
            Ctrl-C stops everything: requests under way are answered first.
            """
    )

    @Flag(help: "Leave the demo out on a first start.")
    var empty = false

    @Option(help: ArgumentHelp("Let the service's clock say this time at the start, and go on from there. Embedded database only.", valueName: "rfc3339"))
    var now: String?

    func run() async throws {
        let start = try Start()
        let clock = try start.clock(startingAt: now)
        let port = try ReservedPort(start.settings.listen)
        let folder = try DataFolder(start.settings.data)
        guard start.settings.isEmbedded else {
            return try await serve(start, clock, port, folder, Connections(app: start.settings.database?.clear ?? "", owner: nil))
        }
        start.logger.info("Starting the embedded database", metadata: ["folder": "\(folder.path)"])
        guard let embedded = try await Embedded.start(in: folder, logger: start.logger) else {
            throw StartRefused("Another server runs on \(folder.path): stop it, or choose another folder by NYTTOGRAD_DATA.")
        }
        try await embedded.during { try await serve(start, clock, port, folder, Connections(embedded)) }
    }

    private func serve(_ start: Start, _ clock: Clock, _ port: ReservedPort, _ folder: DataFolder, _ connections: Connections) async throws {
        if let owner = connections.owner {
            let applied = try Migration.run(owner: owner, clock: clock)
            start.logger.info("The schema is up to date", metadata: ["applied": "\(applied.migrations.joined(separator: " "))"])
        }
        let database = try Database(start.settings.database(connections.app, logger: start.logger))
        do {
            try await Readiness.refusePower(database)
            let baseURL = start.settings.baseURL ?? BaseURL(port.address)
            let app = try await App(start.settings, database, clock: clock, folder: folder, baseURL: baseURL, logger: start.logger)
            let past = DemoPast(start: start, database: database, folder: folder, baseURL: baseURL, clock: clock)
            let goesOn = hasDemo(start) ? try await past.make() : true
            if goesOn { try await answer(start, port, app, baseURL, folder, clock) }
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    /// It is made of mail in files that we can read.
    private func hasDemo(_ start: Start) -> Bool { !empty && start.settings.hasReadableMail }

    /// Answers until a signal asks for the end.
    private func answer(
        _ start: Start, _ port: ReservedPort, _ app: App, _ baseURL: BaseURL, _ folder: DataFolder, _ clock: Clock
    ) async throws {
        let (running, runner) = AsyncStream.makeStream(of: Void.self)
        let application = Application(
            responder: app.responder,
            // Who says nothing for so long before a request is whole has left.
            server: .http1(configuration: .init(idleTimeout: .seconds(30))),
            configuration: .init(address: .hostname(port.address.host, port: port.address.port), serverName: nil),
            onServerRunning: { _ in
                Output.say("Nyttograd answers on \(baseURL)")
                runner.yield()
                runner.finish()
            },
            logger: start.logger
        )
        var services: [any Service] = [app.background, application]
        if start.settings.hasReadableMail {
            services.append(Welcome(
                address: "http://\(port.address)", baseURL: baseURL, mail: DemoMail(folder: folder.mail), notes: DemoNotes(folder: folder.path), clock: clock,
                withDemo: hasDemo(start), app: app, running: running))
        }
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: start.logger)
        // A client that never ends its request must not keep the server from stopping.
        configuration.maximumGracefulShutdownDuration = .seconds(15)
        try await ServiceGroup(configuration: configuration).run()
        withExtendedLifetime(port) {}
    }
}
