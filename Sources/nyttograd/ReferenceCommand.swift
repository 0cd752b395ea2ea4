import ArgumentParser
import Foundation
import Server

struct ReferenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reference", abstract: "Facts about municipalities.", subcommands: [Import.self])

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
            let text: String
            do {
                text = try String(contentsOf: URL(filePath: file), encoding: .utf8)
            } catch {
                throw StartRefused("\(file) cannot be read: \(error.localizedDescription)")
            }
            let changed = try await Start().withClient { try await Reference($0).importMunicipalities(csv: text, at: Clock.machine.now()) }
            Output.say("Added or corrected \(changed) municipalities.")
        }
    }
}
