import FoundationEssentials

/// A value that can stand in a statement, in PostgreSQL's binary form.
public protocol Bindable: Sendable {
    /// PostgreSQL's number of the type, as in `pg_type.oid`.
    static var oid: UInt32 { get }

    /// Appends the value as the type's `receive` function wants it: integers and floats are big-endian.
    func write(to bytes: inout [UInt8])

    /// Whether this is text with a NUL in it, which PostgreSQL cannot store; such a statement is refused before it is sent.
    var holdsNUL: Bool { get }
}

extension Bindable {
    public var holdsNUL: Bool { false }
}

extension Bindable where Self: FixedWidthInteger {
    public func write(to bytes: inout [UInt8]) {
        withUnsafeBytes(of: bigEndian) { bytes.append(contentsOf: $0) }
    }
}

extension Int16: Bindable { public static var oid: UInt32 { 21 } }
extension Int32: Bindable { public static var oid: UInt32 { 23 } }
extension Int64: Bindable { public static var oid: UInt32 { 20 } }
extension Int: Bindable { public static var oid: UInt32 { 20 } }

extension Bool: Bindable {
    public static var oid: UInt32 { 16 }
    public func write(to bytes: inout [UInt8]) { bytes.append(self ? 1 : 0) }
}

extension Double: Bindable {
    public static var oid: UInt32 { 701 }
    public func write(to bytes: inout [UInt8]) { Int64(bitPattern: bitPattern).write(to: &bytes) }
}

extension String: Bindable {
    public static var oid: UInt32 { 25 }
    public func write(to bytes: inout [UInt8]) { bytes.append(contentsOf: utf8) }
    public var holdsNUL: Bool { utf8.contains(0) }
}

extension UUID: Bindable {
    public static var oid: UInt32 { 2950 }
    public func write(to bytes: inout [UInt8]) { withUnsafeBytes(of: uuid) { bytes.append(contentsOf: $0) } }
}
