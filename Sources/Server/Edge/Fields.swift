import Rules

/// The body of a request by the names of its fields, whether it came as JSON or from an HTML form. One declaration reads both:
///
/// ```swift
/// extension NewRound {
///     init(_ fields: Fields) {
///         title = fields.text("title", 1...200)
///         closesAt = fields.instant("closesAt")
///         note = fields.given("note")?.text(1...2000)
///     }
/// }
/// ```
///
/// A reader never stops at an error: it notes it, gives a stand-in, and goes on, so that everything wrong is told at once. Who reads a body
/// (`Call.body`) gets a value only if nothing was noted, and names that nobody asked for are noted too.
///
/// In a form a part of a part is named with dots (`contract.controller`, `posts.0.title`), and blank text is no answer.
final class Fields {
    /// What of the body these fields are, as a JSON pointer.
    let pointer: String
    private let content: Content
    private let notes: Notes
    private var asked: Set<String> = []

    /// The errors of a whole body, shared by its parts.
    final class Notes {
        private(set) var errors: [FieldError] = []

        func note(_ error: FieldError) { errors.append(error) }
    }

    enum Content {
        case json([String: JSON])
        /// With the whole names, and what they begin with here.
        case form(FormBody, prefix: String)
    }

    init(_ content: Content, pointer: String = "", notes: Notes = Notes()) {
        (self.content, self.pointer, self.notes) = (content, pointer, notes)
    }

    /// Reads a whole body. Throws if anything was noted.
    static func read<T>(_ content: Content, _ body: (Fields) throws -> T) throws -> T {
        let fields = Fields(content)
        let value = try body(fields)
        fields.refuseUnasked()
        guard fields.notes.errors.isEmpty else { throw Problem.invalidFields(fields.notes.errors) }
        return value
    }

    /// The field of that name, which may be absent.
    subscript(name: String) -> Field {
        asked.insert(name)
        let value: Field.Value = switch content {
        case .json(let members):
            // null is no field left out: it is a value, and none that a field of ours takes.
            members[name].map { .json($0) } ?? .absent
        case .form(let form, let prefix): .form(form, name: prefix + name)
        }
        return Field(pointer: "\(pointer)/\(JSONPointer.escape(name))", value: value, notes: notes)
    }

    /// The field if it was given, to be read further; nil if it is absent or blank.
    func given(_ name: String) -> Field? {
        let field = self[name]
        return field.isAbsent ? nil : field
    }

    /// Whether the body names it at all, blank or not.
    func has(_ name: String) -> Bool {
        switch content {
        case .json(let members): members[name] != nil
        case .form(let form, let prefix): form.names(below: prefix).contains(name)
        }
    }

    /// Notes an error that only several fields together show.
    func refuse(_ name: String, _ message: FieldMessage) {
        notes.note(FieldError("\(pointer)/\(JSONPointer.escape(name))", message))
    }

    /// Notes what the rules found wrong.
    func refuse(_ faults: some Sequence<FieldFault>) {
        for fault in faults { notes.note(FieldError(pointer + fault.pointer, FieldMessage(fault.code))) }
    }

    /// Notes that nothing was given at all: a change of nothing is a mistake.
    func refuseIfEmpty() {
        let isEmpty = switch content {
        case .json(let members): members.isEmpty
        case .form(let form, let prefix): form.names(below: prefix).isEmpty
        }
        if isEmpty { notes.note(FieldError(pointer, FieldMessage(sv: "Ange något att ändra.", en: "Give something to change."))) }
    }

    /// Whether nothing has been refused so far.
    var isFlawless: Bool { notes.errors.isEmpty }

    /// Notes the names that nothing asked for. A form's dotted name belongs to its first part.
    func refuseUnasked() {
        let names = switch content {
        case .json(let members): Set(members.keys)
        case .form(let form, let prefix): Set(form.names(below: prefix))
        }
        for name in names.subtracting(asked).sorted() { refuse(name, .unknownField) }
    }
}

// MARK: - Readers by name

extension Fields {
    func text(_ name: String, _ length: ClosedRange<Int>, lines: Field.Lines = .one) -> String { self[name].text(length, lines: lines) }
    func integer(_ name: String, _ range: ClosedRange<Int>) -> Int { self[name].integer(range) }
    func flag(_ name: String) -> Bool { self[name].flag() }
    func instant(_ name: String) -> Instant { self[name].instant() }
    func day(_ name: String) -> Day { self[name].day() }
    func id<S>(_ name: String, of _: S.Type = S.self) -> ID<S> { self[name].id() }
    func choice<T: RawRepresentable & CaseIterable>(_ name: String, _: T.Type = T.self) -> T where T.RawValue == String { self[name].choice() }

    /// Several of a list of choices, none of them twice, in the order given.
    func choices<T: RawRepresentable & CaseIterable & Hashable>(_ name: String, _: T.Type = T.self, atLeast least: Int = 0) -> [T]
    where T.RawValue == String {
        self[name].choices(atLeast: least)
    }

    /// Text that `convert` reads; `standIn` is what goes on if it cannot, and is never seen outside.
    func read<T>(
        _ name: String, _ length: ClosedRange<Int>, or standIn: @autoclosure () -> T, _ message: FieldMessage = .malformed, _ convert: (String) throws -> T?
    ) -> T {
        self[name].read(length, or: standIn(), message, convert)
    }

    func object<T>(_ name: String, _ body: (Fields) throws -> T) rethrows -> T { try self[name].object(body) }
    func list<T>(_ name: String, _ count: ClosedRange<Int>, _ body: (Field) throws -> T) rethrows -> [T] { try self[name].list(count, body) }
}
