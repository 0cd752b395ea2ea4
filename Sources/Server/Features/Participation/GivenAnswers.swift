import Rules

/// The answers that a request gives to the items of one instrument: those that are valid, and what is wrong with the others.
struct GivenAnswers: Sendable {
    struct Entry: Sendable {
        /// The item's number in the instrument, counted from 1.
        let item: Int
        let key: String
        let answer: Answer
    }

    private(set) var valid: [Entry] = []
    private(set) var errors: [FieldError] = []

    mutating func add(_ answer: Answer, to item: Int, _ key: String) { valid.append(Entry(item: item, key: key, answer: answer)) }
    mutating func refuse(_ errors: [FieldError]) { self.errors += errors }
}

// MARK: - From the API

extension GivenAnswers {
    /// Of `{"answers": {"d1.1": {"current": 2, "desired": 4}, …}}`. A body that is no such thing gives nothing.
    static func several(_ body: JSON, to instrument: Instrument) -> GivenAnswers {
        var given = GivenAnswers()
        let notes = Fields.Notes(), numbers = Dictionary(zip(instrument.items.map(\.key), 1...)) { first, _ in first }
        for member in members(of: body, notes) {
            let pointer = "/answers/\(JSONPointer.escape(member.name))"
            guard let item = numbers[member.name] else {
                given.refuse([FieldError(pointer, FieldMessage(.notCollected))])
                continue
            }
            given.read(member.value, at: pointer, item, member.name, instrument)
        }
        given.refuse(notes.errors)
        return given
    }

    /// Of `{"current": 2, "desired": 4}`; nil if the instrument has no such item.
    static func one(_ body: JSON, to key: String, of instrument: Instrument) -> GivenAnswers? {
        guard let place = instrument.items.firstIndex(where: { $0.key == key }) else { return nil }
        var given = GivenAnswers()
        given.read(body, at: "", place + 1, key, instrument)
        return given
    }

    private static let mostAnswers = 240

    private static func members(of body: JSON, _ notes: Fields.Notes) -> [JSON.Member] {
        Field(pointer: "", value: .json(body), notes: notes).object { fields in
            let field = fields["answers"]
            switch field.value {
            case .json(.object(let members)) where (1...mostAnswers).contains(members.count): return members
            case .json(.object): return field.refuse(.count(1...mostAnswers), [])
            default: return field.refuse(field.isAbsent ? .required : .notObject, [])
            }
        }
    }

    private mutating func read(_ json: JSON, at pointer: String, _ item: Int, _ key: String, _ instrument: Instrument) {
        let notes = Fields.Notes()
        let answer = Field(pointer: pointer, value: .json(json), notes: notes).object { Answer($0, levels: instrument.levels.count) }
        if notes.errors.isEmpty { add(answer, to: item, key) } else { refuse(notes.errors) }
    }
}

extension Answer {
    /// What stands for an item instead of its levels.
    enum Mark: String, CaseIterable, Sendable {
        case dontKnow, notRelevant

        var answer: Answer { self == .dontKnow ? .dontKnow : .notRelevant }
    }

    /// Two levels, of which either may be null; or a mark.
    fileprivate init(_ fields: Fields, levels: Int) {
        if let mark = fields.given("mark") {
            self = mark.choice(Mark.self).answer
            return
        }
        let level = { (name: String) in
            let field = fields[name]
            if case .json(.null) = field.value { return 0 }
            return field.integer(1...levels)
        }
        self = (try? Answer(current: level("current"), desired: level("desired"), levels: levels)) ?? .blank
    }
}

// MARK: - From a page

extension GivenAnswers {
    /// Of the form of one dimension, by its place counted from 0: what was changed on the page. Each half that the form does not name, and each answer
    /// that is as the page showed it, is left as it is now, so that an old page does not undo what another device has saved since.
    static func page(_ form: FormBody, of dimension: Int, in instrument: Instrument) -> GivenAnswers {
        var given = GivenAnswers()
        let shown = Self.shown(form["shown"].first ?? ""), first = instrument.dimensions[..<dimension].reduce(1) { $0 + $1.items.count }
        for (place, item) in instrument.dimensions[dimension].items.enumerated() {
            let before = place < shown.count ? shown[place] : (0, 0)
            do {
                let answer = form["clear"].contains(item.key) ? .blank : try Answer(form, item.key, shown: before, levels: instrument.levels.count)
                if (Int(answer.current), Int(answer.desired)) != before { given.add(answer, to: first + place, item.key) }
            } catch {
                given.refuse([FieldError("/\(item.key).\(error.pointer.dropFirst())", FieldMessage(error.code))])
            }
        }
        return given
    }

    /// What the page showed, as it says itself: two digits for each item.
    static func shown(_ digits: String) -> [(Int, Int)] {
        let numbers = digits.compactMap(\.wholeNumberValue)
        return stride(from: 0, to: numbers.count - 1, by: 2).map { (numbers[$0], numbers[$0 + 1]) }
    }

    static func shown(_ answers: some Sequence<Answer>) -> String {
        answers.map { "\($0.current)\($0.desired)" }.joined()
    }
}

extension Answer {
    /// The mark stands among the choices for the current level, and for the whole item.
    fileprivate init(_ form: FormBody, _ key: String, shown: (current: Int, desired: Int), levels: Int) throws(FieldFault) {
        let chosen = (current: form["\(key).current"].first, desired: form["\(key).desired"].first)
        if let mark = chosen.current.flatMap(Mark.init(rawValue:)) {
            self = mark.answer
            return
        }
        if chosen == (nil, nil) {
            try self.init(current: shown.current, desired: shown.desired, levels: levels)
            return
        }
        // A level in place of a mark leaves the other half open.
        let isMarked = shown.current > levels
        try self.init(
            current: Answer.level(chosen.current, "/current", levels) ?? (isMarked ? 0 : shown.current),
            desired: Answer.level(chosen.desired, "/desired", levels) ?? (isMarked ? 0 : shown.desired), levels: levels)
    }

    private static func level(_ text: String?, _ pointer: String, _ levels: Int) throws(FieldFault) -> Int? {
        guard let text else { return nil }
        guard let level = Int(text), (1...levels).contains(level) else { throw FieldFault(pointer, .valueOffScale) }
        return level
    }
}
