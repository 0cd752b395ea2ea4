import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Synchronization

@testable import Server

/// One who asks the server: in this process (`Direct`), or over a connection (`Connection`).
protocol Client: Sendable {
    func send(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, body: String?) async throws -> Answer
}

/// What came back.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    /// The slug of the problem, which must be one.
    var problem: String? {
        guard headers[.contentType] == "application/problem+json" else { return nil }
        return text.firstMatch(of: /"type":"https:\/\/nyttograd.example\/problems\/([a-z-]+)"/).map { String($0.1) }
    }

    /// The pointers of the errors, in order.
    var pointers: [String] { text.matches(of: /"pointer":"([^"]*)"/).map { String($0.1) } }
}

// MARK: - In this process

/// Calls what the router answers with, without a network.
struct Direct<Responder: HTTPResponder>: Client where Responder.Context == EdgeContext {
    let responder: Responder
    var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private struct Source: RequestContextSource {
        var logger: Logger
    }

    func send(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, body: String?) async throws -> Answer {
        var head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path, headerFields: headers)
        if let body { head.headerFields[.contentLength] = "\(body.utf8.count)" }
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body ?? "")))
        let response = try await responder.respond(to: request, context: EdgeContext(source: Source(logger: logger)))
        let collected = Collected()
        try await response.body.write(collected)
        return Answer(status: response.status.code, headers: response.headers, text: String(buffer: collected.bytes.withLock { $0 }))
    }

    private final class Collected: ResponseBodyWriter {
        let bytes = Mutex(ByteBuffer())

        func write(_ buffer: ByteBuffer) { bytes.withLock { _ = $0.writeImmutableBuffer(buffer) } }
        func finish(_ trailers: HTTPFields?) {}
    }
}

// MARK: - Over a connection

/// One connection to a server on this machine. Reads exactly as many bytes as an answer says it has, so that one whose body is longer or shorter than that
/// spoils the next.
final class Connection: Client {
    private let socket: Int32

    struct Broken: Error {
        let what: String
    }

    init(port: Int) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard result == 0 else { throw Broken(what: "no connection") }
    }

    deinit { close(socket) }

    /// On a thread of its own: it waits, and the server of the test needs the others.
    func send(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, body: String?) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try self.exchange(method, path, headers, body) }) }
        }
    }

    /// Sends the head of a request, and then one byte of its body after the other until the server has had enough.
    func drip(_ head: String) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result {
                    try self.write(head)
                    var reading = pollfd(fd: self.socket, events: Int16(POLLIN), revents: 0)
                    while poll(&reading, 1, 10) == 0 { try self.write(" ") }
                    return try self.answer(to: .post)
                })
            }
        }
    }

    private func exchange(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, _ body: String?) throws -> Answer {
        let fields = headers.map { "\($0.name): \($0.value)\r\n" }.joined() + (body.map { "Content-Length: \($0.utf8.count)\r\n" } ?? "")
        try write("\(method.rawValue) \(path) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n\(body ?? "")")
        return try answer(to: method)
    }

    private func answer(to method: HTTPRequest.Method) throws -> Answer {
        let lines = try head()
        guard let first = lines.first, first.hasPrefix("HTTP/1.1 "), let status = Int(first.dropFirst(9).prefix(3)) else {
            throw Broken(what: "no status line: \(lines.first ?? "")")
        }
        var answered = HTTPFields()
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let name = HTTPField.Name(String(parts[0])) else { throw Broken(what: "no header field: \(line)") }
            answered.append(HTTPField(name: name, value: parts[1].trimmingCharacters(in: .whitespaces)))
        }
        let hasBody = method != .head && status != 204 && status != 304
        let length = hasBody ? answered[.contentLength].flatMap { Int($0) } ?? 0 : 0
        return Answer(status: status, headers: answered, text: String(decoding: try read(length), as: UTF8.self))
    }

    /// The lines up to the empty one.
    private func head() throws -> [String] {
        var bytes: [UInt8] = []
        while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) { bytes += try read(1) }
        return String(decoding: bytes.dropLast(4), as: UTF8.self).components(separatedBy: "\r\n")
    }

    private func read(_ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard count == 0 || recv(socket, &bytes, count, Int32(MSG_WAITALL)) == count else { throw Broken(what: "the answer ended early") }
        return bytes
    }

    private func write(_ text: String) throws {
        var bytes = ArraySlice(text.utf8)
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw Broken(what: "the connection is closed") }
            bytes = bytes.dropFirst(count)
        }
    }
}

extension Router<EdgeContext> {
    /// Serves on a free port of this machine while `body` runs, and gives it a connection.
    func overAConnection(logger: Logger, _ body: (any Client) async throws -> Void) async throws {
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: self, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { told.yield($0.localAddress?.port ?? 0) }, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { told.finish() }
                try await application.run()
            }
            defer { group.cancelAll() }
            guard let port = await ports.first(where: { _ in true }) else { return try await group.next() ?? () }
            try await body(Connection(port: port))
        }
    }
}
