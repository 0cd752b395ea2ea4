import ArgumentParser
import Foundation
import FoundationNetworking
import Server

/// Which server a command talks to, and for whom.
struct ServerAccess: ParsableArguments {
    @Option(help: "The server's address, such as https://nyttograd.example.")
    var server: String

    @Option(help: """
        The token of a session, as the API takes it; by default what the environment has in COUNCIL_TOKEN, where the list of processes does not show it.
        """)
    var token: String?

    func client() throws -> CouncilClient {
        guard let token = token ?? ProcessInfo.processInfo.environment["COUNCIL_TOKEN"], !token.isEmpty else {
            throw ValidationError("Give the token of a session by --token, or in COUNCIL_TOKEN.")
        }
        let address = server.hasSuffix("/") ? String(server.dropLast()) : server
        guard let url = URL(string: address), ["http", "https"].contains(url.scheme), url.host != nil else {
            throw ValidationError("\(server) is no address of a server.")
        }
        return CouncilClient(address: address, token: token)
    }
}

/// A member's way to the public API, for what is sent and read as text.
struct CouncilClient: Sendable {
    /// Without a slash at the end.
    let address: String
    let token: String
    private let session = URLSession(configuration: .ephemeral)

    init(address: String, token: String) { (self.address, self.token) = (address, token) }

    func send<Answer: Decodable>(_ method: String, _ path: String, text: String, type: String?) async throws -> Answer {
        var request = try request(method, path)
        if let type {
            request.setValue(type, forHTTPHeaderField: "Content-Type")
            request.httpBody = Data(text.utf8)
        }
        // Whoever replaces a draft from the command line means the draft as it is.
        if method == "PUT" { request.setValue("*", forHTTPHeaderField: "If-Match") }
        return try JSONDecoder().decode(Answer.self, from: try await answer(to: request))
    }

    func text(_ path: String, type: String) async throws -> String {
        var request = try request("GET", path)
        request.setValue(type, forHTTPHeaderField: "Accept")
        return String(decoding: try await answer(to: request), as: UTF8.self)
    }

    private func request(_ method: String, _ path: String) throws -> URLRequest {
        guard let url = URL(string: "\(address)/api/v1\(path)") else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
        return request
    }

    private func answer(to request: URLRequest) async throws -> Data {
        let (data, response): (Data, URLResponse)
        do {
            (data, response) = try await session.data(for: request)
        } catch let error as URLError {
            throw StartRefused("\(address) does not answer: \(error.localizedDescription)")
        }
        guard let status = (response as? HTTPURLResponse)?.statusCode, (200..<300).contains(status) else {
            throw Refused(problem: try? JSONDecoder().decode(Problem.self, from: data))
        }
        return data
    }
}

extension CouncilClient {
    /// problem+json, as far as a person at a terminal has use for it.
    struct Problem: Decodable, Sendable {
        let title, detail: String
        let errors: [Fault]?

        struct Fault: Decodable, Sendable {
            let pointer, detail: String
            let line, column: Int?
        }
    }

    /// The server's refusal.
    struct Refused: Error, CustomStringConvertible {
        let problem: Problem?
        var description: String { problem.map { "\($0.title): \($0.detail)" } ?? "The server's answer is none of the API's. Is the address right?" }

        func faults(in file: String) -> [String] {
            (problem?.errors ?? []).map { fault in
                let place = [fault.line, fault.column].compactMap { $0.map(String.init) }.map { $0 + ":" }.joined()
                return "\(file):\(place) \(fault.pointer): \(fault.detail)"
            }
        }
    }
}
