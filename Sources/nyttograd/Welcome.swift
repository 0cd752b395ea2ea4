import Database
import Rules
import Server
import ServiceLifecycle

/// What the embedded server does once it answers: makes the demo on a first start, and says what to open first.
struct Welcome: Service {
    /// How the machine itself reaches the server.
    let address: String
    let baseURL: BaseURL
    let mail: DemoMail
    let notes: DemoNotes
    let clock: Clock
    let withDemo: Bool
    let app: App
    /// Says something once the server answers.
    let running: AsyncStream<Void>

    static let operatorAddress = "operator@nyttograd.example"

    func run() async throws {
        for await _ in running.cancelOnGracefulShutdown() {
            do {
                try await welcome()
            } catch is CancellationError {
                return
            } catch {
                Output.say("The demo could not be made: \(error)")
            }
        }
        try? await gracefulShutdown()
    }

    private func welcome() async throws {
        if withDemo {
            let demo = Demo(address: address, mail: mail, notes: notes, now: clock.now(), say: { Output.say($0) })
            _ = try await demo.make { try await app.publishEdition(fictional: true) }
        }
        Output.say("Open \(baseURL)/ to begin, and sign in by these links (each works once; mail lies in \(mail.folder)):")
        if withDemo {
            try await offer("strategist of 9901, whose round is fixed and shared", at: "alva.ek@demo01.example")
            try await offer(
                "strategist of \(DemoYears.code), with rounds in three years: what has changed, who sees it how, the analysis in words, the plan, the report",
                at: "alva.ek@demo\(DemoYears.code.suffix(2)).example")
            try await offer("strategist of 9913, whose round is open", at: "alva.ek@demo13.example")
            if let link = mail.links(.questionnaire, to: "hugo.strand@demo13.example").last { Output.say("  participant in the round of 9913: \(link)") }
        }
        try await app.inviteOperator(Welcome.operatorAddress)
        try await offer("operator", at: Welcome.operatorAddress)
        Output.say("Ready.")
    }

    private func offer(_ who: String, at address: String) async throws {
        let before = mail.links(.signIn, to: address).count
        try await APIClient(address: self.address).send("POST", "/sign-in-links", ["address": address])
        _ = try await mail.token(.signIn, to: address, after: before)
        if let link = mail.links(.signIn, to: address).last { Output.say("  \(who): \(link)") }
    }
}
