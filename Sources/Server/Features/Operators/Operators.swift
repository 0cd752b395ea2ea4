import Database
import Rules

/// What those who run the service decide: which councils are let in.
struct Operators: Sendable {
    let database: Database

    func list(_ state: RegistrationView.State?, limit: Int, offset: Int, as one: Operator) async throws -> (found: [RegistrationView], total: Int) {
        try await database.send(as: one, .registrations(in: state, limit: limit, offset: offset), .numberOfRegistrations(in: state))
    }

    /// Records the mail domain as the council's, and orders that the council be let in. The bell is the caller's to ring.
    func approve(_ id: RegistrationID, as one: Operator) async throws -> RegistrationView {
        try await decide(id, as: one) { tx in
            _ = try tx.run(.decide(id, refused: false, at: one.now))
            _ = try tx.run(.recordDomain(of: id, at: one.now))
            _ = try tx.run(.orderAdmission(of: id, at: one.now))
        }
    }

    func refuse(_ id: RegistrationID, as one: Operator) async throws -> RegistrationView {
        try await decide(id, as: one, mayBeHere: true) { tx in _ = try tx.run(.decide(id, refused: true, at: one.now)) }
    }

    /// Two operators who decide at once take turns, and the second is told that it is decided.
    private func decide(
        _ id: RegistrationID, as one: Operator, mayBeHere: Bool = false, _ body: @escaping @Sendable (inout Tx<Operator>) throws -> Void
    ) async throws -> RegistrationView {
        try await database.transaction(as: one) { tx in
            let isHere = try tx.run(.undecided(id))
            guard let before = try tx.run(.registration(id)) else { throw Problem.notFound }
            guard let isHere else { throw Problem.registrationDecided }
            guard !isHere || mayBeHere else { throw Problem.councilAlreadyHere(before.municipalityName) }
            try body(&tx)
            return try tx.run(.registration(id)) ?? before
        }
    }
}

extension App {
    /// Lets an address sign in as operator; nothing happens if it may already.
    public func inviteOperator(_ address: String) async throws {
        _ = try await services.database.send(
            as: Librarian(), .inviteOperator(.random(), try MailAddress(address).key, at: services.clock.now()))
    }
}
