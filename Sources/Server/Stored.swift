import Database
import Foundation
import Rules

// How the domain's values stand in PostgreSQL.

extension ID: Bindable, Readable {
    public static var oid: UInt32 { UUID.oid }
    public func write(to bytes: inout [UInt8]) { uuid.write(to: &bytes) }
    public static func reads(oid: UInt32) -> Bool { UUID.reads(oid: oid) }
    public init(_ column: UnsafeRawBufferPointer) throws(DecodingFault) { self.init(try UUID(column)) }
}

/// A timestamptz: microseconds since 2000-01-01T00:00:00Z.
extension Instant: Bindable, Readable {
    private static let epoch: Int64 = 946_684_800_000_000

    public static var oid: UInt32 { 1184 }
    public func write(to bytes: inout [UInt8]) { (microseconds - Instant.epoch).write(to: &bytes) }
    public static func reads(oid: UInt32) -> Bool { oid == Instant.oid }
    public init(_ column: UnsafeRawBufferPointer) throws(DecodingFault) {
        self.init(microseconds: try Int64(column) + Instant.epoch)
    }
}

/// A date: days since 2000-01-01.
extension Day: Bindable, Readable {
    private static let epoch = Day(year: 2000, month: 1, day: 1)

    public static var oid: UInt32 { 1082 }
    public func write(to bytes: inout [UInt8]) { Int32(clamping: number - (Day.epoch?.number ?? 0)).write(to: &bytes) }
    public static func reads(oid: UInt32) -> Bool { oid == Day.oid }
    public init(_ column: UnsafeRawBufferPointer) throws(DecodingFault) {
        guard let epoch = Day.epoch else { throw .malformed }
        self = epoch.adding(days: Int(try Int32(column)))
    }
}

/// A word in the database that this program does not know: it was written by a newer one.
struct UnknownWord: Error, CustomStringConvertible {
    let word: String, type: String
    var description: String { "the database says \(word), which is no \(type)" }
}

extension RawRepresentable where RawValue == String {
    /// From the word that stands in the database.
    init(stored word: String) throws {
        guard let value = Self(rawValue: word) else { throw UnknownWord(word: word, type: "\(Self.self)") }
        self = value
    }
}
