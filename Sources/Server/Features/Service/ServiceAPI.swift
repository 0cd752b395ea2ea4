import Contract
import Foundation
import Rules
import Yams

/// What the API says of itself: its contract as a file, and the profile's `api-info`, which is read from it.
struct ServiceAPI: Sendable {
    private let bytes: [UInt8]
    private let tag: EntityTag
    private let info: Info

    private struct Info: Decodable {
        let title, version: String
        let released, status: String

        enum CodingKeys: String, CodingKey {
            case title, version, released = "x-released", status = "x-status"
        }
    }

    private struct File: Decodable { let info: Info }

    init() throws {
        bytes = try ContractFile.read()
        tag = EntityTag(of: bytes)
        info = try YAMLDecoder().decode(File.self, from: Data(bytes)).info
    }

    var routes: [Route] {
        [
            Route(.get, "/api/v1/api-info", operation: "getApiInfo", needs: .nobody, handler: getApiInfo),
            Route(.get, "/api/v1/openapi.yaml", operation: "getContractFile", needs: .nobody, gives: ["application/yaml"], handler: getContractFile),
        ]
    }

    @Sendable private func getApiInfo(_ call: Call) async throws -> Reply {
        .json([
            "apiName": "nyttograd", "apiVersion": .string(info.version), "apiReleased": .string(info.released),
            "apiDocumentation": .string(call.site.url("/api/v1/openapi.yaml")), "apiStatus": .string(info.status),
            "_links": ["self": call.link(call.path)],
        ]).kept(.shared(seconds: 3600))
    }

    @Sendable private func getContractFile(_ call: Call) async throws -> Reply {
        .bytes(bytes, type: "application/yaml; charset=utf-8").tag(tag).kept(.shared(seconds: 3600))
    }
}
