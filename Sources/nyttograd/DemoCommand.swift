import ArgumentParser
import Foundation
import Rules
import Server

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Make the demo, beside a running server.",
        discussion: """
            Makes what is missing of the fictional councils 9901-9913 and an edition over them, over the API as any client would. For a server that \
            was started with --empty. A start without it does more: before it answers it goes back in time and makes earlier years' rounds in 9911; beside a \
            server that goes by its own time that council gets this year's round alone. Embedded database and mail to files only.
            """
    )

    @Option(help: ArgumentHelp("The time that the server was told by its --now, or thereabouts.", valueName: "rfc3339"))
    var now: String?

    func run() async throws {
        let start = try Start()
        guard start.settings.isEmbedded else { throw StartRefused("NYTTOGRAD_DATABASE is set: a demo is made in the embedded database only.") }
        guard start.settings.writesMailToFiles else { throw StartRefused("The links of the demo are read from mail in files: set NYTTOGRAD_MAIL=files.") }
        let clock = try start.clock(startingAt: now), folder = try DataFolder(start.settings.data)
        let address = (start.settings.baseURL ?? BaseURL(start.settings.listen)).description
        let demo = Demo(address: address, mail: DemoMail(folder: folder.mail), notes: DemoNotes(folder: folder.path), now: clock.now(), say: { Output.say($0) })
        do {
            let isNew = try await demo.make {
                try await start.withClient { try await Editions($0).publish(.fictional, at: clock.now()).first?.number }
            }
            Output.say(isNew ? "The demo is there." : "The demo is there already: nothing was made.")
        } catch is APIClient.NoAnswer {
            throw StartRefused("No server answers on \(address): start it first, and set NYTTOGRAD_BASE_URL or NYTTOGRAD_LISTEN as it is set there.")
        }
    }
}
