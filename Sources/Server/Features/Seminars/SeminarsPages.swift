import Database
import Rules

/// The seminar of a round: what it is, and who comes; planning, inviting, calling off.
struct SeminarsPages: Sendable {
    private let seminars: Seminars

    init(_ services: Services) { seminars = Seminars(services: services) }

    var routes: [Route] {
        let path = "/omgangar/{roundId}/seminarium", own = "/enkat/{seatId}/seminarium"
        return [
            Route(.get, path, operation: "showSeminar", needs: .member(.readRounds)) { try await show(nil, $0) },
            Route(.post, path, operation: "submitSeminar", needs: .member(.setUpRound), handler: set),
            Route(.post, path + "/inbjudan", operation: "submitSeminarInvitations", needs: .member(.invite), handler: hold),
            Route(.post, path + "/stall-in", operation: "submitSeminarCancellation", needs: .member(.setUpRound), handler: cancel),
            Route(.get, own, operation: "seminarPage", needs: .participant) { try await showOwn(nil, $0) },
            Route(.post, own, operation: "submitAttendance", needs: .participant, handler: answer),
        ]
    }

    private static func path(_ round: RoundID) -> String { RoundPages.path(round) + "/seminarium" }

    // MARK: The council

    private func show(_ sent: Form?, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .readRounds), council = member.municipality, round: RoundID = try call.id("roundId"), texts = call.texts
        let (me, found, view, rows) = try await seminars.services.database.send(
            as: member, .me(in: council), .round(round, of: council), .seminar(of: round, in: council), .attendances(of: round, in: council))
        guard let found else { throw Problem.notFound }
        let roles = Set(me.roles), fields = FormView(sent ?? view?.seminar.form ?? .empty, texts), isAhead = found.state.isBeforeOpening
        let stands = view != nil && view?.cancelledAt == nil
        let isOver = stands && found.state != .planned && view.map { $0.seminar.ends <= call.now } ?? false, tense = isOver ? ".past" : ""
        return .page(Page("seminars/show", title: texts["seminar.title"], [
            "roundTitle": .text(found.plan.title), "roundPath": .text(RoundPages.path(round)), "seminarPath": .text(Self.path(round)),
            "hasLead": .flag(isAhead || isOver), "leadText": .text(texts["seminar.lead" + tense]), "answersHeading": .text(texts["seminar.answers" + tense]),
            "isMissing": .flag(view == nil), "missingText": .text(texts[isAhead ? "seminar.missing" : "seminar.missing.past"]),
            "mayPlan": .flag(roles.may(.setUpRound) && isAhead), "tells": .flag(found.state == .seminar),
            "canHold": .flag(roles.may(.invite) && found.refusal(of: .seminar, now: call.now) == nil),
            "cannotHold": .flag(roles.may(.invite) && found.state == .planned && stands && found.refusal(of: .seminar, now: call.now) != nil),
            "refusalText": .text(found.refusal(of: .seminar, now: call.now).map { Problem($0).detail[texts.language] } ?? ""),
            "canCancel": .flag(roles.may(.setUpRound) && isAhead && stands),
            "showsAnswers": .flag(roles.may(.invite) && found.state != .planned && !rows.isEmpty),
            "answersText": .text(texts("seminar.answers.text" + tense, [
                "coming": String(rows.filter { $0.attendance?.attends == true }.count), "notComing": String(rows.filter { $0.attendance?.attends == false }.count),
                "unanswered": String(rows.filter { $0.attendance == nil }.count),
            ])),
            "invitees": .groups(rows) { row in
                [
                    "rowName": .text(row.name), "rowPost": .text(row.post),
                    "rowAnswer": .text(texts["seminar.answer.\(row.answer.isOfEarlierTime ? "earlier" : (row.attendance?.word ?? "none") + tense)"]),
                    "hasNote": .flag(row.attendance?.note.isEmpty == false), "rowNote": .text(row.attendance?.note ?? ""),
                ]
            },
            "startsField": fields.text("startsAt", "seminar.startsAt", .moment), "endsField": fields.text("endsAt", "seminar.endsAt", .moment),
            "placeField": fields.text("place", "seminar.place", isRequired: false), "linkField": fields.text("link", "seminar.link", isRequired: false),
            "agendaField": fields.area("agenda", "seminar.agenda", rows: 6, isRequired: false),
            "materialFields": .groups(0..<Self.materialFields(for: view?.seminar)) { number in
                [
                    "materialTitle": fields.text("materials.\(number).title", "seminar.material.title", isRequired: false),
                    "materialLink": fields.text("materials.\(number).link", "seminar.material.link", isRequired: false),
                ]
            },
        ] + (view?.values(texts) ?? SeminarView.noValues), form: fields, frame: .council(me, here: .home, texts)))
    }

    /// One more than there are, and some at least: saving the page keeps whatever the API has set.
    private static func materialFields(for seminar: Seminar?) -> Int {
        min(Seminar.mostMaterials, max(4, (seminar?.materials.count ?? 0) + 1))
    }

    @Sendable private func set(_ call: Call) async throws -> Reply {
        try await call.submit(Seminar.init, showing: { try await show($0, call) }) { seminar in
            let round: RoundID = try call.id("roundId")
            _ = try await seminars.set(seminar, for: round, as: call.member(for: .setUpRound))
            return .seeOther(Self.path(round)).flash("seminarSet")
        }
    }

    @Sendable private func hold(_ call: Call) async throws -> Reply {
        try await call.submit({ _ in }, showing: { _ in try await show(nil, call) }) {
            let round: RoundID = try call.id("roundId")
            _ = try await seminars.hold(round, as: call.member(for: .invite))
            return .seeOther(Self.path(round)).flash("seminarHeld")
        }
    }

    @Sendable private func cancel(_ call: Call) async throws -> Reply {
        try await call.submit({ _ in }, showing: { _ in try await show(nil, call) }) {
            let round: RoundID = try call.id("roundId")
            try await seminars.cancel(round, as: call.member(for: .setUpRound))
            return .seeOther(Self.path(round)).flash("seminarCancelled")
        }
    }

    // MARK: The participant

    /// What the seminar is, whether one comes, and what all of it is about, in plain words.
    private func showOwn(_ sent: Form?, _ call: Call) async throws -> Reply {
        let participant = try call.participant(seminars.services.links), texts = call.texts
        let (seat, found) = try await seminars.services.database.send(as: participant, .seat(of: participant), .seminar(for: participant))
        guard let it = found else { throw Problem.notFound }
        let saved = it.own.map { Form(["attends": $0.word, "note": $0.note]) } ?? .empty, fields = FormView(sent ?? saved, texts)
        return .page(Page("seminars/own", title: texts["seminar.own.title"], it.view.values(texts) + [
            "council": .text(seat.council), "roundTitle": .text(seat.title), "seatPath": .text("/enkat/\(seat.id)"),
            "ownPath": .text("/enkat/\(seat.id)/seminarium"), "runner": .text("\(seat.runnerName), \(seat.runnerTitle)"),
            "takesAnswers": .flag(it.takesAnswers(at: call.now)), "isPast": .flag(it.view.cancelledAt == nil && !it.takesAnswers(at: call.now)),
            "isAskedAgain": .flag(it.answer.isOfEarlierTime && it.takesAnswers(at: call.now)), "sequence": .number(it.view.sequence),
            "attendsField": fields.options("attends", "seminar.attends", Answer.self), "noteField": fields.area("note", "seminar.note", rows: 3, isRequired: false),
            "questions": .list((1...7).map { .text(texts["question.\($0)"]) }),
            "methodSteps": .list((1...5).map { .text(texts["seminar.method.\($0)"]) }),
            "terms": .groups(seminars.services.questionnaires.glossary.terms) { term in
                ["termName": .text(term.term[texts.language]), "termText": .text(term.definition[texts.language])]
            },
        ], form: fields, frame: seat.frame(texts)))
    }

    private enum Answer: String, CaseIterable { case yes, no }

    @Sendable private func answer(_ call: Call) async throws -> Reply {
        try await call.submit({ fields in
            (Attendance(
                attends: fields.choice("attends", Answer.self) == .yes, note: fields.given("note")?.text(0...Attendance.longestNote, lines: .many) ?? ""),
             fields.integer("sequence", 0...1_000_000))
        }, showing: { try await showOwn($0, call) }) { attendance, seen in
            let participant = try call.participant(seminars.services.links)
            _ = try await seminars.answer(attendance, seen: seen, as: participant, at: call.now)
            return .seeOther("/enkat/\(participant.seat)/seminarium").flash("attendanceSaved")
        }
    }
}

