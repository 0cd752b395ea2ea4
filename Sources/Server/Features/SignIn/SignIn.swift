import Database
import Rules

/// Signing in by a single-use link to the work e-mail.
struct SignIn: Sendable {
    let services: Services

    /// Links per address in a quarter of an hour. The one who asks is not told, nor whether the address is known.
    private static let atMost = 5, period = 15 * 60

    func requestLink(for address: MailAddress) async throws {
        let now = services.clock.now(), since = now.adding(seconds: -SignIn.period)
        _ = try await services.database.send(
            as: SigningIn(),
            .makeLinks(for: address.key, at: now, since: since, atMost: SignIn.atMost),
            .makeOperatorLink(for: address.key, at: now, since: since, atMost: SignIn.atMost))
        services.bell.ring()
    }

    /// Uses the link up. A link that is unknown, used, too old or tampered with is void, and no more is said.
    func openSession(_ text: String) async throws -> SessionToken {
        let now = services.clock.now(), opened: Int, token: SessionToken
        if let link = services.links.read(text, as: .signIn), let council = link.municipality {
            token = try SessionToken(for: .member(of: council))
            opened = try await services.database.send(
                as: SigningIn(municipality: council), .openSession(token, by: link.id, at: now, in: council))
        } else if let link = services.links.read(text, as: .operatorSignIn) {
            token = try SessionToken(for: .operator)
            opened = try await services.database.send(as: SigningIn(), .openOperatorSession(token, by: link.id, at: now))
        } else {
            throw Problem.linkVoid
        }
        guard opened == 1 else { throw Problem.linkVoid }
        return token
    }
}
