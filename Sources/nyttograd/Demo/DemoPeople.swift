/// The eight who answer in each fictional council: the group of the first such analysis in a Swedish council, under made-up names.
enum DemoPeople {
    struct Person: Sendable {
        let name, address, function, title: String
        var area = ""
    }

    static let people = [
        Person(name: "Alva Ek", address: "alva.ek", function: "e-strategist", title: "E-strateg"),
        Person(name: "Bo Lind", address: "bo.lind", function: "quality-director", title: "Kvalitetsdirektör"),
        Person(name: "Cajsa Nord", address: "cajsa.nord", function: "hr-director", title: "Personaldirektör"),
        Person(name: "Dag Holm", address: "dag.holm", function: "finance-director", title: "Ekonomidirektör"),
        Person(name: "Elin Sjö", address: "elin.sjo", function: "it-director", title: "It-chef"),
        Person(name: "Folke Dal", address: "folke.dal", function: "communications-director", title: "Kommunikationsdirektör"),
        Person(name: "Gun Berg", address: "gun.berg", function: "development-strategist", title: "Utvecklingsstrateg"),
        Person(
            name: "Hugo Strand", address: "hugo.strand", function: "programme-area-representative", title: "Företrädare för programområde",
            area: "Social välfärd"),
    ]
}

/// Answers that look like people's: each council has a level of its own, each dimension its strength, each person a leaning.
enum DemoAnswers {
    enum Value: Encodable, Sendable {
        case levels(current: Int, desired: Int)
        case dontKnow

        enum CodingKeys: CodingKey { case current, desired, mark }

        func encode(to encoder: any Encoder) throws {
            var object = encoder.container(keyedBy: CodingKeys.self)
            switch self {
            case .levels(let current, let desired):
                try object.encode(current, forKey: .current)
                try object.encode(desired, forKey: .desired)
            case .dontKnow: try object.encode("dontKnow", forKey: .mark)
            }
        }
    }

    static func of(person: Int, council: Int) -> [String: Value] {
        var answers: [String: Value] = [:]
        for dimension in 1...8 {
            for item in 1...4 { answers["d\(dimension).\(item)"] = value(dimension, item, person, council) }
        }
        return answers
    }

    private static func value(_ dimension: Int, _ item: Int, _ person: Int, _ council: Int) -> Value {
        if (dimension * 7 + item * 3 + person * 5 + council) % 23 == 0 { return .dontKnow }
        // In quarters of a level, so that neighbours differ but not wildly.
        let quarters = 7 + (council * 5) % 6 + [3, 1, 0, -1, -3, -2, -4, 2][dimension - 1] + (item * 2) % 3 + [-3, 2, 0, 1, -1, 3, -2, 0][person]
        let current = min(5, max(1, (quarters + 2) / 4))
        let step = 1 + (dimension + person + council) % 2
        return .levels(current: current, desired: min(5, current + step))
    }
}
