import Foundation
import FoundationNetworking

/// A client of the public API, as any integrator would write one. The demo has no other way in.
struct DemoClient: Sendable {
    /// Where the server listens, without a slash at the end.
    let address: String
    /// The bearer token: a session, or a personal link's.
    private let token: String?
    private let session: URLSession

    init(address: String) { self.init(address: address, token: nil, session: URLSession(configuration: .ephemeral)) }

    private init(address: String, token: String?, session: URLSession) { (self.address, self.token, self.session) = (address, token, session) }

    func with(_ token: String) -> DemoClient { DemoClient(address: address, token: token, session: session) }

    /// The server's refusal, in its own words.
    struct Refused: Error, CustomStringConvertible {
        let request: String, status: Int, body: String
        var description: String { "\(request) was answered \(status): \(body)" }
    }

    func get<Answer: Decodable>(_ path: String) async throws -> Answer {
        try JSONDecoder().decode(Answer.self, from: try await call("GET", path, nil as Nothing?))
    }

    func send<Answer: Decodable>(_ method: String, _ path: String, _ body: some Encodable & Sendable) async throws -> Answer {
        try JSONDecoder().decode(Answer.self, from: try await call(method, path, body))
    }

    func send(_ method: String, _ path: String, _ body: some Encodable & Sendable) async throws {
        _ = try await call(method, path, body)
    }

    func send(_ method: String, _ path: String) async throws {
        _ = try await call(method, path, nil as Nothing?)
    }

    private struct Nothing: Encodable, Sendable {}

    private func call(_ method: String, _ path: String, _ body: (some Encodable & Sendable)?) async throws -> Data {
        guard let url = URL(string: "\(address)/api/v1\(path)") else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.httpMethod = method
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        if let body {
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
            request.httpBody = try JSONEncoder().encode(body)
        }
        let (data, response) = try await session.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard (200..<300).contains(status) else {
            throw Refused(request: "\(method) \(path)", status: status, body: String(decoding: data, as: UTF8.self))
        }
        return data
    }
}
