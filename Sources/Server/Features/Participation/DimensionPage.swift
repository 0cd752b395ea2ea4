import Rules

/// One dimension of the questionnaire: its items, the levels they are judged by, and the two scales of each.
struct DimensionPage {
    private let opened: OpenedSeat
    private let sheet: AnswerSheet
    private let place: Int
    private let texts: Texts
    private let view: QuestionnaireView

    init(_ opened: OpenedSeat, _ sheet: AnswerSheet, _ place: Int, _ call: Call) {
        (self.opened, self.sheet, self.place, texts) = (opened, sheet, place, call.texts)
        view = QuestionnaireView(instrument: opened.instrument, glossary: opened.glossary, texts: call.texts)
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
            "participation/dimension", title: "\(place + 1). \(dimension.name[language])",
            view.heading(place) + head + saidAbout(cameFrom) + comment + ["questions": view.questions(place, sheet.answers(to: place), form)],
            form: form, frame: opened.seat.frame(texts))
    }

    private var head: [String: PageValue] {
        let last = instrument.dimensions.count - 1
        return [
            "actionPath": .text("\(opened.path)/\(place + 1)"), "number": .number(place + 1), "shown": .text(GivenAnswers.shown(sheet.answers(to: place))),
            "scalesText": .text(texts("answer.scales", ["year": String(opened.seat.targetYear)])),
            "answered": .number(sheet.tally.answered), "items": .number(sheet.tally.items), "progressText": .text(texts.progress(sheet.tally)),
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
}
