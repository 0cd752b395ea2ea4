import ArgumentParser
import Foundation
import Rules
import Server

struct ReferenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reference", abstract: "Facts about municipalities.", subcommands: [Import.self, ImportDomains.self])

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add or correct municipalities from a file (CSV).",
            discussion: """
                The columns are code, name, county_code, county_name, org_nr and population, and if wanted skr_group and mail_domain. Nothing is \
                changed if any line is wrong; what the file does not name stays as it is.
                """
        )

        @Argument(help: "The file, in UTF-8.", completion: .file(extensions: ["csv"]))
        var file: String

        func run() async throws {
            let text = try ReferenceCommand.read(file)
            let changed = try await Start().withClient { try await Reference($0).importMunicipalities(csv: text, at: Clock.machine.now()) }
            Output.say("Added or corrected \(changed) municipalities.")
        }
    }

    struct ImportDomains: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add the mail domains of councils from a file (CSV).",
            discussion: """
                The columns are code and domain. Whoever comes from a known domain of a council is let in, or may ask to join, without the operator. \
                A domain may be several councils'; public mail services are refused. Nothing is changed if any line is wrong: every fault is told.
                """
        )

        @Argument(help: "The file, in UTF-8.", completion: .file(extensions: ["csv"]))
        var file: String

        func run() async throws {
            let text = try ReferenceCommand.read(file)
            do {
                let added = try await Start().withClient { try await Reference($0).importMailDomains(csv: text, at: Clock.machine.now()) }
                Output.say("Added \(added) mail domains.")
            } catch let wrong as MailDomainList.Faults {
                throw StartRefused(wrong.faults.map { "\(file):\($0.line): \($0.reason.text.en)" }.joined(separator: "\n"))
            }
        }
    }

    private static func read(_ file: String) throws -> String {
        do {
            return try String(contentsOf: URL(filePath: file), encoding: .utf8)
        } catch {
            throw StartRefused("\(file) cannot be read: \(error.localizedDescription)")
        }
    }
}
