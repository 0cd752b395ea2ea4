import ArgumentParser

@main
struct Nyttograd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nyttograd",
        abstract: "A council's own view of how well it realises the benefits of change: the server, and the commands of those who run it.",
        discussion: """
            Everything is set in the environment (NYTTOGRAD_...) or in a file that NYTTOGRAD_SETTINGS names; "nyttograd settings" lists it all. \
            Without any setting the server keeps a database of its own below .nyttograd and listens on http://127.0.0.1:8080.
            """,
        subcommands: [
            Serve.self, Migrate.self, DemoCommand.self, OperatorCommand.self, EditionCommand.self, InstrumentCommand.self, ReferenceCommand.self,
            VerifyReport.self,
            ShowSettings.self,
        ]
    )
}
