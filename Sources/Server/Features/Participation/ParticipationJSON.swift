import Rules

// What participants are answered with. Names and shapes are openapi.yaml's.

extension Answer {
    var json: JSON {
        switch self {
        case .dontKnow: ["mark": .string(Mark.dontKnow.rawValue)]
        case .notRelevant: ["mark": .string(Mark.notRelevant.rawValue)]
        default: ["current": level(current), "desired": level(desired)]
        }
    }

    private func level(_ saved: Int16) -> JSON { saved == 0 ? .null : .integer(Int(saved)) }
}

extension AnswerSheet {
    func json(_ call: Call) -> JSON {
        .object([.init("answers", .object(zip(instrument.items, answers).map { .init($0.key, $1.json) }))] + standing(call))
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
    /// Canonical; the questionnaire's part is the same for everyone and is put in as it is.
    func bytes(_ call: Call) -> [UInt8] {
        let parts: [(String, [UInt8])] = [
            ("_links", JSON.object([.init("self", call.link(call.path))]).canonicalBytes),
            ("contract", seat.contractJSON.canonicalBytes), ("council", seat.councilJSON.canonicalBytes),
            ("questionnaire", questionnaire.json), ("response", (sheet?.json(call) ?? .null).canonicalBytes),
            ("round", seat.roundJSON(at: call.now).canonicalBytes), ("seat", seat.seatJSON.canonicalBytes),
        ]
        var bytes = Array("{".utf8)
        for (place, part) in parts.enumerated() {
            bytes += "\(place == 0 ? "" : ",")\"\(part.0)\":".utf8
            bytes += part.1
        }
        return bytes + "}".utf8
    }
}
