import ArgumentParser
import Database
import Rules
import Server

struct EditionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edition", abstract: "The editions of the anonymous statistics over councils.", subcommands: [Publish.self]
    )

    struct Publish: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Publish the next edition of the statistics.",
            discussion: """
                Makes one edition for each instrument version that councils share figures of: from each council's latest fixed and shared round, at \
                most 36 months old. A figure is worked out anew only if at least three councils' values have changed since it was; otherwise it \
                stands, with its date. An edition is never changed and never taken back. To be run at set dates.
                """
        )

        @Flag(help: "Of the fictional councils of the demo, instead of the real ones. The two are never mixed.")
        var fictional = false

        @Option(help: ArgumentHelp("Publish as if it were this time. Embedded database only.", valueName: "rfc3339"))
        var now: String?

        func run() async throws {
            let start = try Start()
            let clock = try start.clock(startingAt: now)
            let published = try await start.withDatabase { connections in
                let database = try Database(start.settings.database(connections.app, logger: start.logger))
                do {
                    let published = try await Editions(database).publish(fictional ? .fictional : .real, at: clock.now())
                    await database.close()
                    return published
                } catch {
                    await database.close()
                    throw error
                }
            }
            if published.isEmpty { Output.say("No council shares figures, so nothing was published.") }
            for edition in published { Output.say(edition.line) }
        }
    }
}

extension Editions.Published {
    fileprivate var line: String {
        "Edition \(number) of \(instrument.key) version \(instrument.version): \(councils) councils, \(cells) figures, \(renewed) of them renewed. SHA-256 \(sha256)"
    }
}
