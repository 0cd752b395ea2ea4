import ArgumentParser
import Foundation
import Server

struct InstrumentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "instrument", abstract: "Questionnaires as files.", subcommands: [Validate.self])

    struct Validate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a questionnaire's file (YAML).",
            discussion: "Prints every fault with its line, column and path, and ends with a failure if there is one. Nothing is stored."
        )

        @Argument(help: "The file.", completion: .file(extensions: ["yaml"]))
        var file: String

        func run() throws {
            let faults: [String]
            do {
                faults = try InstrumentFile.faults(in: String(contentsOf: URL(filePath: file), encoding: .utf8))
            } catch let error as CocoaError {
                throw StartRefused("\(file) cannot be read: \(error.localizedDescription)")
            }
            guard faults.isEmpty else {
                for fault in faults { Output.say("\(file):\(fault)") }
                throw ExitCode.failure
            }
            Output.say("\(file) is a whole and sound questionnaire.")
        }
    }
}
