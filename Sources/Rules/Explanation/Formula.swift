/// How a figure is computed, step by step down to printed cells. Its value and its text come of the same parts, so that what is said is what is computed.
public indirect enum Formula: Hashable, Sendable {
    /// The mean of a histogram, from level 1 upwards.
    case levels([Int])
    /// The sample standard deviation of a histogram.
    case deviation([Int])
    case mean([Formula])
    case difference(Formula, Formula)
    case share(Int, of: Int)

    /// Exact, but for roots, which are cut after twelve decimals. A histogram has at least one person.
    public var value: Rational {
        switch self {
        case .levels(let counts): Histogram(counts: counts)?.mean ?? 0
        case .deviation(let counts): Histogram(counts: counts)?.standardDeviation ?? 0
        case .mean(let parts): Rational.mean(parts.map(\.value)) ?? 0
        case .difference(let first, let second): first.value - second.value
        case .share(let part, let whole): Rational(part, over: max(whole, 1))
        }
    }

    /// As one would write it down: `(1 × 1 + 3 × 2) / 4` for a histogram alone, `4/7` for one among others, `s(1, 3, 0)` for a standard deviation.
    public var text: String {
        guard case .levels(let counts) = self else { return part }
        let terms = counts.enumerated().filter { $0.element > 0 }.map { "\($0.element) × \($0.offset + 1)" }
        return "(\(terms.joined(separator: " + "))) / \(counts.reduce(0, +))"
    }

    private var part: String {
        switch self {
        case .levels(let counts): "\(counts.enumerated().reduce(0) { $0 + $1.element * ($1.offset + 1) })/\(counts.reduce(0, +))"
        case .deviation(let counts): "s(\(counts.map(String.init).joined(separator: ", ")))"
        case .mean(let parts): "(\(parts.map(\.part).joined(separator: " + "))) / \(parts.count)"
        case .difference(let first, let second): "\(first.part) \u{2212} \(second.part)"
        case .share(let part, let whole): "\(part)/\(whole)"
        }
    }
}
