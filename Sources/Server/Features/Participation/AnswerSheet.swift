import Database
import Rules

/// A participant's answers, item by item, in the order of the instrument.
struct AnswerSheet: Sendable {
    let instrument: Instrument
    /// One for each of `instrument.items`.
    let answers: [Answer]
    let submitted: Bool
    let tag: EntityTag

    /// Throws what the database's own checks make impossible.
    init(_ saved: SavedAnswers, _ instrument: Instrument) throws {
        guard saved.current.count == instrument.items.count, saved.desired.count == saved.current.count else { throw DecodingFault.malformed }
        self.instrument = instrument
        answers = try zip(saved.current, saved.desired).map { try Answer(current: Int($0), desired: Int($1), levels: instrument.levels.count) }
        submitted = saved.submitted
        tag = EntityTag(saved.etag)
    }

    var tally: Tally { Tally(answers) }

    /// The answers to one dimension's items; by its place, counted from 0.
    func answers(to dimension: Int) -> ArraySlice<Answer> {
        let start = instrument.dimensions[..<dimension].reduce(0) { $0 + $1.items.count }
        return answers[start..<start + instrument.dimensions[dimension].items.count]
    }

    func tally(of dimension: Int) -> Tally { Tally(answers(to: dimension)) }

    /// The places of the items of a dimension that have one of their two levels.
    func halves(of dimension: Int) -> [Int] {
        answers(to: dimension).enumerated().filter { $0.element.isHalf }.map(\.offset)
    }
}

/// How far some items have been answered.
struct Tally: Equatable, Sendable {
    let items: Int
    private(set) var levels = 0, dontKnow = 0, notRelevant = 0
    /// One level of two; counts as blank (disclosure.md R2).
    private(set) var half = 0

    init(_ answers: some Collection<Answer>) {
        items = answers.count
        for answer in answers {
            switch answer.meaning {
            case .pair: levels += 1
            case .dontKnow: dontKnow += 1
            case .notRelevant: notRelevant += 1
            case .blank: half += answer.isHalf ? 1 : 0
            }
        }
    }

    /// With both levels, or a mark.
    var answered: Int { levels + dontKnow + notRelevant }
    var blank: Int { items - answered - half }
    var isComplete: Bool { answered == items }
}
