import FoundationEssentials

/// What PostgreSQL arrays of one dimension are made of; for `UInt8` the "array" is bytea.
///
/// A type that is `Bindable` and `Readable` needs no more than the number of its array type.
public protocol ArrayElement: Sendable {
    /// PostgreSQL's number of the array type, as in `pg_type.typarray`.
    static var arrayOID: UInt32 { get }
    static func readsArray(oid: UInt32) -> Bool
    static func write(_ elements: [Self], to bytes: inout [UInt8])
    static func read(_ column: UnsafeRawBufferPointer) throws(DecodingFault) -> [Self]
    static func holdNUL(_ elements: [Self]) -> Bool
}

extension Int16: ArrayElement { public static var arrayOID: UInt32 { 1005 } }
extension Int32: ArrayElement { public static var arrayOID: UInt32 { 1007 } }
extension Int64: ArrayElement { public static var arrayOID: UInt32 { 1016 } }
extension Int: ArrayElement { public static var arrayOID: UInt32 { 1016 } }
extension Bool: ArrayElement { public static var arrayOID: UInt32 { 1000 } }
extension Double: ArrayElement { public static var arrayOID: UInt32 { 1022 } }
extension String: ArrayElement { public static var arrayOID: UInt32 { 1009 } }
extension UUID: ArrayElement { public static var arrayOID: UInt32 { 2951 } }

extension Array: Bindable where Element: ArrayElement {
    public static var oid: UInt32 { Element.arrayOID }
    public func write(to bytes: inout [UInt8]) { Element.write(self, to: &bytes) }
    public var holdsNUL: Bool { Element.holdNUL(self) }
}

extension Array: Readable where Element: ArrayElement {
    public static func reads(oid: UInt32) -> Bool { Element.readsArray(oid: oid) }
    public init(_ column: UnsafeRawBufferPointer) throws(DecodingFault) {
        self = try Element.read(column)
    }
}

extension ArrayElement where Self: Bindable & Readable {
    public static func readsArray(oid: UInt32) -> Bool { oid == arrayOID }
    public static func holdNUL(_ elements: [Self]) -> Bool { elements.contains(where: \.holdsNUL) }

    /// Dimensions (0 for an empty array), whether there are NULLs, the elements' type; then count and lower bound; then length and bytes of each.
    public static func write(_ elements: [Self], to bytes: inout [UInt8]) {
        Int32(elements.isEmpty ? 0 : 1).write(to: &bytes)
        Int32(0).write(to: &bytes)
        Int32(bitPattern: oid).write(to: &bytes)
        if elements.isEmpty { return }
        Int32(clamping: elements.count).write(to: &bytes)
        Int32(1).write(to: &bytes)
        for element in elements {
            let lengthAt = bytes.count
            Int32(0).write(to: &bytes)
            element.write(to: &bytes)
            let length = Int32(clamping: bytes.count - lengthAt - 4)
            withUnsafeBytes(of: length.bigEndian) { bytes.replaceSubrange(lengthAt..<lengthAt + 4, with: $0) }
        }
    }

    /// Arrays of two dimensions, or with a NULL among the elements, are refused.
    public static func read(_ column: UnsafeRawBufferPointer) throws(DecodingFault) -> [Self] {
        var rest = column[...]
        let dimensions = try number(&rest)
        _ = try number(&rest)
        guard reads(oid: UInt32(bitPattern: try number(&rest))) else { throw .malformed }
        if dimensions == 0 { return [] }
        let count = try number(&rest)
        _ = try number(&rest)
        guard dimensions == 1, count >= 0 else { throw .malformed }
        var elements: [Self] = []
        elements.reserveCapacity(Int(count))
        for _ in 0..<count {
            let length = Int(try number(&rest))
            if length < 0 { throw .nullAmongElements }
            elements.append(try Self(try take(length, from: &rest)))
        }
        return elements
    }

    private static func number(_ rest: inout Slice<UnsafeRawBufferPointer>) throws(DecodingFault) -> Int32 {
        try Int32(try take(4, from: &rest))
    }

    private static func take(_ count: Int, from rest: inout Slice<UnsafeRawBufferPointer>) throws(DecodingFault) -> UnsafeRawBufferPointer {
        guard rest.count >= count else { throw .malformed }
        defer { rest = rest.dropFirst(count) }
        return UnsafeRawBufferPointer(rebasing: rest.prefix(count))
    }
}

/// Bytes: bound as bytea; read from bytea, or from text and json as UTF-8, so that a document can be handed on without a copy as text.
extension UInt8: ArrayElement {
    public static var arrayOID: UInt32 { 17 }
    public static func readsArray(oid: UInt32) -> Bool { oid == 17 || oid == 25 || oid == 114 }
    public static func write(_ elements: [UInt8], to bytes: inout [UInt8]) { bytes += elements }
    public static func read(_ column: UnsafeRawBufferPointer) throws(DecodingFault) -> [UInt8] { column.map(\.self) }
    public static func holdNUL(_ elements: [UInt8]) -> Bool { false }
}
