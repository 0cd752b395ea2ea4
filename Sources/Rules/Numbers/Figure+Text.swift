extension Figure {
    /// A mean as people read it: one decimal, in the language's own way.
    public func mean(in language: Language) -> String { localised(text(decimals: 1), language) }

    /// A spread: two decimals.
    public func spread(in language: Language) -> String { localised(text(decimals: 2), language) }

    /// As printed: all four decimals.
    public func whole(in language: Language) -> String { localised(description, language) }

    /// A difference, with its sign; what rounds to nought has none.
    public func difference(in language: Language) -> String {
        let text = text(decimals: 1)
        let isNought = text == "0.0" || text == "-0.0"
        return (isNought ? "" : tenThousandths > 0 ? "+" : "") + localised(isNought ? "0.0" : text, language)
    }

    /// A share in per cent, whole by default.
    public func percent(in language: Language, decimals: Int = 0) -> String {
        let number = localised(Figure(tenThousandths: tenThousandths * 100).text(decimals: decimals), language)
        return language == .sv ? "\(number)\u{A0}%" : "\(number)%"
    }
}

private func localised(_ text: String, _ language: Language) -> String {
    let signed = text.replacing("-", with: "\u{2212}")
    return language == .sv ? signed.replacing(".", with: ",") : signed
}
