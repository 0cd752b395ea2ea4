/// A printed figure: four decimals, rounded half up (towards plus infinity) once, from the exact fraction. What is in memory is what stands in the document.
public struct Figure: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let tenThousandths: Int

    public init(tenThousandths: Int) {
        self.tenThousandths = tenThousandths
    }

    /// `value` is of the size of a level or a count.
    public init(_ value: Rational) {
        guard let units = value.rounded(places: 4).int else { preconditionFailure("no figure is that large") }
        tenThousandths = units
    }

    /// Reads exactly what `description` writes: `2.1222`, `-0.5000`.
    public init?(_ text: String) {
        var rest = Scanner(text)
        let isNegative = rest.skip("-")
        let whole = rest.digits(upTo: 12)
        guard !whole.isEmpty, rest.skip("."), let decimals = rest.number(4), rest.isAtEnd else { return nil }
        let magnitude = whole.reduce(0) { $0 * 10 + $1 } * 10_000 + decimals
        self.init(tenThousandths: isNegative ? -magnitude : magnitude)
        guard description == text else { return nil }  // no leading zeros, no minus nought
    }

    public static func < (a: Figure, b: Figure) -> Bool { a.tenThousandths < b.tenThousandths }

    public var description: String { text(decimals: 4) }

    /// With fewer decimals, half up, for people: means have one and spread has two (domain.md §5.4).
    public func text(decimals: Int) -> String {
        let units = rounded(decimals: decimals)
        guard decimals > 0 else { return String(units) }
        let one = (0..<decimals).reduce(1) { power, _ in power * 10 }
        let magnitude = abs(units)
        return "\(units < 0 ? "-" : "")\(magnitude / one).\((magnitude % one).padded(decimals))"
    }

    /// In units of ten to minus `decimals` (0–4), half up.
    public func rounded(decimals: Int) -> Int {
        let unit = (decimals..<4).reduce(1) { power, _ in power * 10 }
        return (tenThousandths + unit / 2).flooredQuotient(unit)
    }

    public var exact: Rational { Rational(tenThousandths, over: 10_000) }
}

extension Figure: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let figure = Figure(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a figure has four decimals")
        }
        self = figure
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
