import ArgumentParser
import Rules
import Server

struct OperatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "operator", abstract: "Those who run the service, and the councils that they let in.",
        subcommands: [Invite.self, List.self, Approve.self, Refuse.self]
    )

    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let somebody sign in as an operator.",
            discussion: """
                Prints a link that signs in at once: it works one time, for half an hour. Afterwards the operator asks for links on the page for \
                signing in, with the same address. Safe to repeat.
                """
        )

        @Argument(help: "The operator's e-mail address.")
        var address: String

        func run() async throws {
            let link = try await withDesk { try await $0.invite(address) }
            Output.say("\(address) is an operator.")
            Output.say("Sign in: \(link)")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the operators, and the registrations that wait for them.",
            discussion: "A registration is listed once its applicant has followed the link in the mail. Differences from what is known are marked by \"!\"."
        )

        @Flag(help: "Also those that are decided.")
        var all = false

        func run() async throws {
            let (operators, registrations) = try await withDesk { desk in
                let operators = try await desk.operators()
                return (operators, operators.isEmpty ? [] : try await desk.registrations(all: all))
            }
            Output.say(operators.isEmpty ? "No operators." : "Operators: \(operators.joined(separator: ", "))")
            if registrations.isEmpty { Output.say("No registration waits.") }
            for registration in registrations { Output.say(registration.line) }
        }
    }

    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a council in.",
            discussion: """
                Records the mail domain of the registration as the council's. The server then lets the council in and sends a link to the applicant.
                """
        )

        @OptionGroup var decision: Decision

        func run() async throws {
            let approved = try await withDesk { try await $0.approve(decision.registration, as: decision.who.as) }
            Output.say("\(approved.municipalityName) (\(approved.municipalityCode)) is let in; \(approved.domain) is recorded as its mail domain.")
        }
    }

    struct Refuse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Refuse a registration. Another one may be made.")

        @OptionGroup var decision: Decision

        func run() async throws {
            let refused = try await withDesk { try await $0.refuse(decision.registration, as: decision.who.as) }
            Output.say("The registration of \(refused.municipalityName) (\(refused.municipalityCode)) by \(refused.address) is refused.")
        }
    }

    struct Decision: ParsableArguments {
        @Argument(help: "The registration's id, from \"nyttograd operator list\".")
        var registration: String

        @OptionGroup var who: ActingOperator
    }
}

struct ActingOperator: ParsableArguments {
    @Option(help: ArgumentHelp("Which operator decides. Needed where there are several.", valueName: "address"))
    var `as`: String?
}

extension AsyncParsableCommand {
    func withDesk<R: Sendable>(_ body: (OperatorDesk) async throws -> R) async throws -> R {
        let start = try Start()
        let folder = try DataFolder(start.settings.data)
        return try await start.withClient { try await body(OperatorDesk(start.settings, $0, folder: folder)) }
    }
}

extension RegistrationView {
    fileprivate var line: String {
        """
        \(id)  \(state.rawValue)  \(municipalityCode) \(municipalityName)
            \(name) <\(address)>, domain \(domain)\(domainIsKnown ? "" : " !unknown")
            organisation number \(givenNumber)\(givenNumber == knownNumber ? "" : " !known is \(knownNumber)"), registered \(createdAt.rfc3339)
        """
    }
}
