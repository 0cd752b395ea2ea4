import Rules

/// A form as it is to be shown: empty, filled in beforehand, or as somebody sent it, with what is wrong.
struct Form: Sendable {
    let values: FormBody
    let problem: Problem?

    static let empty = Form(FormBody(), nil)

    init(_ values: FormBody, _ problem: Problem?) {
        (self.values, self.problem) = (values, problem)
    }

    /// Filled in beforehand; text by text, or several for boxes that are ticked.
    init(_ values: [String: String], ticked: [String: [String]] = [:]) {
        self.init(FormBody(values.mapValues { [$0] }.merging(ticked) { $1 }), nil)
    }

    func value(_ name: String) -> String { values[name].first ?? "" }
    func holds(_ name: String, _ value: String) -> Bool { values[name].contains(value) }

    /// What is wrong with a field; for a list, with one of its elements too.
    func error(_ name: String, orElements: Bool = false) -> Text2? {
        (problem?.errors ?? []).first { error in
            let field = Form.name(of: error.pointer)
            return field == name || orElements && field.hasPrefix(name + ".")
        }?.message
    }

    /// The form's name for what a JSON pointer names: `/contract/controller` is `contract.controller`.
    static func name(of pointer: String) -> String {
        pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false).joined(separator: ".")
    }
}
