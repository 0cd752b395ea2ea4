import ArgumentParser
import Foundation
import Rules
import Server

struct InstrumentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "instrument", abstract: "Questionnaires: as files, in a council, and offered to all councils.",
        discussion: """
            "validate" and "convert" need the file alone; "import" and "export" talk to a server for a member of a council; "offer" and "withdraw" are \
            the operator's, beside the running server.
            """,
        subcommands: [Validate.self, Convert.self, Import.self, Export.self, Offer.self, Withdraw.self])

    struct Validate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a questionnaire's file (YAML or JSON).",
            discussion: "Prints every fault with its line, column and path, and ends with a failure if there is one. Nothing is stored."
        )

        @OptionGroup var file: QuestionnaireFile

        func run() throws {
            _ = try file.instrument(file.text())
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
            Output.write(try file.instrument(file.text()).file(to))
        }
    }

    // MARK: Of a council, over the public API

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Bring a questionnaire into a council as a draft, or publish it at once.",
            discussion: """
                The server checks the file; every fault is printed with its line, column and path, and nothing is kept. Whoever may plan rounds may import. \
                Prints the id that the questionnaire has.
                """
        )

        @OptionGroup var server: ServerAccess
        @OptionGroup var file: QuestionnaireFile

        @Option(help: ArgumentHelp("Put the file in the place of this draft, instead of making a new one.", valueName: "id"))
        var replacing: String?

        @Flag(help: "Publish it too: it can be chosen for a round then, and never changes.")
        var publish = false

        func run() async throws {
            let client = try server.client(), text = try file.text(), type = ["Content-Type": InstrumentFormat(of: text).mediaType]
            let made = try await telling {
                // Whoever replaces a draft from the command line means the draft as it is.
                if let replacing { return try await client.call("PUT", "/instruments/\(replacing)", Data(text.utf8), type.merging(["If-Match": "*"]) { $1 }) }
                return try await client.call("POST", "/instruments", Data(text.utf8), type)
            }
            let say = { (state: String) in Output.say("\(made.key) version \(made.version) is \(state): \(made.id)") }
            guard publish else { return say("a draft") }
            do {
                _ = try await telling { try await client.call("POST", "/instruments/\(made.id)/publication") }
            } catch {
                say("a draft")
                throw error
            }
            say("published")
        }

        /// Prints every fault that the server names.
        private func telling(_ body: () async throws -> Data) async throws -> Imported {
            do {
                return try await JSONDecoder().decode(Imported.self, from: body())
            } catch let refused as APIClient.Refused {
                for fault in refused.faults(in: file.path) { Output.say(fault) }
                throw refused
            }
        }

        private struct Imported: Decodable, Sendable {
            let id, key: String
            let version: Int
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write out a questionnaire that a council can read.",
            discussion: "Prints its file. An export that is imported gives the same export again, byte for byte."
        )

        @OptionGroup var server: ServerAccess

        @Argument(help: "The questionnaire's id.")
        var id: String

        @Option(help: "The notation to write: yaml or json.")
        var format = InstrumentFormat.yaml

        func run() async throws {
            let file = try await server.client().call("GET", "/instruments/\(id)/file", nil, ["Accept": format.mediaType])
            Output.write(String(decoding: file, as: UTF8.self))
        }
    }

    // MARK: Offered to all councils

    struct Offer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Offer a questionnaire to all councils.",
            discussion: """
                Prints every fault of the file with its line, column and path, if there is one. A version that has been offered never changes: a change is \
                a new version.
                """
        )

        @OptionGroup var file: QuestionnaireFile
        @OptionGroup var who: ActingOperator

        func run() async throws {
            let text = try file.text(), instrument = try file.instrument(text)
            do {
                try await withDesk { try await $0.offer(text, as: who.as) }
            } catch let wrong as InstrumentFaults {
                throw file.tell(wrong)
            }
            Output.say("\(instrument.key) version \(instrument.version) is offered to all councils.")
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Withdraw an offer.",
            discussion: "No new round can have the questionnaire from now on; the rounds that have it go on."
        )

        @Argument(help: "The questionnaire's key.")
        var key: String

        @Argument(help: "Its version.")
        var version: Int

        @OptionGroup var who: ActingOperator

        func run() async throws {
            try await withDesk { try await $0.withdraw(key, version: version, as: who.as) }
            Output.say("\(key) version \(version) is no longer offered.")
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
    func instrument(_ text: String) throws -> Instrument {
        do {
            return try InstrumentFile.read(text)
        } catch let wrong as InstrumentFaults {
            throw tell(wrong)
        }
    }

    func tell(_ wrong: InstrumentFaults) -> ExitCode {
        for fault in wrong.faults { Output.say("\(path):\(fault)") }
        return .failure
    }
}

extension InstrumentFormat: ExpressibleByArgument {}
