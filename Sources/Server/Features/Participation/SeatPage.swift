import Rules

/// The page that a personal link leads to: who asks, what is promised, how to answer, and how far one has come.
struct SeatPage {
    private let opened: OpenedSeat
    private let call: Call
    private let stage: SeatView.Stage
    /// Whether somebody just sent answers that came after the closing.
    private let cameTooLate: Bool

    init(_ opened: OpenedSeat, _ call: Call, cameTooLate: Bool = false) {
        (self.opened, self.call, self.cameTooLate) = (opened, call, cameTooLate)
        stage = opened.seat.stage(at: call.now)
    }

    /// There is a result to read, with or without figures.
    private var isSettled: Bool { stage == .fixed || stage == .workshop }

    /// Nobody answers any more.
    private var isAnswered: Bool { stage == .closed || isSettled }

    /// Afterwards its page still says what all of it is about.
    private var seminarIsAhead: Bool { seat.seminarStarts.map { $0 > call.now } ?? false }

    private var seat: SeatView { opened.seat }
    private var texts: Texts { call.texts }
    private var instrument: Instrument { opened.instrument }
    private var language: Language { call.texts.language }
    private var view: QuestionnaireView { QuestionnaireView(instrument: instrument, glossary: opened.glossary, texts: texts) }

    var page: Page {
        Page("participation/seat", title: seat.title, head + standing + promise + view.guide, frame: opened.seat.frame(texts))
    }

    private var head: [String: PageValue] {
        let holder = ["name": seat.name, "post": seat.area.isEmpty ? seat.post : "\(seat.post), \(seat.area)"]
        let size = ["items": String(instrument.items.count), "areas": String(instrument.dimensions.count)]
        return [
            "hasIntroduction": .flag(!seat.introduction[language].isEmpty), "introductionAuthor": .text(texts("answer.introduction", ["runner": seat.runnerName])),
            "introduction": .list(seat.introduction[language].paragraphs.map(PageValue.text)),
            "hasSeminar": .flag(seat.hasSeminar && (stage == .waiting || stage == .open)), "seminarPath": .text(opened.path + "/seminarium"),
            "seminarHeading": .text(texts["answer.seminar.\(seminarIsAhead ? "ahead" : "past").heading"]),
            "seminarLink": .text(texts["answer.seminar.\(seminarIsAhead ? "ahead" : "past").link"]),
            "council": .text(seat.council), "roundTitle": .text(seat.title), "greeting": .text(texts(isAnswered ? "answer.greeting.past" : "answer.greeting", holder)),
            "orderer": .text("\(seat.ordererName), \(seat.ordererTitle)"), "runner": .text("\(seat.runnerName), \(seat.runnerTitle)"),
            "targetYear": .number(Int(seat.targetYear)), "closes": .text(texts.time(seat.closesAt)), "size": .text(texts("answer.size", size)),
        ]
    }

    // MARK: How far it has come

