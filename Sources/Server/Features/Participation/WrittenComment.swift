import Rules

/// The comment as the form of a dimension has it.
struct WrittenComment {
    private static let text = "comment", consent = "commentConsent", shown = "commentShown"

    /// Nil if there is none, which deletes what there was.
    private let comment: Comment?
    /// Whether it differs from what the page showed. What does not is left as it is now, so that an old page does not undo what another device has saved.
    private let isChanged: Bool
    let errors: [FieldError]

    init(_ form: FormBody) {
        let notes = Fields.Notes(), fields = Fields(.form(form, prefix: ""), notes: notes)
        let text = fields.given(WrittenComment.text)?.text(Comment.length, lines: .many), consents = fields.flag(WrittenComment.consent)
        let written = text.map { Comment(text: $0, consent: consents) }
        comment = written
        isChanged = form[WrittenComment.shown].first.map { $0 != WrittenComment.tag(written) } ?? false
        errors = notes.errors
    }

    /// Nil if it stays as it is.
    func change(on dimension: String) -> CommentChange? {
        isChanged && errors.isEmpty ? CommentChange(dimension: dimension, comment: comment) : nil
    }

    // MARK: On the page

    /// What is saved, as the form would have said it.
    static func values(_ comment: Comment?) -> [String: String] {
        guard let comment else { return [:] }
        return [text: comment.text].merging(comment.consent ? [consent: "on"] : [:]) { $1 }
    }

    static func field(_ form: FormView, saved: Comment?, isAsked: Bool) -> [String: PageValue] {
        [
            "asksForComment": .flag(isAsked), "commentShown": .text(tag(saved)), "commentField": form.area(text, "comments.text", rows: 4, isRequired: false),
            "consentField": form.box(consent, "comments.consent"),
        ]
    }

    private static func tag(_ comment: Comment?) -> String {
        comment.map { Hex.encode(Crypto.sha256(Array("\($0.consent)|\($0.text)".utf8))) } ?? ""
    }
}
