import Rules

/// One field of a body. Each reader notes what is wrong and gives a stand-in for it.
struct Field {
    enum Value {
        case absent
        case json(JSON)
        /// All that a form says under a name, and under names that continue it.
        case form(FormBody, name: String)
    }

    enum Lines { case one, many }

    let pointer: String
    let value: Value
    let notes: Fields.Notes

    var isAbsent: Bool {
        switch value {
        case .absent: true
        case .json: false
        case .form(let form, let name): form.isBlank(name)
        }
    }

    var isNull: Bool { if case .json(.null) = value { true } else { false } }

    /// Notes an error, and gives the stand-in.
    func refuse<T>(_ message: FieldMessage, _ standIn: T) -> T {
        notes.note(FieldError(pointer, message))
        return standIn
    }

    // MARK: Text

    /// Without white space around it; its length is counted in code points, as PostgreSQL does.
    func text(_ length: ClosedRange<Int>, lines: Lines = .one) -> String {
        guard let text = rawText(), check(text, length, lines) else { return "" }
        return text
    }

    func read<T>(_ length: ClosedRange<Int>, or standIn: @autoclosure () -> T, _ message: FieldMessage = .malformed, _ convert: (String) throws -> T?) -> T {
        guard let text = rawText(), check(text, length, .one) else { return standIn() }
        do {
            guard let value = try convert(text) else { return refuse(message, standIn()) }
            return value
        } catch let fault as FieldFault {
            return refuse(FieldMessage(fault.code), standIn())
        } catch {
            return refuse(message, standIn())
        }
    }

    private func check(_ text: String, _ length: ClosedRange<Int>, _ lines: Lines) -> Bool {
        let count = text.unicodeScalars.count
        let fault: FieldMessage? = if count == 0 && length.lowerBound > 0 {
            .required
        } else if count < length.lowerBound {
            .tooShort(length.lowerBound)
        } else if count > length.upperBound {
            .tooLong(length.upperBound)
        } else if text.unicodeScalars.contains(where: { Field.isControl($0) && !(lines == .many && ($0 == "\n" || $0 == "\t")) }) {
            .controlCharacter
        } else {
            nil
        }
        return fault.map { refuse($0, false) } ?? true
    }

    /// Controls, line and paragraph separators, and the marks that turn the direction of what follows them: text that says other than it shows.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }

    /// nil, noted, if there is none. Line ends become single newlines, as a browser sends two characters for each.
    private func rawText() -> String? {
        switch value {
        case .absent: return refuse(.required, nil)
        case .json(.string(let text)): return Field.trimmed(text)
        case .json: return refuse(.notText, nil)
        case .form(let form, let name):
            let texts = form[name]
            guard texts.count < 2 else { return refuse(.repeated, nil) }
            return Field.trimmed(texts.first ?? "")
        }
    }

    private static func trimmed(_ text: String) -> String {
        var scalars = text.unicodeScalars.map { $0 }
        if scalars.contains("\r") {
            let lines = text.unicodeScalars.split(separator: "\r", omittingEmptySubsequences: false)
            scalars = lines.enumerated().flatMap { $0.offset == 0 || $0.element.first == "\n" ? Array($0.element) : ["\n"] + Array($0.element) }
        }
        let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
        let rest = scalars.drop(while: isSpace)
        let end = rest.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? rest.startIndex
        var result = String.UnicodeScalarView()
        result.append(contentsOf: rest[..<end])
        return String(result)
    }

    // MARK: Numbers and choices

    func integer(_ range: ClosedRange<Int>) -> Int {
        let number: Int? = switch value {
        case .json(.integer(let number)): number
        case .json: nil
        case .absent, .form: isAbsent ? nil : rawText().flatMap(DecimalInteger.read)
        }
        guard let number else { return refuse(isAbsent ? .required : .notInteger, range.lowerBound) }
        return range.contains(number) ? number : refuse(.outOfRange(range), range.lowerBound)
    }

    /// In a form a box that is ticked; a box that is not is not sent.
    func flag() -> Bool {
        switch value {
        case .absent: refuse(.required, false)
        case .json(.bool(let flag)): flag
        case .json: refuse(.notBoolean, false)
        case .form: isAbsent ? false : ["on", "true", "yes"].contains(rawText() ?? "") || refuse(.notBoolean, false)
        }
    }

    func choice<T: RawRepresentable & CaseIterable>(_: T.Type = T.self) -> T where T.RawValue == String {
        let all = Array(T.allCases)
        guard let text = rawText() else { return all[0] }
        if text.isEmpty { return refuse(.required, all[0]) }
        return T(rawValue: text) ?? refuse(.notOneOf(all.map(\.rawValue)), all[0])
    }

    func choices<T: RawRepresentable & CaseIterable & Hashable>(_: T.Type = T.self, atLeast least: Int = 0) -> [T] where T.RawValue == String {
        let chosen = list(least...T.allCases.count) { $0.choice(T.self) }
        return Set(chosen).count == chosen.count || !notes.errors.isEmpty ? chosen : refuse(.chosenTwice, [])
    }

    // MARK: Ids and time

    func id<S>(of _: S.Type = S.self) -> ID<S> {
        guard let text = rawText() else { return .random() }
        if text.isEmpty { return refuse(.required, .random()) }
        return ID(text) ?? refuse(.notID, .random())
    }

    /// RFC 3339 with an offset; from a form also Swedish local time, as `datetime-local` sends it.
    func instant() -> Instant {
        let standIn = Instant(microseconds: 0)
        guard let text = rawText() else { return standIn }
        if text.isEmpty { return refuse(.required, standIn) }
        if let instant = Instant(rfc3339: text) { return instant }
        if case .form = value, let instant = SwedishTime.instant(text) { return instant }
        return refuse(.notInstant, standIn)
    }

    func day() -> Day {
        let standIn = Instant(microseconds: 0).utcDay
        guard let text = rawText() else { return standIn }
        if text.isEmpty { return refuse(.required, standIn) }
        return Day(iso: text) ?? refuse(.notDay, standIn)
    }

    // MARK: Parts

    /// An absent object is noted once, and its parts are read from nothing, unheard.
    func object<T>(_ body: (Fields) throws -> T) rethrows -> T {
        switch value {
        case .json(.object(let members)):
            return try part(.json(Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first }), notes, body)
        case .form(let form, let name):
            return try part(.form(form, prefix: name + "."), notes, body)
        case .absent, .json:
            let standIn = try part(.json([:]), Fields.Notes(), body)
            return refuse(isAbsent ? .required : .notObject, standIn)
        }
    }

    private func part<T>(_ content: Fields.Content, _ notes: Fields.Notes, _ body: (Fields) throws -> T) rethrows -> T {
        let fields = Fields(content, pointer: pointer, notes: notes)
        let value = try body(fields)
        fields.refuseUnasked()
        return value
    }

    /// In a form either one name several times, or names with numbers from 0: `posts.0.title`. None is an empty list.
    func list<T>(_ count: ClosedRange<Int>, _ body: (Field) throws -> T) rethrows -> [T] {
        let values: [Value]
        switch value {
        case .absent: values = []
        case .json(.array(let elements)): values = elements.map { .json($0) }
        case .json: return refuse(.notList, [])
        case .form(let form, let name): values = form.elements(of: name)
        }
        guard count.contains(values.count) else {
            return refuse(values.isEmpty ? .required : .count(count), [])
        }
        return try values.enumerated().map { try body(Field(pointer: "\(pointer)/\($0.offset)", value: $0.element, notes: notes)) }
    }
}
