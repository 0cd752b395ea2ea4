/// A quantile of exact values, by linear interpolation between the two nearest ranks: of n sorted values, the one at place 1 + (n - 1)·p, as PostgreSQL's
/// `percentile_cont` has it. `values` is sorted and not empty; `part` is 0–1.
func quantile(_ part: Rational, of values: [Rational]) -> Rational {
    let place = Rational(values.count - 1) * part
    guard let below = place.floored().int, below + 1 < values.count else { return values[values.count - 1] }
    let weight = place - Rational(below)
    return values[below] + (values[below + 1] - values[below]) * weight
}
