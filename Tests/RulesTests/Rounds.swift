@testable import Rules

/// Rounds to try rules on.
enum Sample {
    /// Dimensions `d1…` of equally many items; item n supports question n, and the third item of each dimension question 7 too.
    static func shape(dimensions: Int = 1, items: Int = 4, levels: Int = 5) -> Shape {
        Shape(
            levels: levels,
            dimensions: (1...dimensions).map { d in
                .init(key: "d\(d)", items: (1...items).map { .init(key: "d\(d).\($0)", questions: $0 == 3 ? [3, 7] : [($0 - 1) % 7 + 1]) })
            })!
    }

    /// A sheet from words like `2/4`; `–` is don't know, `x` not relevant, `.` blank, and `0` stands for a missing half.
    static func sheet(_ words: String, of shape: Shape) -> Sheet {
        let pairs = words.split(separator: " ").map { word -> (Int16, Int16) in
            switch word {
            case "–": return (8, 8)
            case "x": return (9, 9)
            case ".": return (0, 0)
            default:
                let halves = word.split(separator: "/").compactMap { Int16($0) }
                return (halves[0], halves[1])
            }
        }
        return Sheet(current: pairs.map(\.0), desired: pairs.map(\.1), of: shape)!
    }

    static func sheets(_ rows: [String], of shape: Shape) -> [Sheet] {
        rows.map { sheet($0, of: shape) }
    }

    /// disclosure.md §4.
    static let vector = sheets(
        ["2/4 1/4 2/4 2/3", "3/4 2/4 2/3 –", "1/3 1/3 2/3 1/3", "4/5 3/4 4/5 3/4", "2/4 2/4 – –", "2/4 2/3 1/4 –"], of: shape())

    static func heading(k: Int = 5, invited: Int = 8) -> ResultDocument.Heading {
        .init(
            municipality: .init(code: "9914", name: "Nyby"), roundTitle: "Mognadsanalys hösten", instrument: .init(key: "nr-1", version: 1),
            contractHash: String(repeating: "ab", count: 32), fixedAt: Instant(rfc3339: "2026-11-23T19:54:13Z")!, k: k, invited: invited)
    }

    static let group = ResultDocument.Group(
        orderedBy: .init(name: "Alva Ek", title: "Kvalitetsdirektör"), ranBy: .init(name: "Bo Lind", title: "E-strateg"),
        seats: [
            .init(function: .programmeAreaRepresentative, family: .programmeAreas, title: "Social välfärd"),
            .init(function: .eStrategist, family: .strategists, title: "E-strateg"),
            .init(function: .qualityDirector, family: .directors, title: "Kvalitetsdirektör"),
        ])

    /// All of one function.
    static func document(_ sheets: [Sheet], of shape: Shape, k: Int = 5, rules: Disclosure = Disclosure()) -> ResultDocument {
        document([eStrategists: sheets], of: shape, k: k, rules: rules)
    }

    static func document(_ sheets: [Branch: [Sheet]], of shape: Shape, k: Int = 5, rules: Disclosure = Disclosure()) -> ResultDocument {
        let submitted = sheets.values.map(\.count).reduce(0, +)
        return .make(heading(k: k, invited: submitted + 1), group: group, shape: shape, sheets: sheets, mayBeSplit: true, rules: rules)
    }

    static let eStrategists = Branch(family: .strategists, leaf: Function.eStrategist.rawValue)

    /// As many leaves as there are numbers, in families by turns or all in one; with nobody in them yet.
    static func branches(_ count: Int, in families: [RoleFamily] = [.directors, .strategists, .programmeAreas, .others]) -> [Branch] {
        (0..<count).map { Branch(family: families[$0 % families.count], leaf: "leaf \($0)") }
    }

    /// People of one council: levels near a level of their own, some don't know, some leave blanks or halves.
    static func round(people: Int, of shape: Shape, dontKnow percent: Int, _ chance: inout Chance) -> [Sheet] {
        (0..<people).map { _ in
            let leaning = chance.int(1...shape.levels - 1)
            let answers = shape.items.map { _ -> (Int16, Int16) in
                if chance.happens(percent) { return (8, 8) }
                if chance.happens(2) { return (9, 9) }
                if chance.happens(2) { return (0, 0) }
                let current = Int16(min(shape.levels, leaning + chance.int(0...1))), desired = Int16(chance.int(Int(current)...shape.levels))
                if chance.happens(2) { return chance.happens(50) ? (current, 0) : (0, desired) }
                return (current, desired)
            }
            return Sheet(current: answers.map(\.0), desired: answers.map(\.1), of: shape)!
        }
    }
}

extension [Branch: [Sheet]] {
    /// The same people, each in one of the branches; some branches may have none.
    init(_ sheets: [Sheet], dealtTo branches: [Branch], _ chance: inout Chance) {
        self.init(uniqueKeysWithValues: branches.map { ($0, []) })
        for sheet in sheets { self[branches[chance.int(0...branches.count - 1)], default: []].append(sheet) }
    }

    /// The same round, where in each part answers have changed hands as `[Sheet].shuffled(of:_:)` says: in all of it where there are no parts.
    func shuffledWithinParts(of shape: Shape, k: Int = 5, _ chance: inout Chance) -> Self {
        let clusters = Disclosure().parts(of: mapValues(\.count), k: k).map(\.branches)
        let parts = clusters.count > 1 ? clusters : [keys.sorted()]
        return Dictionary(uniqueKeysWithValues: parts.flatMap { part in
            var shuffled = part.flatMap { self[$0, default: []] }.shuffled(of: shape, &chance)[...]
            return part.map { branch in
                let count = self[branch, default: []].count
                defer { shuffled = shuffled.dropFirst(count) }
                return (branch, Array(shuffled.prefix(count)))
            }
        })
    }
}

extension [Sheet] {
    /// The same round, where for each item the current levels, and apart from them the desired ones, have changed hands among those who gave pairs.
    func shuffled(of shape: Shape, _ chance: inout Chance) -> [Sheet] {
        var current = map { $0.answers.map(\.current) }, desired = map { $0.answers.map(\.desired) }
        for item in shape.items.indices {
            let givers = indices.filter { if case .pair = self[$0].answers[item].meaning { true } else { false } }
            let newCurrent = givers.map { current[$0][item] }.shuffled(using: &chance), newDesired = givers.map { desired[$0][item] }.shuffled(using: &chance)
            for (place, giver) in givers.enumerated() {
                current[giver][item] = newCurrent[place]
                desired[giver][item] = newDesired[place]
            }
        }
        return zip(current, desired).map { Sheet(current: $0, desired: $1, of: shape)! }
    }
}