    private var standing: [String: PageValue] {
        let tally = opened.sheet?.tally, submitted = opened.sheet?.submitted ?? false, begun = tally.map { $0.answered + $0.half > 0 } ?? false
        // One may close earlier than was said.
        let when = ["when": texts.time(seat.closedAt ?? seat.closesAt), "runner": seat.runnerName]
        let notice: String? = switch stage {
        case .waiting: "waiting"
        case .open: submitted ? "submitted" : nil
        case .closed: submitted ? "closed-submitted" : begun ? "closed-begun" : "closed"
        case .fixed: "fixed"
        case .workshop: "workshop"
        }
        return [
            "isTooLate": .flag(cameTooLate),
            "hasNotice": .flag(notice != nil), "isGood": .flag(submitted || isSettled),
            "noticeHeading": .text(notice.map { texts("answer.notice.\($0).heading") } ?? ""),
            "noticeText": .text(notice.map { texts("answer.notice.\($0)", when) } ?? ""),
            "isOpen": .flag(stage == .open), "isFixed": .flag(isSettled), "isSubmitted": .flag(submitted), "isBegun": .flag(begun && stage == .open),
            "isFresh": .flag(!begun && stage == .open), "isAhead": .flag(stage == .open || stage == .waiting),
            "answered": .number(tally?.answered ?? 0), "items": .number(instrument.items.count), "progressText": .text(tally.map { texts.progress($0) } ?? ""),
            "continuePath": .text(continuePath), "continueText": .text(texts(continueKey)),
            "receiptPath": .text(opened.path + "/kvitto"), "submissionPath": .text(opened.path + "/skicka"), "resultPath": .text(opened.path + "/resultat"),
            "areas": .groups(instrument.dimensions.enumerated()) { place, dimension in
                [
                    "areaPath": .text("\(opened.path)/\(place + 1)"), "areaName": .text(dimension.name[language]),
                    "areaText": .text(opened.sheet.map { texts.tally($0.tally(of: place)) } ?? ""),
                    "isDone": .flag(opened.sheet?.tally(of: place).isComplete ?? false),
                ]
            },
        ]
    }

    /// The first dimension that something is left of; the summary if nothing is.
    private var continuePath: String {
        guard let sheet = opened.sheet else { return opened.path }
        return instrument.dimensions.indices.first { !sheet.tally(of: $0).isComplete }.map { "\(opened.path)/\($0 + 1)" } ?? opened.path + "/skicka"
    }

    private var continueKey: String {
        guard let tally = opened.sheet?.tally else { return "answer.begin" }
        return tally.isComplete ? "answer.review" : tally.answered + tally.half > 0 ? "answer.continue" : "answer.begin"
    }

    // MARK: What is promised

    private var promise: [String: PageValue] {
        let contract = seat.contract, audiences = Contract.Audience.allCases.filter(contract.audiences.contains).map { $0.name[language] }
        return [
            "promiseHeading": .text(texts[isSettled ? "answer.promise.heading.past" : "answer.promise.heading"]),
            "k": .number(contract.k), "figuresPromise": .text(texts("answer.promise.figures", ["k": String(contract.k)])),
            "audiencePromise": .text(texts("answer.promise.audience", ["audiences": texts.enumeration(audiences)])),
            "splitPromise": .text(texts[contract.split ? "split.promise" : "contract.split.no"]),
            "commentsPromise": .text(texts["answer.promise.comments.\(contract.comments ? "yes" : "no")"]),
            "commentsTerm": .text(texts["contract.comments.\(contract.comments ? "yes" : "no")"]),
            "purpose": .text(contract.purpose), "controller": .text(contract.controller), "audiences": .list(audiences.map { .text($0) }),
            "retention": .text(contract.retention), "disposalDecision": .text(contract.disposalDecision), "contact": .text(contract.contact),
            "frozen": .text(texts.time(seat.frozenAt)), "hash": .text(seat.contractHash),
        ]
    }
}

extension Texts {
    /// "12 av 32 påståenden är besvarade."
    func progress(_ tally: Tally) -> String {
        self("answer.progress", ["answered": String(tally.answered), "items": String(tally.items)])
    }

    /// All that there is to say of a dimension, in a line: "3 besvarade, 1 halvt".
    func tally(_ tally: Tally) -> String {
        if tally.blank == tally.items { return self["answer.tally.none"] }
        let parts = [
            ("levels", tally.levels), ("dontKnow", tally.dontKnow), ("notRelevant", tally.notRelevant), ("half", tally.half), ("blank", tally.blank),
        ].filter { $0.1 > 0 }
        return parts.map { self("answer.tally.\($0.0)", ["count": String($0.1)]) }.joined(separator: ", ")
    }

    /// Parts of a sentence: with small letters.
    func enumeration(_ parts: [String]) -> String { language.enumeration(parts.map { $0.prefix(1).lowercased() + $0.dropFirst() }) }
}
