import Rules

/// A form's fields as the partials `form/…` show them: label, hint, what was written, and what is wrong, tied together for screen readers.
///
/// The texts of a field have one key: `round.title` is its label, `round.title.hint` its hint, if there is one.
struct FormView: Sendable {
    let form: Form
    let texts: Texts

    init(_ form: Form, _ texts: Texts) { (self.form, self.texts) = (form, texts) }

    var hasErrors: Bool { form.problem != nil }

    // MARK: Fields

    enum Kind: String, Sendable {
        case text, email, tel, number, date, search
        case moment = "datetime-local"
    }

    /// For `form/text`.
    /// - Parameter autocomplete: what browsers may fill in (WCAG 1.3.5): `name`, `email`, …
    func text(_ name: String, _ key: String, _ kind: Kind = .text, autocomplete: String = "off", isRequired: Bool = true) -> PageValue {
        .group(base(name, key) + [
            "fieldType": .text(kind.rawValue), "autocomplete": .text(autocomplete), "isRequired": .flag(isRequired), "fieldValue": .text(form.value(name)),
        ])
    }

    /// For `form/area`: text of several lines.
    /// - Parameter part: what the field is in, where several have the same label: said before it in the summary of errors.
    func area(_ name: String, _ key: String, rows: Int = 5, isRequired: Bool = true, in part: String? = nil) -> PageValue {
        let label = texts[key], field: [String: PageValue] = ["rows": .number(rows), "isRequired": .flag(isRequired), "fieldValue": .text(form.value(name))]
        return .group(base(name, key) + field + (part.map { ["summaryLabel": .text("\($0), \(label.prefix(1).lowercased())\(label.dropFirst())")] } ?? [:]))
    }

    struct Option: Sendable {
        let value: String, label: String, hint: String?
        init(_ value: String, _ label: String, hint: String? = nil) { (self.value, self.label, self.hint) = (value, label, hint) }
    }

    /// For `form/radios`, `form/scale`, `form/boxes` and `form/select`: one of the options, or several.
    func options(_ name: String, _ key: String, _ options: [Option]) -> PageValue {
        let base = base(name, key)
        return .group(base + ["options": .list(options.enumerated().map { place, option in
            .group([
                // The first has the field's own id, so that the summary of errors leads to it.
                "optionId": .text(place == 0 ? "f-\(name)" : "f-\(name)-\(place)"), "optionValue": .text(option.value), "optionLabel": .text(option.label),
                "isChosen": .flag(form.holds(name, option.value)), "optionName": .text(name),
            ] + .optional("optionHint", option.hint))
        })])
    }

    /// The same for all cases of an enumeration, labelled by the key and their raw value.
    func options<T: RawRepresentable & CaseIterable>(_ name: String, _ key: String, _: T.Type) -> PageValue where T.RawValue == String {
        options(name, key, T.allCases.map { Option($0.rawValue, texts("\(key).\($0.rawValue)")) })
    }

    /// For `form/box`: a single box to tick.
    func box(_ name: String, _ key: String) -> PageValue {
        .group(base(name, key) + ["isTicked": .flag(!form.value(name).isEmpty)])
    }

    private func base(_ name: String, _ key: String) -> [String: PageValue] {
        let error = form.error(name, orElements: true)?[texts.language]
        let hint = texts.has(key + ".hint") ? texts[key + ".hint"] : nil
        let described = (hint == nil ? [] : ["h-\(name)"]) + (error == nil ? [] : ["e-\(name)"])
        return [
            "fieldName": .text(name), "fieldId": .text("f-\(name)"), "hintId": .text("h-\(name)"), "errorId": .text("e-\(name)"),
            "fieldLabel": .text(texts[key]), "isDescribed": .flag(!described.isEmpty), "describedBy": .text(described.joined(separator: " ")),
        ] + .optional("fieldHint", hint) + .optional("fieldError", error)
    }
}

// MARK: - What is wrong, on top of the page

extension FormView {
    /// For `form/summary`: each error with its field's label, and the way to the field. Labels are found among the page's own values.
    static func summary(_ form: Form, _ language: Language, on page: [String: PageValue]) -> [String: PageValue] {
        let labels = labels(in: .group(page))
        let errors = (form.problem?.errors ?? []).map { error in
            let name = Form.name(of: error.pointer)
            // An element of a list is shown at the list.
            let field = labels.keys.filter { name == $0 || name.hasPrefix($0 + ".") }.max { $0.utf8.count < $1.utf8.count } ?? name
            return (target: "f-" + field, text: (labels[field].map(lead) ?? "") + error.message[language])
        }
        return [
            "hasErrorSummary": .flag(form.problem != nil),
            "errorSummary": .text(form.problem?.detail[language] ?? ""),
            "hasErrorLinks": .flag(!errors.isEmpty),
            "errorLinks": .groups(errors) { ["errorTarget": .text($0.target), "errorText": .text($0.text)] },
        ]
    }

    /// What stands before the error of a field with that label: "Ort: ", but "Kommer du? ".
    private static func lead(_ label: String) -> String {
        label.hasSuffix("?") ? label + " " : (label.hasSuffix(".") ? String(label.dropLast()) : label) + ": "
    }

    private static func labels(in value: PageValue) -> [String: String] {
        switch value {
        case .text, .flag: [:]
        case .list(let values): values.map(labels).reduce(into: [:]) { $0.merge($1) { first, _ in first } }
        case .group(let values):
            if case .text(let name) = values["fieldName"], case .text(let label) = values["summaryLabel"] ?? values["fieldLabel"] {
                [name: label]
            } else {
                values.values.map(labels).reduce(into: [:]) { $0.merge($1) { first, _ in first } }
            }
        }
    }
}
