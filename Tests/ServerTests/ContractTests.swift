import Contract
import Database
import Foundation
import Logging
import Rules
import Testing
import Yams

@testable import Server

/// openapi.yaml and the routes say the same: every operation is served, and every route of the API is an operation.
@Suite struct ContractTests {
    /// Routes of the API that are no operation: the contract itself. (`/livez` and `/readyz` are outside the routes too.)
    static let outside: Set<String> = ["getContractFile"]

    @Test func everyOperationIsServedAndEveryRouteIsAnOperation() async throws {
        let routes = try await Routes.ofTheApp().all.filter { $0.isAPI && !ContractTests.outside.contains($0.operation) }
        let promised = try ContractFile.operations()
        #expect(Set(routes.map(\.facts)).symmetricDifference(promised) == [])
        #expect(routes.count == promised.count)
    }

    @Test func whatStandsOutsideIsThere() async throws {
        let routes = try await Routes.ofTheApp().all
        #expect(Set(routes.map(\.operation)).isSuperset(of: ContractTests.outside))
    }

    /// Pages ask for the capabilities that there are, and lie outside the API.
    @Test func aPageNeedsWhatAnOperationCould() async throws {
        let known = Set(Capability.allCases.map(\.rawValue) + ["none", "participant", "operator"])
        for route in try await Routes.ofTheApp().all {
            #expect(known.contains(route.needs.word), "\(route.operation)")
            #expect(route.isAPI == route.path.hasPrefix("/api/v1/"), "\(route.path)")
        }
    }
}

/// What a route and an operation have in common. Two that differ are shown side by side by the test.
struct OperationFacts: Hashable, CustomStringConvertible {
    let method, path, operation, needs: String
    let query: [String]
    let takesBody: Bool

    var description: String { "\(method) \(path) \(operation), needs \(needs), query \(query), \(takesBody ? "with" : "no") body" }
}

extension Routes {
    /// The app's, with services that reach nothing: they are looked at, and never called.
    static func ofTheApp() async throws -> Routes {
        var settings = Database.Settings(conninfo: "")
        (settings.reading, settings.writing, settings.threads) = (0, 0, 0)
        let database = try Database(settings)
        let keys = try LinkKeys(setting: String(repeating: "k", count: 32))
        let mail = Services.Mailer(
            writer: MailWriter(texts: try MailTexts(), from: try Mailbox("nobody@nyttograd.example"), host: "nyttograd.example"),
            room: NoMail(), logger: Logger(label: "contract"))
        let services = try Services(
            database: database, clock: .machine, links: Links(keys), bell: Bell(), mail: mail,
            site: Site(baseURL: "https://nyttograd.example", formKey: keys.signing),
            questionnaires: Questionnaires(database, beginningWith: []), attempts: Attempts(), language: .sv,
            logger: Logger(label: "contract"))
        let routes = Result { try App.routes(services) }
        await database.close()
        return try routes.get()
    }

    private struct NoMail: MailRoom {
        func send(_: MailMessage) async -> MailOutcome { .tryAgain(reason: "there is no mail here") }
    }
}

extension Route {
    fileprivate var facts: OperationFacts {
        OperationFacts(
            method: method.rawValue, path: path, operation: operation, needs: needs.word, query: query.sorted(), takesBody: takes != .nothing)
    }
}

extension Needs {
    /// As `x-capability` says it.
    fileprivate var word: String {
        switch self {
        case .nobody: "none"
        case .member(let capability): capability
        case .participant: "participant"
        case .operator: "operator"
        }
    }
}

// MARK: - The file

extension ContractFile {
    static func operations() throws -> [OperationFacts] {
        let file = try YAMLDecoder().decode(File.self, from: Data(try read()))
        return file.paths.flatMap { path, item in
            item.map { method, operation in
                let parameters = operation.parameters.compactMap { $0.reference == nil ? $0 : file.components.parameters[$0.referencedName] }
                return OperationFacts(
                    method: method.uppercased(), path: "/api/v1" + path, operation: operation.operationId, needs: operation.capability,
                    query: parameters.filter { $0.in == "query" }.compactMap(\.name).sorted(), takesBody: operation.requestBody != nil)
            }
        }
    }

    private struct File: Decodable {
        struct Components: Decodable { let parameters: [String: Parameter] }

        let paths: [String: [String: Operation]]
        let components: Components
    }

    private struct Operation: Decodable {
        struct Anything: Decodable {}

        let operationId, capability: String
        let parameters: [Parameter]
        let requestBody: Anything?

        enum CodingKeys: String, CodingKey { case operationId, capability = "x-capability", parameters, requestBody }
    }

    private struct Parameter: Decodable {
        let name, `in`, reference: String?

        var referencedName: String { reference?.split(separator: "/").last.map(String.init) ?? "" }

        enum CodingKeys: String, CodingKey { case name, `in`, reference = "$ref" }
    }
}
