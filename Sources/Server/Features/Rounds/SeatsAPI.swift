import Rules

/// The contract and the seats of a round, over the API.
struct SeatsAPI: Sendable {
    let seats: Seats
    let contracts: Contracts

    init(_ services: Services) { (seats, contracts) = (Seats(services: services), Contracts(services: services)) }

    var routes: [Route] {
        let round = "/api/v1/rounds/{roundId}", all = round + "/seats", one = all + "/{seatId}"
        let reads = Needs.member(.readRounds), setsUp = Needs.member(.setUpRound)
        let invites = Needs.member(.invite)
        return [
            Route(.get, round + "/contract", operation: "getContract", needs: reads, handler: getContract),
            Route(.put, round + "/contract", operation: "setContract", needs: setsUp, handler: setContract),
            Route(.get, all, operation: "listSeats", needs: invites, paged: true, handler: listSeats),
            Route(.post, all, operation: "addSeat", needs: invites, handler: addSeat),
            Route(.get, round + "/seat-proposals", operation: "getSeatProposals", needs: invites, handler: getSeatProposals),
            Route(.get, one, operation: "getSeat", needs: invites, handler: getSeat),
            Route(.patch, one, operation: "changeSeat", needs: invites, handler: changeSeat),
            Route(.delete, one, operation: "removeSeat", needs: invites, query: ["confirmDeletion"], handler: removeSeat),
            Route(.post, round + "/invitations", operation: "inviteSeats", needs: invites, handler: inviteSeats),
        ]
    }

    @Sendable private func getContract(_ call: Call) async throws -> Reply {
        .json(try await contracts.view(of: call.id("roundId"), as: call.member(for: .readRounds)).json(call))
    }

    @Sendable private func setContract(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .setUpRound), round: RoundID = try call.id("roundId")
        return .json(try await contracts.set(try call.body(Contract.init), for: round, as: member).json(call))
    }

    @Sendable private func listSeats(_ call: Call) async throws -> Reply {
        let round: RoundID = try call.id("roundId")
        let (found, total) = try await seats.list(of: round, call.paging, as: call.member(for: .invite))
        return try call.list(found.map { $0.json(of: round, call) }, of: total)
    }

    /// Each post without a seat, with whom to ask today.
    @Sendable private func getSeatProposals(_ call: Call) async throws -> Reply {
        let posts = try await seats.free(in: call.id("roundId"), as: call.member(for: .invite))
        return .json([
            "proposals": .list(posts) { it in
                [
                    "postId": .id(it.id), "post": .string(it.name), "holder": .string(it.holder),
                    "deputy": it.deputy.map { deputy in
                        [
                            "name": .string(deputy.occupant.name), "address": .string(deputy.occupant.address), "language": .choice(deputy.occupant.language),
                            "toDay": .string(deputy.until.iso),
                        ]
                    } ?? .null,
                ]
            },
            "_links": ["self": call.link(call.path)],
        ])
    }

    @Sendable private func addSeat(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .invite), round: RoundID = try call.id("roundId")
        let seat = try await seats.add(try call.body(NewSeat.init), to: round, as: member)
        return .created(SeatRow.path(seat.id, of: round), seat.json(of: round, call))
    }

    @Sendable private func getSeat(_ call: Call) async throws -> Reply {
        let round: RoundID = try call.id("roundId")
        return .json(try await seats.view(call.id("seatId"), of: round, as: call.member(for: .invite)).json(of: round, call))
    }

    @Sendable private func changeSeat(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .invite), round: RoundID = try call.id("roundId"), seat: SeatID = try call.id("seatId")
        let change = try call.body(SeatChange.init)
        guard !change.isEmpty else { throw Problem.invalidFields([FieldError("", .required)]) }
        return .json(try await seats.change(seat, of: round, change, as: member).json(of: round, call))
    }

    @Sendable private func removeSeat(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .invite)
        let confirmation: Confirmation? = try call.query.choice("confirmDeletion")
        try await seats.remove(call.id("seatId"), of: call.id("roundId"), confirmsDeletion: confirmation == .yes, as: member)
        return .noContent
    }

    private enum Confirmation: String, CaseIterable { case yes = "true", no = "false" }

    @Sendable private func inviteSeats(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .invite), round: RoundID = try call.id("roundId")
        let named = try call.body { $0.given("seatIds")?.ids(1...500, of: Subject.Seat.self) }
        let invited = try await seats.invite(named, in: round, as: member)
        return .accepted("/api/v1/rounds/\(round)/seats", ["invited": .integer(invited)])
    }
}

