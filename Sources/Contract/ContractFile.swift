import Foundation

/// The contract of the API, as the file that is served.
public enum ContractFile {
    public static func read() throws -> [UInt8] {
        Array(try Data(contentsOf: Bundle.module.bundleURL.appending(path: "openapi.yaml")))
    }
}
