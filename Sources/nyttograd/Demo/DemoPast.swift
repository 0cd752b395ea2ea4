import Database
import Hummingbird
import Logging
import Rules
import Server
import ServiceLifecycle
import Synchronization

/// The years before the demo: the whole service over the same database and mail, at an address that is told to nobody and by a clock that is led, its
/// worker too. It is gone before the server answers, so that no two go by different times at once.
struct DemoPast: Sendable {
    let start: Start
    let database: Database
    let folder: DataFolder
    /// Where people will come by: for the links in mail.
    let baseURL: BaseURL
    /// The server's own.
    let clock: Clock

    /// Makes what is missing of it. What goes wrong is said, and keeps nobody from starting.
    /// - Returns: false if a signal has asked for the end.
    func make() async throws -> Bool {
        let notes = DemoNotes(folder: folder.path)
        guard notes[DemoYears.code] != .whole else { return true }
        let now = clock.now(), port = try ReservedPort(ListenAddress(host: "127.0.0.1", port: 0))
        let calendar = DemoCalendar(at: DemoYears.Year(ago: 2, now: now, isLed: true).setUp)
        let app = try await App(start.settings, database, clock: calendar.clock, folder: folder, baseURL: baseURL, logger: start.logger)
        let (running, runner) = AsyncStream.makeStream(of: Void.self)
        let application = Application(
            responder: app.responder, configuration: .init(address: .hostname(port.address.host, port: port.address.port), serverName: nil),
            onServerRunning: { _ in runner.finish() }, logger: start.logger)
        let demo = Demo(address: "http://\(port.address)", mail: DemoMail(folder: folder.mail), notes: notes, now: now, say: { Output.say($0) })
        let visit = Visit(running: running) { try await demo.makeYears(calendar) }
        try await ServiceGroup(configuration: .init(
            services: [
                .init(service: app.background), .init(service: application), .init(service: visit, successTerminationBehavior: .gracefullyShutdownGroup),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: start.logger)).run()
        withExtendedLifetime(port) {}
        return !visit.wasInterrupted.load(ordering: .relaxed)
    }

    /// Does its work once the service answers; then the service ends.
    private final class Visit: Service {
        private let running: AsyncStream<Void>
        private let work: @Sendable () async throws -> Void
        let wasInterrupted = Atomic(false)

        init(running: AsyncStream<Void>, work: @escaping @Sendable () async throws -> Void) { (self.running, self.work) = (running, work) }

        func run() async throws {
            do {
                let (running, work) = (running, work)
                try await cancelWhenGracefulShutdown {
                    for await _ in running {}
                    try Task.checkCancellation()
                    try await work()
                }
            } catch where Task.isShuttingDownGracefully {
                wasInterrupted.store(true, ordering: .relaxed)
            } catch {
                Output.say("The years before the demo could not be made: \(error)")
            }
        }
    }
}
