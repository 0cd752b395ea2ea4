import ArgumentParser
import Server

struct ShowSettings: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings",
        abstract: "List every setting: its name, default, meaning and an example.",
        discussion: "No value that is set now is shown, and nothing is read or started."
    )

    @Flag(help: "Print the table of docs/operating.md.")
    var markdown = false

    func run() {
        if markdown {
            Output.say(Settings.markdownTable)
            return
        }
        for setting in Settings.all {
            Output.say(setting.variable + (setting.default.isEmpty ? "" : "  (default: \(setting.default))"))
            Output.say("    \(setting.meaning)")
            Output.say("    Example: \(setting.example)\n")
        }
    }
}
