import Rules

// What participants are answered with. Names and shapes are openapi.yaml's.

extension Answer {
    var json: JSON { Answer.written[Int(current) * 10 + Int(desired)] }

    /// Every answer that there can be, by its two digits.
    private static let written = (0..<100).map { JSON.canonical(document(Int16($0 / 10), Int16($0 % 10)).canonicalBytes) }

    private static func document(_ current: Int16, _ desired: Int16) -> JSON {
        switch current {
        case Answer.dontKnow.current: ["mark": .string(Mark.dontKnow.rawValue)]
        case Answer.notRelevant.current: ["mark": .string(Mark.notRelevant.rawValue)]
        default: ["current": level(current), "desired": level(desired)]
        }
    }

    private static func level(_ saved: Int16) -> JSON { saved == 0 ? .null : .integer(Int(saved)) }
}

extension AnswerSheet {
    func json(_ call: Call) -> JSON {
        .object([.init("answers", .object(answers.indices.map { .init(instrument.items[$0].key, answers[$0].json) }))] + standing(call))
    }

    /// What a change is answered with; `savedItems` are the items that it saved.
    func saved(_ savedItems: [String], _ call: Call) -> JSON {
        .object([.init("savedItems", .list(savedItems, JSON.string))] + standing(call))
    }

    private func standing(_ call: Call) -> [JSON.Member] {
        [
            .init("submitted", .bool(submitted)), .init("answered", .integer(tally.answered)), .init("items", .integer(tally.items)),
            .init("_links", ["self": call.link("/api/v1/participation/answers")]),
        ]
    }
}

extension SeatView {
    var councilJSON: JSON { ["code": .string(councilCode), "name": .string(council), "areaWord": .string(areaWord)] }

    func roundJSON(at now: Instant) -> JSON {
        [
            "title": .string(title), "state": .choice(state == .open && stage(at: now) == .closed ? RoundState.closed : state),
            "closesAt": .instant(closesAt), "targetYear": .integer(Int(targetYear)),
            "ordererName": .string(ordererName), "ordererTitle": .string(ordererTitle),
            "runnerName": .string(runnerName), "runnerTitle": .string(runnerTitle),
            "introduction": ["sv": .string(introduction.sv), "en": .string(introduction.en)],
        ]
    }

    var seatJSON: JSON { ["title": .string(post), "area": .string(area), "name": .string(name)] }

    var contractJSON: JSON {
        [
            "k": .integer(contract.k), "controller": .string(contract.controller),
            "audiences": .list(contract.audiences.map(\.rawValue).sorted(), JSON.string), "comments": .bool(contract.comments), "split": .bool(contract.split),
            "purpose": .string(contract.purpose), "retention": .string(contract.retention), "disposalDecision": .string(contract.disposalDecision),
            "contact": .string(contract.contact), "frozenAt": .instant(frozenAt), "sha256": .string(contractHash),
        ]
    }
}

extension OpenedSeat {
    func json(_ call: Call) -> JSON {
        [
            "_links": ["self": call.link(call.path)], "contract": seat.contractJSON, "council": seat.councilJSON,
            "questionnaire": .canonical(questionnaire.json), "response": sheet?.json(call) ?? .null,
            "round": seat.roundJSON(at: call.now), "seat": seat.seatJSON,
        ]
    }
}
