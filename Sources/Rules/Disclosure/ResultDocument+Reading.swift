/// A stored document reads back with any decoder, and writes the same bytes again.
extension ResultDocument: Decodable {
    private enum Name: String, CodingKey {
        case schema, municipality, round, instrument, contract, k, invited, submitted, orderedBy, ranBy, seats, levels, dimensions, order, questions, overall
    }

    private struct RoundLine: Decodable {
        let title: String
        let fixedAt: String
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Name.self)
        schema = try fields.decode(Schema.self, forKey: .schema)
        let round = try fields.decode(RoundLine.self, forKey: .round)
        guard let fixedAt = Instant(rfc3339: round.fixedAt) else {
            throw DecodingError.dataCorruptedError(forKey: .round, in: fields, debugDescription: "fixedAt is no moment")
        }
        heading = Heading(
            municipality: try fields.decode(Municipality.self, forKey: .municipality), roundTitle: round.title,
            instrument: try fields.decode(InstrumentVersion.self, forKey: .instrument), contractHash: try fields.decode(String.self, forKey: .contract),
            fixedAt: fixedAt, k: try fields.decode(Int.self, forKey: .k), invited: try fields.decode(Int.self, forKey: .invited))
        submitted = try fields.decode(Int.self, forKey: .submitted)
        findings = fields.contains(.dimensions) ? try Findings(from: decoder) : nil
        guard findings == nil || (findings?.split != nil) == (schema == .withSplit) else {
            throw DecodingError.dataCorruptedError(forKey: .schema, in: fields, debugDescription: "a split, or the reason that there is none, is from version 2 on")
        }
    }
}

extension ResultDocument.Findings: Decodable {
    private enum Name: String, CodingKey { case orderedBy, ranBy, seats, levels, split, noSplit }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Name.self)
        group = ResultDocument.Group(
            orderedBy: try fields.decode(ResultDocument.NamedPerson.self, forKey: .orderedBy),
            ranBy: try fields.decode(ResultDocument.NamedPerson.self, forKey: .ranBy),
            seats: try fields.decode([ResultDocument.SeatLine].self, forKey: .seats))
        levels = try fields.decode(Int.self, forKey: .levels)
        analysis = try Analysis(from: decoder)
        split = try fields.decodeIfPresent(Split.self, forKey: .split).map { .shown($0) }
            ?? fields.decodeIfPresent(Hidden.self, forKey: .noSplit).map { .hidden($0) }
    }
}

extension Analysis: Decodable {
    private enum Name: String, CodingKey { case dimensions, order, questions, overall }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Name.self)
        dimensions = try fields.decode([Dimension].self, forKey: .dimensions)
        order = try fields.decode([String].self, forKey: .order)
        questions = try fields.decode([Question].self, forKey: .questions)
        overall = try fields.decode(Shown<Overall>.self, forKey: .overall)
    }
}

/// Stands among the fields of what it belongs to.
extension Shown: Decodable where Figures: Decodable {
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: ShownName.self)
        if let reason = try fields.decodeIfPresent(Hidden.self, forKey: .hidden) {
            self = .hidden(reason)
        } else {
            self = .shown(try fields.decode(Figures.self, forKey: .figures))
        }
    }
}

private enum ShownName: String, CodingKey { case figures, hidden }

extension Analysis.Dimension: Decodable {
    private enum Name: String, CodingKey { case key, items, dontKnow, answers, dontKnowShare }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Name.self)
        key = try fields.decode(String.self, forKey: .key)
        items = try fields.decode([Analysis.Item].self, forKey: .items)
        dontKnow = try fields.decode(Int.self, forKey: .dontKnow)
        answers = try fields.decode(Int.self, forKey: .answers)
        dontKnowShare = try fields.decode(Figure.self, forKey: .dontKnowShare)
        result = try Shown(from: decoder)
    }
}

extension Analysis.Item: Decodable {
    private enum Name: String, CodingKey { case key, dontKnowShare }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Name.self)
        key = try fields.decode(String.self, forKey: .key)
        dontKnowShare = try fields.decode(Figure.self, forKey: .dontKnowShare)
        cells = try Cells(from: decoder)
        result = try Shown(from: decoder)
    }
}

extension Analysis.Question: Decodable {
    private enum Name: String, CodingKey { case number, items, shownItems }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Name.self)
        number = try fields.decode(Int.self, forKey: .number)
        items = try fields.decode(Int.self, forKey: .items)
        shownItems = try fields.decode(Int.self, forKey: .shownItems)
        result = try Shown(from: decoder)
    }
}

extension Histogram: Decodable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let histogram = Histogram(counts: try container.decode([Int].self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no histogram")
        }
        self = histogram
    }
}
