import Rules

extension Figure {
    /// A mean as people read it: one decimal, in the language's own way.
    func mean(in language: Language) -> String { localised(text(decimals: 1), language) }

    /// A spread: two decimals.
    func spread(in language: Language) -> String { localised(text(decimals: 2), language) }

    /// A difference, with its sign; what rounds to nought has none.
    func difference(in language: Language) -> String {
        let text = text(decimals: 1)
        let isNought = text == "0.0" || text == "-0.0"
        return (isNought ? "" : tenThousandths > 0 ? "+" : "") + localised(isNought ? "0.0" : text, language)
    }

    /// A share as whole per cent.
    func percent(in language: Language) -> String {
        let whole = Figure(tenThousandths: tenThousandths * 100).text(decimals: 0)
        return language == .sv ? "\(whole)\u{A0}%" : "\(whole)%"
    }
}

private func localised(_ text: String, _ language: Language) -> String {
    let signed = text.replacing("-", with: "\u{2212}")
    return language == .sv ? signed.replacing(".", with: ",") : signed
}
