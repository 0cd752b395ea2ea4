extension ResultDocument {
    /// The exact bytes that are stored, hashed and served (RFC 8785).
    public var canonicalBytes: [UInt8] { json.canonicalBytes }

    public var json: JSON {
        .object(
            [
                .init("schema", .string(schema.rawValue)),
                .init("municipality", ["code": .string(heading.municipality.code), "name": .string(heading.municipality.name)]),
                .init("round", ["title": .string(heading.roundTitle), "fixedAt": .string(heading.fixedAt.rfc3339)]),
                .init("instrument", ["key": .string(heading.instrument.key), "version": .integer(heading.instrument.version)]),
                .init("contract", .string(heading.contractHash)),
                .init("k", .integer(heading.k)),
                .init("invited", .integer(heading.invited)),
                .init("submitted", .integer(submitted)),
            ] + (findings?.members ?? []))
    }
}

extension ResultDocument.Findings {
    fileprivate var members: [JSON.Member] {
        [
            .init("orderedBy", group.orderedBy.json),
            .init("ranBy", group.ranBy.json),
            .init("seats", .array(group.seats.map(\.json))),
            .init("levels", .integer(levels)),
        ] + analysis.members + (split.map { [$0.member] } ?? [])
    }
}

extension Analysis {
    /// What of a document follows from its cells.
    var members: [JSON.Member] {
        [
            .init("dimensions", .array(dimensions.map(\.json))),
            .init("order", .array(order.map(JSON.string))),
            .init("questions", .array(questions.map(\.json))),
            .init("overall", .object([overall.member(\.json)])),
        ]
    }
}

extension Shown<Split> {
    fileprivate var member: JSON.Member {
        switch self {
        case .shown(let split): .init("split", split.json)
        case .hidden(let reason): .init("noSplit", .string(reason.rawValue))
        }
    }
}

extension ResultDocument.NamedPerson {
    fileprivate var json: JSON { ["name": .string(name), "title": .string(title)] }
}

extension ResultDocument.SeatLine {
    fileprivate var json: JSON { ["function": .string(function.rawValue), "family": .string(family.rawValue), "title": .string(title)] }
}

extension Shown {
    fileprivate func member(_ json: (Figures) -> JSON) -> JSON.Member {
        switch self {
        case .shown(let figures): .init("figures", json(figures))
        case .hidden(let reason): .init("hidden", .string(reason.rawValue))
        }
    }
}

extension Analysis.Dimension {
    fileprivate var json: JSON {
        .object([
            .init("key", .string(key)),
            .init("dontKnow", .integer(dontKnow)),
            .init("answers", .integer(answers)),
            .init("dontKnowShare", dontKnowShare.json),
            .init("items", .array(items.map(\.json))),
            result.member(\.json),
        ])
    }
}

extension Analysis.Item {
    fileprivate var json: JSON {
        .object(
            [
                .init("key", .string(key)),
                .init("submitted", .integer(cells.submitted)),
                .init("pairs", .integer(cells.pairs)),
                .init("dontKnow", .integer(cells.dontKnow)),
                .init("notRelevant", .integer(cells.notRelevant)),
                .init("blank", .integer(cells.blank)),
                .init("dontKnowShare", dontKnowShare.json),
                result.member(\.json),
            ] + (cells.histograms.map { [.init("histograms", $0.json)] } ?? []))
    }
}

extension Analysis.Question {
    fileprivate var json: JSON {
        .object([
            .init("number", .integer(number)), .init("items", .integer(items)), .init("shownItems", .integer(shownItems)), result.member(\.json),
        ])
    }
}

extension Cells.Histograms {
    var json: JSON {
        ["current": .array(current.counts.map(JSON.integer)), "desired": .array(desired.counts.map(JSON.integer))]
    }
}

extension Figure {
    fileprivate var json: JSON { .string(description) }
}

extension ItemFigures {
    var json: JSON {
        [
            "current": current.json, "desired": desired.json, "gap": gap.json, "level": .integer(level), "spread": spread.json,
            "desiredSpread": desiredSpread.json, "agreement": agreement.json, "desiredAgreement": desiredAgreement.json,
        ]
    }
}

extension DimensionFigures {
    var json: JSON {
        [
            "current": current.json, "desired": desired.json, "gap": gap.json, "level": .integer(level), "spread": spread.json,
            "priority": priority.json, "shownItems": .integer(shownItems),
        ]
    }
}

extension QuestionFigures {
    fileprivate var json: JSON {
        ["current": current.json, "desired": desired.json, "gap": gap.json, "level": .integer(level)]
    }
}

extension Overall {
    fileprivate var json: JSON {
        ["current": current.json, "desired": desired.json, "gap": gap.json, "level": .integer(level), "weakest": .string(weakest)]
    }
}