extension Attendance {
    fileprivate var word: String { attends ? "yes" : "no" }
}

extension Seminar {
    fileprivate var form: Form {
        var values = [
            "startsAt": SwedishTime.local(starts), "endsAt": SwedishTime.local(ends), "place": place, "link": link, "agenda": agenda,
        ]
        for (number, material) in materials.enumerated() {
            values["materials.\(number).title"] = material.title
            values["materials.\(number).link"] = material.link
        }
        return Form(values)
    }
}

extension SeminarView {
    fileprivate static let noValues: [String: PageValue] = [
        "hasSeminar": .flag(false), "isCancelled": .flag(false), "when": .text(""), "hasPlace": .flag(false), "place": .text(""), "hasLink": .flag(false),
        "link": .text(""), "hasAgenda": .flag(false), "agenda": .list([]), "hasMaterials": .flag(false), "materials": .list([]),
    ]

    fileprivate func values(_ texts: Texts) -> [String: PageValue] {
        [
            "hasSeminar": .flag(true), "isCancelled": .flag(cancelledAt != nil),
            "when": .text(texts.times(from: seminar.starts, to: seminar.ends)),
            "hasPlace": .flag(!seminar.place.isEmpty), "place": .text(seminar.place), "hasLink": .flag(!seminar.link.isEmpty), "link": .text(seminar.link),
            "hasAgenda": .flag(!seminar.agenda.isEmpty), "agenda": .list(seminar.agenda.paragraphs.map(PageValue.text)),
            "hasMaterials": .flag(!seminar.materials.isEmpty),
            "materials": .groups(seminar.materials) { ["materialName": .text($0.title), "materialPath": .text($0.link)] },
        ]
    }
}