// MARK: - What is sent

extension Contract {
    /// Nothing is assumed.
    init(_ fields: Fields) {
        self.init(
            k: fields.integer("k", Contract.leastK...Contract.greatestK), controller: fields.text("controller", Contract.line),
            purpose: fields.text("purpose", Contract.paragraph, lines: .many), contact: fields.text("contact", Contract.line),
            audiences: Set(fields.choices("audiences", Audience.self, atLeast: 1)), comments: fields.flag("comments"),
            retention: fields.text("retention", Contract.paragraph, lines: .many), disposalDecision: fields.text("disposalDecision", Contract.line))
        if fields.isFlawless { fields.refuse(faults) }
    }

    private static let line = 1...200, paragraph = 1...2000
}

extension NewSeat {
    init(_ fields: Fields) {
        post = fields.id("postId")
        deputy = fields.given("deputy")?.object(Occupant.init)
    }
}

extension Occupant {
    init(_ fields: Fields) {
        name = fields.text("name", RoundPlan.name)
        address = fields["address"].mailKey()
        language = fields.choice("language")
    }
}

extension SeatChange {
    init(_ fields: Fields) {
        fields.refuseIfEmpty()
        name = fields.given("name")?.text(RoundPlan.name)
        address = fields.given("address")?.mailKey()
        language = fields.given("language")?.choice()
        confirmsDeletion = fields.given("confirmDeletion")?.flag() ?? false
    }
}

extension Field {
    /// An address as it is stored and compared.
    fileprivate func mailKey() -> String {
        read(3...254, or: "") { try MailAddress($0, at: pointer).key }
    }

    fileprivate func ids<S>(_ count: ClosedRange<Int>, of _: S.Type) -> [ID<S>] {
        let ids = list(count) { $0.id(of: S.self) }
        return Set(ids).count == ids.count ? ids : refuse(.chosenTwice, [])
    }
}

// MARK: - What is answered

extension ContractView {
    fileprivate func json(_ call: Call) -> JSON {
        [
            "k": .integer(contract.k), "controller": .string(contract.controller),
            "audiences": .list(contract.audiences.map(\.rawValue).sorted()) { .string($0) }, "comments": .bool(contract.comments), "split": .bool(contract.split),
            "purpose": .string(contract.purpose), "retention": .string(contract.retention), "disposalDecision": .string(contract.disposalDecision),
            "contact": .string(contract.contact), "frozenAt": .instant(frozenAt), "sha256": .text(sha256.map { Hex.encode($0) }),
            "_links": ["self": call.link(call.path)],
        ]
    }
}

extension SeatRow {
    static func path(_ seat: SeatID, of round: RoundID) -> String { "/api/v1/rounds/\(round)/seats/\(seat)" }

    /// Never with the link.
    fileprivate func json(of round: RoundID, _ call: Call) -> JSON {
        [
            "id": .id(id), "postId": .id(post), "function": .string(function.rawValue), "family": .string(function.family.rawValue),
            "title": .string(title), "area": .string(area), "deputy": .bool(isDeputy), "name": .string(occupant.name),
            "address": .string(occupant.address), "language": .string(occupant.language.rawValue), "invitedAt": .instant(invitedAt),
            "bounced": .bool(bounced),
            "holder": ["name": .string(holder.name), "address": .string(holder.address), "language": .string(holder.language.rawValue)],
            "_links": ["self": call.link(SeatRow.path(id, of: round))],
        ]
    }
}
