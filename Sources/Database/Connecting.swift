import CLibPQ
import Glibc

/// Opens a connection and leaves it in blocking mode, without pipeline.
///
/// - Parameters:
///   - options: command line options of the server (`-c name=value …`), added behind those that `conninfo` has.
/// - Returns: the address of a `PGconn`; whoever takes it calls `PQfinish`. An address, because pointers are not Sendable.
func connect(_ conninfo: String, options: String = "") throws(CannotConnect) -> UInt {
    guard let parsed = PQconninfoParse(conninfo, nil) else { throw CannotConnect(reason: "the connection string is malformed") }
    defer { PQconninfoFree(parsed) }
    let given = settings(of: parsed)
    let parameters = [
        ("dbname", conninfo),
        ("options", [given["options"], options].compactMap(\.self).joined(separator: " ")),
        ("client_encoding", "UTF8"),
        ("fallback_application_name", "nyttograd"),
        ("connect_timeout", given["connect_timeout"] ?? "5"),
    ]
    let connection = withCStrings(parameters.map(\.0)) { names in
        withCStrings(parameters.map(\.1)) { values in PQconnectdbParams(names, values, 1) }
    }
    guard let connection else { throw CannotConnect(reason: "out of memory") }
    guard PQstatus(connection) == CONNECTION_OK else {
        defer { PQfinish(connection) }
        throw CannotConnect(reason: String(cString: PQerrorMessage(connection)).trimmingBlanks)
    }
    // Otherwise libpq writes notices, which may quote data, to standard error.
    PQsetNoticeProcessor(connection, { _, _ in }, nil)
    return UInt(bitPattern: connection)
}

/// The settings that a connection string names.
private func settings(of parsed: UnsafeMutablePointer<PQconninfoOption>) -> [String: String] {
    var settings: [String: String] = [:]
    var option = parsed
    while let keyword = option.pointee.keyword {
        if let value = option.pointee.val { settings[String(cString: keyword)] = String(cString: value) }
        option += 1
    }
    return settings
}

/// Lends `strings` as an array of C strings that ends in a null pointer; nil is one too.
func withCStrings<R>(_ strings: [String?], _ body: ([UnsafePointer<CChar>?]) -> R) -> R {
    let copies = strings.map { $0.flatMap { strdup($0) } }
    defer { copies.forEach { free($0) } }
    return body(copies.map { UnsafePointer($0) } + [nil])
}

extension String {
    fileprivate var trimmingBlanks: String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
