import Rules

/// The questionnaire as participants see it, to be answered or in a preview: how to answer, the ladder, and the items.
struct QuestionnaireView {
    let instrument: Instrument
    /// The words that it explains.
    let glossary: Glossary
    let texts: Texts

    private var language: Language { texts.language }

    /// For `participation/guide`.
    var guide: [String: PageValue] {
        [
            "instrumentName": .text(instrument.name[language]),
            "paragraphs": .list(instrument.introduction[language].paragraphs.map(PageValue.text)),
            "levels": .groups(instrument.levels) { ["levelName": .text($0.name[language]), "levelText": .text($0.descriptor[language])] },
            "questions": .list((1...7).map { .text(texts["question.\($0)"]) }),
        ]
    }

    /// For `participation/dimension-head` and `participation/ladder`: one dimension, by its place counted from 0.
    func heading(_ place: Int) -> [String: PageValue] {
        let dimension = instrument.dimensions[place]
        return [
            "position": .text(texts("answer.position", ["number": String(place + 1), "count": String(instrument.dimensions.count)])),
            "dimensionName": .text(dimension.name[language]), "description": .text(dimension.description[language]),
            "ladderHeading": .text(texts("answer.ladder", ["name": dimension.name[language]])),
            "anchors": .groups(zip(instrument.levels, dimension.anchors)) {
                ["anchorName": .text($0.name[language]), "anchorText": .text($1[language])]
            },
        ]
    }

    /// For `participation/questions`: the dimension's items, as `form` has them.
    /// - Parameter answers: what is saved, item by item.
    func questions(_ place: Int, _ answers: some Sequence<Answer>, _ form: FormView) -> PageValue {
        let levels = instrument.levels.enumerated().map { FormView.Option(String($0 + 1), String($0 + 1), hint: $1.name[language]) }
        return .groups(zip(instrument.dimensions[place].items, answers).enumerated()) { offset, pair in
            let (item, answer) = pair, number = "\(place + 1).\(offset + 1)"
            return [
                "itemKey": .text(item.key), "itemNumber": .text(number), "statement": .text(item.statement[language]),
                "clarification": .text(item.clarification[language]), "example": .text(item.example[language]),
                "isHalf": .flag(answer.isHalf), "halfHint": .text(texts(answer.current > 0 ? "answer.half.desired" : "answer.half.current")),
                "canClear": .flag(answer != .blank),
                "current": form.options("\(item.key).current", "answer.current", levels),
                "desired": form.options("\(item.key).desired", "answer.desired", levels),
                "marks": .groups(Answer.Mark.allCases) { mark in
                    [
                        "markId": .text("f-\(item.key).\(mark.rawValue)"), "markName": .text("\(item.key).current"), "markValue": .text(mark.rawValue),
                        "markText": .text(texts["answer.mark.\(mark.rawValue)"]), "isMarked": .flag(form.form.holds("\(item.key).current", mark.rawValue)),
                    ]
                },
                "terms": .groups(item.terms.compactMap { glossary[$0] }) { term in
                    ["termName": .text(term.term[language]), "termText": .text(term.definition[language])]
                },
            ]
        }
    }
}
