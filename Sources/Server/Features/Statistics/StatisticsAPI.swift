import Rules

struct StatisticsAPI: Sendable {
    let statistics: Statistics

    init(_ services: Services) { statistics = Statistics(services: services) }

    var routes: [Route] {
        let sharing = "/api/v1/rounds/{roundId}/sharing"
        return [
            Route(.get, sharing, operation: "getSharing", needs: .member(Capability.readRounds.rawValue), handler: getSharing),
            Route(.put, sharing, operation: "shareRound", needs: .member(Capability.shareResult.rawValue), takes: .nothing, handler: shareRound),
            Route(.delete, sharing, operation: "unshareRound", needs: .member(Capability.shareResult.rawValue), handler: unshareRound),
            Route(.get, "/api/v1/rounds/{roundId}/position", operation: "getPosition", needs: .member(Capability.readPosition.rawValue), handler: getPosition),
        ]
    }

    @Sendable private func getSharing(_ call: Call) async throws -> Reply {
        .json(try await statistics.sharing(of: call.id("roundId"), as: call.member(for: .readRounds)).json(call))
    }

    @Sendable private func shareRound(_ call: Call) async throws -> Reply {
        .json(try await statistics.share(call.id("roundId"), as: call.member(for: .shareResult)).json(call))
    }

    @Sendable private func unshareRound(_ call: Call) async throws -> Reply {
        try await statistics.unshare(call.id("roundId"), as: call.member(for: .shareResult))
        return .noContent
    }

    @Sendable private func getPosition(_ call: Call) async throws -> Reply {
        .json(try await statistics.position(of: call.id("roundId"), as: call.member(for: .readPosition)).json(call))
    }
}

extension SharingView {
    fileprivate func json(_ call: Call) -> JSON {
        ["shared": .bool(shared), "inContract": .bool(inContract), "_links": ["self": call.link(call.path)]]
    }
}

extension PositionView {
    fileprivate func json(_ call: Call) -> JSON {
        [
            "edition": edition.map { ["number": .integer($0.number), "publishedAt": .instant($0.publishedAt)] } ?? .null,
            // One group so far, so that none is ever widened to.
            "group": ["requested": .choice(ReferenceGroup.all), "used": .choice(ReferenceGroup.all)],
            "tooFew": tooFew.map(PositionView.tooFew) ?? .null,
            "figures": .list(lines, \.json),
            "_links": ["self": call.link(call.path)],
        ]
    }

    fileprivate static func tooFew(_ councils: Int) -> JSON {
        ["councils": .integer(councils), "needed": .integer(needed)]
    }
}

extension PositionView.Line {
    fileprivate var json: JSON {
        let tenth = { (figure: Figure?) in JSON.text(figure?.text(decimals: 1)) }
        return [
            "dimension": .string(dimension), "figure": .choice(kind), "own": .text(own?.description), "others": .integer(others),
            "tooFew": cell == nil ? PositionView.tooFew(others) : .null, "median": tenth(cell?.median), "lowerQuartile": tenth(cell?.lowerQuartile),
            "upperQuartile": tenth(cell?.upperQuartile), "position": .choice(position), "asOf": .instant(asOf),
        ]
    }
}
