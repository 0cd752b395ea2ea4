import ArgumentParser
import Foundation
import Rules
import Server

struct InstrumentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "instrument", abstract: "Questionnaires as files.", subcommands: [Validate.self, Convert.self])

    struct Validate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a questionnaire's file (YAML or JSON).",
            discussion: "Prints every fault with its line, column and path, and ends with a failure if there is one. Nothing is stored."
        )

        @OptionGroup var file: QuestionnaireFile

        func run() throws {
            _ = try file.instrument()
            Output.say("\(file.path) is a whole and sound questionnaire.")
        }
    }

    struct Convert: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a questionnaire's file in the other notation, or in ours.",
            discussion: """
                Prints the questionnaire as an export would write it: the same content always gives the same bytes, whatever it was read from. Comments \
                in the file are left out.
                """
        )

        @OptionGroup var file: QuestionnaireFile

        @Option(help: "The notation to write: yaml or json.")
        var to: InstrumentFormat

        func run() throws {
            Output.write(try file.instrument().file(to))
        }
    }
}

/// The file that a command is about.
struct QuestionnaireFile: ParsableArguments {
    @Argument(help: "The file, in UTF-8.", completion: .file(extensions: ["yaml", "json"]))
    var path: String

    func text() throws -> String {
        do {
            return try String(contentsOf: URL(filePath: path), encoding: .utf8)
        } catch {
            throw StartRefused("\(path) cannot be read: \(error.localizedDescription)")
        }
    }

    /// Prints every fault, and ends with a failure, if there is one.
    func instrument() throws -> Instrument {
        do {
            return try InstrumentFile.read(text())
        } catch let wrong as InstrumentFaults {
            for fault in wrong.faults { Output.say("\(path):\(fault)") }
            throw ExitCode.failure
        }
    }
}

extension InstrumentFormat: ExpressibleByArgument {}
