extension PlanDraft {
    public var json: JSON {
        ["catalogue": catalogue.map(JSON.integer) ?? .null, "proposals": .array(proposals.map(\.json))]
    }
}

extension PlanDraft.Proposal {
    fileprivate var json: JSON {
        [
            "dimension": .string(dimension), "reason": .string(reason.rawValue), "figures": figures.json,
            "dontKnow": .integer(dontKnow), "answers": .integer(answers), "dontKnowShare": .string(dontKnowShare.description),
            "actions": .array(actions.map(\.json)), "noStep": noStep.map { .string($0.rawValue) } ?? .null,
        ]
    }
}

extension PlanDraft.Step {
    fileprivate var json: JSON {
        ["rule": .string(rule.rawValue), "key": .string(action.key), "who": action.who.json, "what": action.what.json, "when": action.when.json]
    }
}

extension PlanDraft.Step: Decodable {
    private enum Name: String, CodingKey { case rule }

    public init(from decoder: any Decoder) throws {
        rule = try decoder.container(keyedBy: Name.self).decode(PlanDraft.Rule.self, forKey: .rule)
        action = try ActionCatalogue.Action(from: decoder)
    }
}
