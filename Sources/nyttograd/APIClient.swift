import Foundation
import FoundationNetworking
import Server

/// A client of the public API, as any integrator would write one. Neither the demo nor a command of a council has another way in.
struct APIClient: Sendable {
    /// Where the server answers, without a slash at the end.
    let address: String
    /// The bearer token: a session, or a personal link's.
    private let token: String?
    private let session: URLSession

    init(address: String, token: String? = nil) { self.init(address: address, token: token, session: URLSession(configuration: .ephemeral)) }

    private init(address: String, token: String?, session: URLSession) { (self.address, self.token, self.session) = (address, token, session) }

    func with(_ token: String) -> APIClient { APIClient(address: address, token: token, session: session) }

    // MARK: JSON

    func get<Answer: Decodable>(_ path: String) async throws -> Answer { try await JSONDecoder().decode(Answer.self, from: call("GET", path)) }

    func send<Answer: Decodable>(_ method: String, _ path: String, _ body: some Encodable & Sendable) async throws -> Answer {
        try await JSONDecoder().decode(Answer.self, from: call(method, path, JSONEncoder().encode(body), APIClient.json))
    }

    func send(_ method: String, _ path: String, _ body: some Encodable & Sendable) async throws {
        _ = try await call(method, path, JSONEncoder().encode(body), APIClient.json)
    }

    func send(_ method: String, _ path: String) async throws { _ = try await call(method, path) }

    private static let json = ["Content-Type": "application/json"]

    // MARK: Anything

    func call(_ method: String, _ path: String, _ body: Data? = nil, _ fields: [String: String] = [:]) async throws -> Data {
        guard let url = URL(string: "\(address)/api/v1\(path)") else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.httpBody = body
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        for (name, value) in fields { request.setValue(value, forHTTPHeaderField: name) }
        try Task.checkCancellation()
        let (data, response): (Data, URLResponse)
        do {
            // In a task that nobody cancels: Foundation on Linux locks up for good if it is told to cancel a request as its answer comes.
            (data, response) = try await Task { [session, request] in try await session.data(for: request) }.value
        } catch let error as URLError {
            throw NoAnswer(address: address, reason: error.localizedDescription)
        }
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard (200..<300).contains(status) else {
            throw Refused(request: "\(method) \(path)", status: status, problem: try? JSONDecoder().decode(Problem.self, from: data))
        }
        return data
    }
}

// MARK: - Refusals

extension APIClient {
    /// problem+json, as far as a person at a terminal has use for it.
    struct Problem: Decodable, Sendable {
        let title, detail: String
        let errors: [Fault]?

        struct Fault: Decodable, Sendable {
            let pointer, detail: String
            let line, column: Int?
        }
    }

    /// There is no server, or none that can be reached.
    struct NoAnswer: Error, CustomStringConvertible {
        let address, reason: String
        var description: String { "\(address) does not answer: \(reason)" }
    }

    /// The server's refusal, in its own words.
    struct Refused: Error, CustomStringConvertible {
        let request: String, status: Int, problem: Problem?

        var description: String {
            let said = problem.map { "\($0.title): \($0.detail)" } ?? "The server's answer is none of the API's. Is the address right?"
            return "\(request) was answered \(status). \(said)"
        }

        func faults(in file: String) -> [String] {
            (problem?.errors ?? []).map { fault in
                let place = [fault.line, fault.column].compactMap { $0.map(String.init) }.map { $0 + ":" }.joined()
                return "\(file):\(place) \(fault.pointer): \(fault.detail)"
            }
        }
    }
}
