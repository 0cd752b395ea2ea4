import ArgumentParser
import Foundation

/// Which server a command talks to, and for whom.
struct ServerAccess: ParsableArguments {
    @Option(help: "The server's address, such as https://nyttograd.example.")
    var server: String

    @Option(help: """
        The token of a session, as the API takes it; by default what the environment has in COUNCIL_TOKEN, where the list of processes does not show it.
        """)
    var token: String?

    func client() throws -> APIClient {
        guard let token = token ?? ProcessInfo.processInfo.environment["COUNCIL_TOKEN"], !token.isEmpty else {
            throw ValidationError("Give the token of a session by --token, or in COUNCIL_TOKEN.")
        }
        let address = server.hasSuffix("/") ? String(server.dropLast()) : server
        guard let url = URL(string: address), ["http", "https"].contains(url.scheme), url.host != nil else {
            throw ValidationError("\(server) is no address of a server.")
        }
        return APIClient(address: address, token: token)
    }
}
