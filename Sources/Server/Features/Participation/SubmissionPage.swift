import Rules

/// The summary before submitting, and the receipt after.
struct SubmissionPage {
    private let opened: OpenedSeat
    private let sheet: AnswerSheet
    private let call: Call

    init(_ opened: OpenedSeat, _ sheet: AnswerSheet, _ call: Call) {
        (self.opened, self.sheet, self.call) = (opened, sheet, call)
    }

    private var texts: Texts { call.texts }
    private var when: [String: String] { ["when": texts.time(opened.seat.closesAt)] }

    func page(_ form: Form) -> Page {
        let view = FormView(form, texts), tally = sheet.tally
        return Page("participation/submission", title: texts["answer.submission.title"], [
            "seatPath": .text(opened.path), "submissionPath": .text(opened.path + "/skicka"), "receiptPath": .text(opened.path + "/kvitto"),
            "withdrawPath": .text(opened.path + "/ta-tillbaka"), "clearPath": .text(opened.path + "/rensa"),
            "isSubmitted": .flag(sheet.submitted), "submittedText": .text(texts("answer.submission.submitted", when)),
            "meaning": .text(texts("answer.submission.meaning", when)),
            "answered": .number(tally.answered), "items": .number(tally.items), "progressText": .text(texts.progress(tally)),
            "isMissing": .flag(!tally.isComplete), "hasHalves": .flag(tally.half > 0), "halfText": .text(texts("answer.submission.half", count: tally.half)),
            "canClear": .flag(tally.blank < tally.items),
            "areas": .groups(opened.instrument.dimensions.enumerated()) { place, dimension in
                let tally = sheet.tally(of: place)
                return [
                    "areaPath": .text("\(opened.path)/\(place + 1)"), "areaName": .text(dimension.name[texts.language]),
                    "areaText": .text(texts.tally(tally)), "isDone": .flag(tally.isComplete),
                ]
            },
            "confirmed": view.box("confirmed", "answer.clear.confirmed"),
        ], form: view, frame: opened.seat.frame(texts))
    }

    var receipt: Page {
        let seat = opened.seat, isOpen = seat.stage(at: call.now) == .open
        return Page("participation/receipt", title: texts["answer.receipt.title"], [
            "seatPath": .text(opened.path), "submissionPath": .text(opened.path + "/skicka"),
            "council": .text(seat.council), "roundTitle": .text(seat.title), "holder": .text(seat.name),
            "post": .text(seat.area.isEmpty ? seat.post : "\(seat.post), \(seat.area)"), "progressText": .text(texts.progress(sheet.tally)),
            "hash": .text(seat.contractHash), "isOpen": .flag(isOpen), "changeText": .text(texts(isOpen ? "answer.receipt.change" : "answer.receipt.closed", when)),
            "figuresText": .text(texts("answer.receipt.figures", ["k": String(seat.contract.k)])), "runner": .text(seat.runnerName),
        ], frame: opened.seat.frame(texts))
    }
}
