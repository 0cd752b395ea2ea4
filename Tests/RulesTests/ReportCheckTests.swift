import Testing

@testable import Rules

/// A result that is divided into parts, checked by nothing but itself. (The whole of a report: `ReportTests`.)
@Suite struct ReportCheckTests {
    private let contract = Contract(
        k: 5, controller: "c", purpose: "p", contact: "c", audiences: [.council], comments: false, retention: "r", disposalDecision: "d")

    /// What differs in the split of a report on this result, with every hash as it should be.
    private func differences(_ result: JSON, of shape: Shape) throws -> [ReportCheck.Difference] {
        let report = Report(
            diaryNumber: nil, contract: try .init(contract.json), instrument: Sample.instrument(shape), terms: [], result: try .init(result),
            previous: nil, analysis: nil, plan: nil)
        // Any digest will do for a check that makes it anew.
        let digest = { (bytes: [UInt8]) in String(bytes.reduce(into: UInt64(14_695_981_039_346_656_037)) { $0 = ($0 ^ UInt64($1)) &* 1_099_511_628_211 }) }
        return ReportCheck(report.json(digest), sha256: digest).differences
            .filter { $0.place.hasPrefix("/result/split") }
    }

    @Test func everyFigureOfAPartIsComputedOnceMore() throws {
        let shape = Sample.shape(dimensions: 2)
        var chance = Chance(seed: 43)
        let places = Sample.branches(2), people = Sample.round(people: 16, of: shape, dontKnow: 5, &chance)
        let result = Sample.document([places[0]: Array(people.prefix(8)), places[1]: Array(people.suffix(8))], of: shape).json
        let split = try #require(result["split"])
        #expect(try differences(result, of: shape) == [])
        var changed = 0
        for other in split.others {
            let forged = JSON.object([.init("split", other)] + (result.without("split").members))
            // What is no document at all is refused before.
            guard let found = try? differences(forged, of: shape) else { continue }
            changed += 1
            if found.isEmpty { Issue.record("not found: \(other.canonicalText)") }
        }
        #expect(changed > 50)
    }
}

extension JSON {
    fileprivate var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }

    /// Each tree that differs from this one in a single count or figure.
    fileprivate var others: [JSON] {
        switch self {
        case .object(let members):
            return members.indices.flatMap { place in
                members[place].value.others.map { other in
                    var members = members
                    members[place] = .init(members[place].name, other)
                    return .object(members)
                }
            }
        case .array(let elements):
            return elements.indices.flatMap { place in
                elements[place].others.map { other in
                    var elements = elements
                    elements[place] = other
                    return .array(elements)
                }
            }
        case .integer(let number): return [.integer(number + 1)]
        case .string(let text): return Figure(text).map { [.string(Figure(tenThousandths: $0.tenThousandths + 1).description)] } ?? []
        default: return []
        }
    }
}
