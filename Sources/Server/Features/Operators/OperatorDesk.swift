import Database
import Rules

/// What those who run the service do by command. Whoever can run one has the database already; still, what is decided is decided in an operator's name.
public struct OperatorDesk: Sendable {
    private let database: Database
    private let links: Links
    private let baseURL: BaseURL
    private let clock: Clock

    /// - Throws: what is wrong with the link key.
    public init(_ settings: Settings, _ database: Database, folder: DataFolder, clock: Clock = .machine) throws {
        self.database = database
        links = Links(try settings.linkKeys ?? LinkKeys(file: folder.linkKey))
        baseURL = settings.baseURL ?? BaseURL(settings.listen)
        self.clock = clock
    }

    /// Why a command was not carried out, in English.
    public struct Refused: Error, CustomStringConvertible {
        public let description: String
    }

    /// Lets the address sign in as an operator, if it may not yet.
    /// - Returns: a link that signs in at once: single use, for half an hour.
    public func invite(_ address: String) async throws -> String {
        let key: String
        do { key = try MailAddress(address).key } catch { throw Refused(description: "\(address) is no e-mail address.") }
        let now = clock.now(), link = SignInLinkID.random()
        _ = try await database.send(as: Librarian(), .inviteOperator(.random(), key, at: now))
        _ = try await database.send(as: SigningIn(), .showOperatorLink(link, for: key, at: now))
        return "\(baseURL)/s/\(links.token(.operatorSignIn, Link(municipality: nil, id: link, generation: 0)))"
    }

    public func operators() async throws -> [String] {
        try await database.send(as: Librarian(), .operators)
    }

    /// The registrations that wait for a decision, the one that has waited longest first; or also those that are decided.
    public func registrations(all: Bool) async throws -> [RegistrationView] {
        guard let anyone = try await operators().first else { throw Refused(description: OperatorDesk.noOperators) }
        return try await acting(as: anyone) {
            try await Operators(database: database).list(all ? nil : .waiting, limit: 1000, offset: 0, as: $0).found
        }
    }

    public func approve(_ id: String, as address: String?) async throws -> RegistrationView {
        try await decide(id, as: address) { try await Operators(database: database).approve($0, as: $1) }
    }

    public func refuse(_ id: String, as address: String?) async throws -> RegistrationView {
        try await decide(id, as: address) { try await Operators(database: database).refuse($0, as: $1) }
    }

    private func decide(
        _ text: String, as address: String?, _ decision: (RegistrationID, Operator) async throws -> RegistrationView
    ) async throws -> RegistrationView {
        guard let id = RegistrationID(text) else { throw Refused(description: "\(text) is not the id of a registration.") }
        return try await acting(named: address, orNotFound: "No registration with a confirmed address has that id.") { try await decision(id, $0) }
    }

    /// - Parameter address: which operator it is; nil where there is but one.
    fileprivate func acting<R: Sendable>(named address: String?, orNotFound notFound: String, _ body: (Operator) async throws -> R) async throws -> R {
        let all = try await operators()
        guard let name = address?.lowercased() ?? (all.count == 1 ? all.first : nil) else {
            throw Refused(description: all.isEmpty ? OperatorDesk.noOperators : "Say by --as which operator decides: \(all.joined(separator: ", ")).")
        }
        do {
            return try await acting(as: name, body)
        } catch let problem as Problem {
            throw Refused(description: problem == .notFound ? notFound : problem.detail.en)
        }
    }

    /// Opens a session for the operator, and ends it afterwards.
    private func acting<R: Sendable>(as address: String, _ body: (Operator) async throws -> R) async throws -> R {
        let now = clock.now(), session = try NewSession(for: .operator, at: now)
        guard try await database.send(as: SigningIn(), .openForOperator(session, at: address, at: now)) == 1 else {
            throw Refused(description: "No operator has the address \(address).")
        }
        let one = Operator(session: session.token.hash, now: now)
        let result: R
        do {
            result = try await body(one)
        } catch {
            _ = try? await database.send(as: one, .endSession(of: one))
            throw error
        }
        _ = try await database.send(as: one, .endSession(of: one))
        return result
    }

    private static let noOperators = "There is no operator yet: make one by \"nyttograd operator invite ADDRESS\"."
}

// MARK: - What is offered to all councils

extension OperatorDesk {
    /// A questionnaire's file, as everybody's to choose.
    /// - Throws: `InstrumentFaults` with everything that is wrong with it.
    public func offer(_ file: String, as address: String?) async throws {
        let offers = try offers
        _ = try await acting(named: address, orNotFound: "") { try await offers.add(file, as: $0) }
    }

    /// From now on no new round can have it.
    public func withdraw(_ key: String, version: Int, as address: String?) async throws {
        let offers = try offers, notFound = "\(key) version \(version) is not among the questionnaires that were offered."
        _ = try await acting(named: address, orNotFound: notFound) { one in
            try await offers.set(offers.read(key, version: version, as: one).id, isOffered: false, as: one)
        }
    }

    private var offers: Offers {
        get throws {
            let (instruments, glossary) = try InstrumentLibrary.builtIn()
            return Offers(database: database, glossary: glossary, builtInKeys: Set(instruments.map(\.instrument.key)))
        }
    }
}
