import ArgumentParser
import Foundation
import Server

/// `nyttograd verify-report`: for whoever holds a report, with nothing but the file.
struct VerifyReport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-report",
        abstract: "Check a round's report (HTML or JSON).",
        discussion: """
            Needs no server and no database, and holds for a council's own questions too. Compares every hash, computes every figure, change and draft once \
            more from the printed counts, and draws the page of an HTML file again from its data. Prints what was checked and what it cannot say, or each \
            difference with its place, and then ends with a failure.
            """
    )

    @Argument(help: "The file.", completion: .file(extensions: ["html", "json"]))
    var file: String

    @Flag(help: "Leave out how the page and the drafts are worded: for a report that another version of the program has made.")
    var dataOnly = false

    func run() throws {
        let verification: ReportVerification
        do {
            verification = try ReportVerification(of: Array(Data(contentsOf: URL(filePath: file))), dataOnly: dataOnly)
        } catch let error as CocoaError {
            throw StartRefused("\(file) cannot be read: \(error.localizedDescription)")
        }
        guard verification.differences.isEmpty else {
            for difference in verification.differences { Output.say(difference) }
            throw ExitCode.failure
        }
        for sentence in verification.checked { Output.say("checked: \(sentence)") }
        for sentence in verification.notes { Output.say("not compared: \(sentence)") }
        Output.say("\(file) is whole. Compare its hash with the one in the registry: \(verification.hash ?? "")")
    }
}
