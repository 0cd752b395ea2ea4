/// What one more answer would give (disclosure.md §3), from the counts of the whole round alone.
public struct NextAnswer: Hashable, Sendable {
    /// Of a hundred items, how many would get figures with the answers there are, and with one more; nil where none can.
    public let itemsNow, itemsThen: Int?
    public let text: Text2

    /// nil when everybody who was invited has submitted, and before there is a contract.
    public init?(submitted: Int, invited: Int, k: Int?) {
        guard let k, submitted < invited else { return nil }
        itemsNow = NextAnswer.share(submitted, k: k)
        itemsThen = NextAnswer.share(submitted + 1, k: k)
        text = NextAnswer.sentence(missing: k - submitted, now: itemsNow, then: itemsThen, k: k)
    }

    private static func sentence(missing: Int, now: Int?, then: Int?, k: Int) -> Text2 {
        guard let then else {
            return Text2(
                sv: "Det behövs \(missing) svar till innan några siffror kan visas. Ett enda räcker inte.",
                en: "It takes \(missing) more answers before any figures can be shown. One alone is not enough.")
        }
        guard let now else {
            return Text2(
                sv: "Med ett svar till kan siffror visas: för omkring \(then) av 100 påståenden, de som alla \(k) har bedömt.",
                en: "With one more answer figures can be shown: for about \(then) of 100 statements, those that all \(k) have judged.")
        }
        if now == then {
            return Text2(
                sv: "Nästan alla påståenden får siffror redan nu. Ett svar till gör bilden säkrare, men visar knappast mer.",
                en: "Almost all statements get figures already. One more answer makes the picture surer, but hardly shows more.")
        }
        return Text2(
            sv: "Med svaren som finns får omkring \(now) av 100 påståenden siffror. Med ett svar till blir det omkring \(then).",
            en: "With the answers there are, about \(now) of 100 statements get figures. With one more it is about \(then).")
    }

    /// The chance in hundredths that at least k of n persons judge an item, if each judges 85 of 100; nil where it cannot be.
    private static func share(_ n: Int, k: Int) -> Int? {
        guard n >= k else { return nil }
        var term = 1.0, fewer = 0.0
        for _ in 0..<n { term *= 1 - judged }
        for judging in 0..<k {
            fewer += term
            term *= Double(n - judging) / Double(judging + 1) * judged / (1 - judged)
        }
        return Int(((1 - fewer) * 100).rounded())
    }

    private static let judged = 0.85
}
