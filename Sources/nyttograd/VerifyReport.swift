import ArgumentParser
import Foundation
import Server

/// `nyttograd verify-report`: for whoever holds a report, with nothing but the file.
struct VerifyReport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-report",
        abstract: "Check a round's report (HTML or JSON).",
        discussion: """
            Needs no server and no database. Compares every hash, computes every figure and the draft of the plan once more from the printed counts, and \
            draws the page of an HTML file again from its data. Prints what was checked, or each difference with its place, and then ends with a failure.
            """
    )

    @Argument(help: "The file.", completion: .file(extensions: ["html", "json"]))
    var file: String

    @Flag(help: "Leave out whether the page shows what its data say: for a page that another version of the program has drawn.")
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
        Output.say("\(file) is whole. Compare its hash with the one in the registry: \(verification.hash ?? "")")
    }
}
