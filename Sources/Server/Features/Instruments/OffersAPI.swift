import Rules

/// What is offered to all councils, for the operator.
struct OffersAPI: Sendable {
    private let offers: Offers

    init(_ services: Services) { offers = Offers(services) }

    var routes: [Route] {
        let list = Offer.path, one = list + "/{instrumentId}", offer = one + "/offer"
        return [
            Route(.get, list, operation: "listOffers", needs: .operator, paged: true, handler: listOffers),
            Route(.post, list, operation: "offerInstrument", needs: .operator, takes: .instrument, handler: offerInstrument),
            Route(.get, one, operation: "getOffer", needs: .operator, handler: getOffer),
            Route(.put, offer, operation: "renewOffer", needs: .operator, takes: .nothing) { try await set(true, $0) },
            Route(.delete, offer, operation: "withdrawOffer", needs: .operator, gives: ["application/json"]) { try await set(false, $0) },
        ]
    }

    @Sendable private func listOffers(_ call: Call) async throws -> Reply {
        let (found, total) = try await offers.list(call.paging, as: call.operator())
        return try call.list(found.map(\.json), of: total)
    }

    @Sendable private func offerInstrument(_ call: Call) async throws -> Reply {
        let made = try await offers.add(call.file, as: call.operator())
        return .created("\(Offer.path)/\(made.id)", made.json)
    }

    @Sendable private func getOffer(_ call: Call) async throws -> Reply {
        .json(try await offers.read(call.id("instrumentId"), as: call.operator()).json)
    }

    private func set(_ isOffered: Bool, _ call: Call) async throws -> Reply {
        .json(try await offers.set(call.id("instrumentId"), isOffered: isOffered, as: call.operator()).json)
    }
}

extension Offer {
    fileprivate static let path = "/api/v1/operator/instruments"

    fileprivate var json: JSON {
        [
            "id": .id(id), "key": .string(key), "version": .integer(Int(version)), "name": name.json, "offered": .bool(withdrawnAt == nil),
            "withdrawnAt": .instant(withdrawnAt),
        ]
    }
}
