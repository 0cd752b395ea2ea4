/// The printed cells of one item (disclosure.md R3): all that is ever taken from persons.
public struct Cells: Hashable, Sendable, Decodable {
    public let submitted: Int
    /// Those who gave both halves: the one base of both histograms (R2).
    public let pairs: Int
    public let dontKnow: Int
    public let notRelevant: Int
    public let blank: Int
    /// Only where at least k gave a pair.
    public let histograms: Histograms?

    /// The same persons, counted by the level that they gave.
    public struct Histograms: Hashable, Sendable, Decodable {
        public let current: Histogram
        public let desired: Histogram
    }

    /// Of a part of those who submitted: who gave a pair, and nothing of the others.
    init(pairs: Int, histograms: Histograms?) {
        (submitted, self.pairs, dontKnow, notRelevant, blank) = (pairs, pairs, 0, 0, 0)
        self.histograms = histograms
    }

    /// Counts one item over the submitted sheets and keeps what may be printed.
    init(item: Int, of sheets: [Sheet], levels: Int, k: Int, rules: Disclosure) {
        var current = Histogram(levels: levels), desired = Histogram(levels: levels)
        var pairs = 0, dontKnow = 0, notRelevant = 0, blank = 0
        for sheet in sheets {
            let answer = sheet.answers[item]
            switch answer.meaning {
            case .pair(let now, let then):
                pairs += 1
                current.count(now)
                desired.count(then)
            case .dontKnow: dontKnow += 1
            case .notRelevant: notRelevant += 1
            case .blank:
                blank += 1
                guard !rules.oneBase else { continue }
                current.count(Int(answer.current))
                desired.count(Int(answer.desired))
            }
        }
        (submitted, self.pairs, self.dontKnow, self.notRelevant, self.blank) = (sheets.count, pairs, dontKnow, notRelevant, blank)
        let isShown = pairs >= (rules.histogramsFromK ? k : 1)
        histograms = isShown ? Histograms(current: current, desired: desired) : nil
    }
}

/// How many persons gave each level.
public struct Histogram: Hashable, Sendable {
    /// From level 1 upwards.
    public private(set) var counts: [Int]

    init(levels: Int) {
        counts = Array(repeating: 0, count: levels)
    }

    /// From level 1 upwards; at least two levels, none below 0.
    public init?(counts: [Int]) {
        guard counts.count >= 2, counts.allSatisfy({ $0 >= 0 }) else { return nil }
        self.counts = counts
    }

    fileprivate mutating func count(_ level: Int) {
        guard counts.indices.contains(level - 1) else { return }
        counts[level - 1] += 1
    }

    public var persons: Int { counts.reduce(0, +) }
}

// MARK: - Figures of a histogram, exact

extension Histogram {
    /// The arithmetic mean of the levels; the histogram is not empty, here and below.
    public var mean: Rational {
        Rational(sum(of: 1), over: persons)
    }

    /// The sample standard deviation, from the exact variance; of one person 0.
    public var standardDeviation: Rational {
        guard persons > 1 else { return 0 }
        let n = persons
        return Rational(n * sum(of: 2) - sum(of: 1) * sum(of: 1), over: n * (n - 1)).squareRoot
    }

    /// Leik's agreement (1966): 1 less twice the sum, over the steps between two levels, of the smaller of the shares below and above the step, divided by
    /// the number of steps. 1 when all chose one level, 0 when half chose the lowest and half the highest. (The sum is also the mean distance from the
    /// median, so this is one less the distance, as a part of the greatest there can be.)
    public var agreement: Rational {
        let n = persons
        var below = 0, smaller = 0
        for count in counts.dropLast() {
            below += count
            smaller += min(below, n - below)
        }
        return 1 - Rational(2 * smaller, over: n * (counts.count - 1))
    }

    /// The sum of the levels, or of their squares.
    private func sum(of power: Int) -> Int {
        counts.enumerated().reduce(0) { sum, cell in
            let level = cell.offset + 1
            return sum + cell.element * (power == 1 ? level : level * level)
        }
    }
}

/// The level that a mean stands for: the nearest, the higher of two equally near, on the scale (domain.md §5.1).
func level(of mean: Rational, levels: Int) -> Int {
    min(max(mean.rounded(places: 0).int ?? levels, 1), levels)
}
