import FoundationEssentials

/// A value that can be read from a column, in PostgreSQL's binary form.
public protocol Readable: Sendable {
    /// Whether a column of the type with this number (`pg_type.oid`) holds such values.
    static func reads(oid: UInt32) -> Bool

    /// - Parameter column: the column's bytes; never those of a NULL.
    /// - Throws: `DecodingFault.malformed` if the bytes are not what the type promises.
    init(_ column: UnsafeRawBufferPointer) throws(DecodingFault)
}

extension Readable where Self: Bindable {
    public static func reads(oid: UInt32) -> Bool { oid == Self.oid }
}

extension Readable where Self: FixedWidthInteger {
    public init(_ column: UnsafeRawBufferPointer) throws(DecodingFault) {
        guard column.count == MemoryLayout<Self>.size else { throw .malformed }
        self = Self(bigEndian: column.loadUnaligned(as: Self.self))
    }
}

extension Int16: Readable {}
extension Int32: Readable {}
extension Int64: Readable {}

/// The one number that also reads narrower columns: nothing can be lost.
extension Int: Readable {
    public static func reads(oid: UInt32) -> Bool { oid == Int64.oid || oid == Int32.oid || oid == Int16.oid }

    public init(_ column: UnsafeRawBufferPointer) throws(DecodingFault) {
        switch column.count {
        case 8: self = Int(try Int64(column))
        case 4: self = Int(try Int32(column))
        default: self = Int(try Int16(column))
        }
    }
}

extension Bool: Readable {
    public init(_ column: UnsafeRawBufferPointer) throws(DecodingFault) {
        guard column.count == 1 else { throw .malformed }
        self = column[0] != 0
    }
}

extension Double: Readable {
    public init(_ column: UnsafeRawBufferPointer) throws(DecodingFault) {
        self.init(bitPattern: UInt64(bitPattern: try Int64(column)))
    }
}

/// Reads text, varchar, char(n), name and json, which all travel as UTF-8.
extension String: Readable {
    public static func reads(oid: UInt32) -> Bool {
        switch oid {
        case 25, 1043, 1042, 19, 114: true
        default: false
        }
    }

    public init(_ column: UnsafeRawBufferPointer) throws(DecodingFault) {
        self.init(decoding: column, as: UTF8.self)
    }
}

extension UUID: Readable {
    public init(_ column: UnsafeRawBufferPointer) throws(DecodingFault) {
        guard column.count == 16 else { throw .malformed }
        self.init(uuid: column.loadUnaligned(as: uuid_t.self))
    }
}
