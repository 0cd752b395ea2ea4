/// The group that answers in the council with three years of rounds: eight in the first, sixteen in the second and twenty-four in the third. And what
/// they say: leadership and needs grow strong, realisation falls back, responsibility is seen quite differently from above and from below, follow-up is
/// seen by few, and valuation is weak without many wishing for more.
enum DemoYearsGroup {
    struct One: Sendable {
        /// Its place among all of them.
        let place: Int
        let person: DemoPeople.Person
        fileprivate let part: Part
    }

    /// Whose eyes somebody sees with.
    fileprivate enum Part { case management, support, service }

    static func invited(_ yearsAgo: Int) -> [One] { Array(all.prefix([24, 16, 8][yearsAgo])) }

    /// The places of those who do not answer.
    static func silent(_ yearsAgo: Int) -> Set<Int> { [[16, 19], [12], [5]][yearsAgo] }

    private static let representative = "programme-area-representative"

    private static let all = (DemoPeople.people + [
        .init(name: "Ingrid Vik", address: "ingrid.vik", function: "municipal-director", title: "Kommundirektör"),
        .init(name: "Klara Lund", address: "klara.lund", function: "digitalisation-strategist", title: "Digitaliseringsstrateg"),
        .init(name: "Lars Hed", address: "lars.hed", function: "other", title: "Controller"),
        .init(name: "Maja Gran", address: "maja.gran", function: "programme-area-director", title: "Socialdirektör", area: "Social välfärd"),
        .init(name: "Nils Ask", address: "nils.ask", function: representative, title: "Enhetschef hemtjänst", area: "Social välfärd"),
        .init(name: "Olga Falk", address: "olga.falk", function: representative, title: "Enhetschef individ och familj", area: "Social välfärd"),
        .init(name: "Petra Sund", address: "petra.sund", function: "programme-area-director", title: "Skoldirektör", area: "Barn och utbildning"),
        .init(name: "Rolf Ståhl", address: "rolf.stahl", function: representative, title: "Rektor grundskola", area: "Barn och utbildning"),
        .init(name: "Sara Björk", address: "sara.bjork", function: "procurement-director", title: "Inköpschef"),
        .init(name: "Tage Moberg", address: "tage.moberg", function: "other", title: "HR-specialist"),
        .init(name: "Ulla Norén", address: "ulla.noren", function: "other", title: "Systemförvaltare"),
        .init(name: "Viktor Alm", address: "viktor.alm", function: representative, title: "Enhetschef funktionsstöd", area: "Social välfärd"),
        .init(name: "Wilma Öst", address: "wilma.ost", function: representative, title: "Planeringsledare", area: "Social välfärd"),
        .init(name: "Yngve Kvist", address: "yngve.kvist", function: representative, title: "Kvalitetssamordnare", area: "Social välfärd"),
        .init(name: "Åsa Frid", address: "asa.frid", function: representative, title: "Rektor förskola", area: "Barn och utbildning"),
        .init(name: "Östen Vall", address: "osten.vall", function: representative, title: "Utvecklingsledare", area: "Barn och utbildning"),
    ]).enumerated().map { place, person in
        let isManager = person.area.isEmpty && person.function.hasSuffix("director")
        return One(place: place, person: person, part: !person.area.isEmpty ? .service : isManager ? .management : .support)
    }

    // MARK: What they say

    /// In quarters of a level, by dimension: the current one two years ago, a year ago and now, and the desired one.
    private static let current = [[8, 12, 15], [11, 13, 15], [7, 7, 7], [9, 10, 11], [10, 11, 11], [12, 10, 9], [8, 8, 8], [10, 11, 12]]
    private static let desired = [17, 17, 8, 15, 17, 16, 16, 16]
    private static let leanings = [-3, 1, 0, 3, -1, 0, 4, -4, 2, -2, 3, -3]

    static func answers(of one: One, yearsAgo: Int) -> [String: DemoAnswers.Value] {
        var answers: [String: DemoAnswers.Value] = [:]
        for dimension in 1...8 {
            for item in 1...4 { answers["d\(dimension).\(item)"] = answer(dimension, item, one, yearsAgo) }
        }
        return answers
    }

    private static func answer(_ dimension: Int, _ item: Int, _ one: One, _ yearsAgo: Int) -> DemoAnswers.Value {
        if isUnknown(dimension, item, one, yearsAgo) { return .dontKnow }
        var leaning = leanings[(one.place * 5 + dimension * 7 + item * 2) % 12]
        if dimension == 3 { leaning = leaning / 2 + (one.place % 2 == 0 ? -1 : 1) }
        if dimension == 5 { leaning += view(of: one.part) / (yearsAgo == 2 ? 2 : 1) }
        let now = level(current[dimension - 1][2 - yearsAgo] + [0, 1, -1, 0][item - 1] + leaning)
        let then = level(desired[dimension - 1] + leanings[(one.place * 7 + dimension * 5 + item) % 12])
        return .levels(current: now, desired: max(now, then))
    }

    /// Few but the managers see how benefits are followed up. Else it is those of the services who now and then do not know.
    private static func isUnknown(_ dimension: Int, _ item: Int, _ one: One, _ yearsAgo: Int) -> Bool {
        if dimension == 7 { return (one.place + item) % (yearsAgo == 2 ? 5 : one.part == .management ? 7 : 2) == 0 }
        return one.part == .service && (dimension * 7 + item * 3 + one.place * 5) % 13 == 0
    }

    /// How much clearer responsibility looks from there.
    private static func view(of part: Part) -> Int {
        switch part {
        case .management: 5
        case .support: 0
        case .service: -4
        }
    }

    private static func level(_ quarters: Int) -> Int { min(5, max(1, (quarters + 2) / 4)) }
}
