import Rules

/// One dimension of the questionnaire: its items, the levels they are judged by, and the two scales of each.
struct DimensionPage {
    private let opened: OpenedSeat
    private let sheet: AnswerSheet
    private let place: Int
    private let texts: Texts
    private let glossary: Glossary

    init(_ opened: OpenedSeat, _ sheet: AnswerSheet, _ place: Int, _ call: Call) {
        (self.opened, self.sheet, self.place, texts, glossary) = (opened, sheet, place, call.texts, opened.glossary)
    }

    private var instrument: Instrument { opened.instrument }
    private var dimension: Instrument.Dimension { instrument.dimensions[place] }
    private var language: Language { texts.language }
    private func name(_ dimension: Int) -> String { instrument.dimensions[dimension].name[language] }

    /// - Parameters:
    ///   - refused: the form as it was sent, if something in it could not be saved; nil shows what is saved.
    ///   - cameFrom: the dimension that was saved just before, to say so.
    func page(_ refused: Form? = nil, cameFrom: Int? = nil) -> Page {
        let form = FormView(refused ?? saved, texts), comment = WrittenComment.field(form, saved: self.comment, isAsked: opened.seat.contract.comments)
        return Page(
            "participation/dimension", title: "\(place + 1). \(dimension.name[language])", head + saidAbout(cameFrom) + comment + ["questions": questions(form)],
            form: form, frame: opened.seat.frame(texts))
    }

    private var head: [String: PageValue] {
        let last = instrument.dimensions.count - 1
        return [
            "actionPath": .text("\(opened.path)/\(place + 1)"), "number": .number(place + 1), "shown": .text(GivenAnswers.shown(sheet.answers(to: place))),
            "position": .text(texts("answer.position", ["number": String(place + 1), "count": String(last + 1)])),
            "dimensionName": .text(dimension.name[language]), "description": .text(dimension.description[language]),
            "scalesText": .text(texts("answer.scales", ["year": String(opened.seat.targetYear)])),
            "answered": .number(sheet.tally.answered), "items": .number(sheet.tally.items), "progressText": .text(texts.progress(sheet.tally)),
            "ladderHeading": .text(texts("answer.ladder", ["name": dimension.name[language]])),
            "anchors": .groups(zip(instrument.levels, dimension.anchors)) {
                ["anchorName": .text($0.name[language]), "anchorText": .text($1[language])]
            },
            "screens": .groups(instrument.dimensions.indices) { screen in
                let tally = sheet.tally(of: screen)
                return [
                    "screenNumber": .number(screen + 1), "isThis": .flag(screen == place), "isComplete": .flag(tally.isComplete),
                    "isPartial": .flag(!tally.isComplete && tally.blank < tally.items),
                    "screenText": .text("\(name(screen)): \(texts.tally(tally))"),
                ]
            },
            "isFirst": .flag(place == 0), "isLast": .flag(place == last),
            "previousNumber": .number(max(place, 1)), "previousText": .text(name(max(place - 1, 0))),
            "nextNumber": .number(min(place + 2, last + 1)), "nextText": .text(name(min(place + 1, last))),
            "isSubmitted": .flag(sheet.submitted),
        ]
    }

    // MARK: What was just saved

    private func saidAbout(_ cameFrom: Int?) -> [String: PageValue] {
        let halves = cameFrom.map { sheet.halves(of: $0) } ?? []
        let text = cameFrom.map { from in
            let tally = sheet.tally(of: from)
            return texts("answer.saved", ["answered": String(tally.answered), "items": String(tally.items), "name": name(from)])
        }
        return .optional("savedText", text) + .optional("halfText", halves.isEmpty ? nil : texts("answer.halves", count: halves.count)) + [
            "halves": .groups(halves) { half in
                let from = cameFrom ?? place
                return ["halfPath": .text("\(opened.path)/\(from + 1)#\(instrument.dimensions[from].items[half].key)"), "halfNumber": .text("\(from + 1).\(half + 1)")]
            },
        ]
    }

    // MARK: The items

    /// What is saved, as the form would have said it.
    private var saved: Form {
        var values: [String: String] = [:]
        for (item, answer) in zip(dimension.items, sheet.answers(to: place)) {
            switch answer {
            case .dontKnow: values["\(item.key).current"] = Answer.Mark.dontKnow.rawValue
            case .notRelevant: values["\(item.key).current"] = Answer.Mark.notRelevant.rawValue
            default:
                if answer.current > 0 { values["\(item.key).current"] = String(answer.current) }
                if answer.desired > 0 { values["\(item.key).desired"] = String(answer.desired) }
            }
        }
        return Form(values.merging(WrittenComment.values(comment)) { $1 })
    }

    private var comment: Comment? { opened.comments[on: dimension.key] }

    private func questions(_ form: FormView) -> PageValue {
        let levels = instrument.levels.enumerated().map { FormView.Option(String($0 + 1), String($0 + 1), hint: $1.name[language]) }
        return .groups(zip(dimension.items, sheet.answers(to: place)).enumerated()) { offset, pair in
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
