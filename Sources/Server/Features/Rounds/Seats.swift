import Database
import Foundation
import Rules

/// Who is asked in a round. No answer from here holds a personal link, or says whether anybody has answered (disclosure.md R10, R11).
struct Seats: Sendable {
    let services: Services

    func list(of round: RoundID, _ paging: Paging, as member: Member) async throws -> (seats: [SeatRow], total: Int) {
        let council = member.municipality
        let (found, seats, total) = try await services.database.send(
            as: member, .round(round, of: council), .seats(of: round, in: council, limit: paging.limit, offset: paging.offset),
            .numberOfSeats(of: round, in: council))
        guard found != nil else { throw Problem.notFound }
        return (seats, total)
    }

    func view(_ id: SeatID, of round: RoundID, as member: Member) async throws -> SeatRow {
        guard let seat = try await services.database.send(as: member, .seat(id, of: round, in: member.municipality)) else { throw Problem.notFound }
        return seat
    }

    /// Adds a seat for a post, held by its holder or by a deputy; in an open round with a response of its own.
    func add(_ new: NewSeat, to round: RoundID, as member: Member) async throws -> SeatRow {
        let council = member.municipality
        return try await services.database.transaction(as: member) { tx in
            let view = try tx.lockRound(round, of: council)
            try view.rules.mayChangeSeats()
            guard try tx.add([new], to: view, in: council).isEmpty else { throw Problem.invalidFields([FieldError("/postId", .notThere)]) }
            return try tx.seat(new.id, of: round, in: council)
        }
    }

    /// Each post without a seat, with its holder and who stands in for him today.
    func free(in round: RoundID, as member: Member) async throws -> [FreePost] {
        let council = member.municipality
        let (found, posts) = try await services.database.send(
            as: member, .round(round, of: council), .freePosts(in: round, of: council, on: SwedishTime.day(member.now)))
        guard found != nil else { throw Problem.notFound }
        return posts
    }

    /// Adds a seat for each of some posts' holders or present deputies (named by their own ids), or for none.
    func add(_ chosen: [PostID], to round: RoundID, as member: Member) async throws {
        let council = member.municipality
        try await services.database.transaction(as: member) { tx in
            let view = try tx.lockRound(round, of: council)
            try view.rules.mayChangeSeats()
            let free = try tx.run(.freePosts(in: round, of: council, on: SwedishTime.day(member.now)))
            let seats = chosen.map { choice in
                let deputed = free.first { $0.deputy?.id.uuid == choice.uuid }
                return NewSeat(post: deputed?.id ?? choice, deputy: deputed?.deputy?.occupant)
            }
            let strange = try tx.add(seats, to: view, in: council)
            guard strange.isEmpty else { throw Problem.invalidFields(strange.map { FieldError("/posts/\($0)", .notThere) }) }
        }
    }

    /// Another holder or address, which costs what was answered; or another language, which costs nothing.
    func change(_ id: SeatID, of round: RoundID, _ change: SeatChange, as member: Member) async throws -> SeatRow {
        let council = member.municipality
        return try await services.database.transaction(as: member) { tx in
            let (before, view) = try tx.lockSeat(id, of: round, in: council)
            try view.rules.mayChangeSeats()
            let after = change.applied(to: before.occupant)
            if (after.name, after.address) == (before.occupant.name, before.occupant.address) {
                _ = try tx.run(.setLanguage(after.language, of: id, in: round, of: council))
            } else {
                guard before.invitedAt == nil || change.confirmsDeletion else { throw Problem.answersWouldBeDeleted }
                _ = try tx.run(.leaveSeminar(id, at: member.now, in: council))
                try tx.run(.reseat(id, to: after))
            }
            return try tx.seat(id, of: round, in: council)
        }
    }

    func remove(_ id: SeatID, of round: RoundID, confirmsDeletion: Bool, as member: Member) async throws {
        let council = member.municipality
        try await services.database.transaction(as: member) { tx in
            let (seat, view) = try tx.lockSeat(id, of: round, in: council)
            try view.rules.mayChangeSeats()
            guard seat.invitedAt == nil || confirmsDeletion else { throw Problem.answersWouldBeDeleted }
            _ = try tx.run(.leaveSeminar(id, at: member.now, in: council))
            try tx.run(.removeSeat(id))
        }
    }

    /// Sends personal links: to those named, for the first time or again (at most once an hour each), or to all that have not been invited. The first freezes the contract.
    /// Returns how many mails are on their way.
    func invite(_ named: [SeatID]?, in round: RoundID, as member: Member) async throws -> Int {
        let council = member.municipality, now = member.now, attempts = services.attempts
        let invited = try await services.database.transaction(as: member) { tx in
            let view = try tx.lockRound(round, of: council)
            if let refusal = view.refusal(of: .invite, now: now) { throw refusal }
            var again: [UUID] = []
            if let named {
                let known = try Dictionary(uniqueKeysWithValues: tx.run(.known(named, of: round, in: council)).map { ($0.seat, $0.isInvited) })
                let strange = named.indices.filter { known[named[$0]] == nil }
                guard strange.isEmpty else { throw Problem.invalidFields(strange.map { FieldError("/seatIds/\($0)", .notThere) }) }
                again = known.filter(\.value).map(\.key.uuid)
            }
            if !view.contractIsFrozen { try tx.freezeContract(of: round, at: now, in: council) }
            // Before the round opens it is the seminar that people are invited to; opening invites them to answer.
            let invited = try tx.run(view.state == .seminar && view.hasSeminar
                ? .inviteToSeminar(named, at: now, in: round, of: council) : .invite(named, at: now, in: round, of: council))
            // At the end: what was not sent does not count.
            try attempts.sendAgain(to: again, at: now)
            return invited
        }
        services.bell.ring()
        return invited
    }
}

/// A seat for a post: for its holder, or for a deputy who is named here and stays one.
struct NewSeat: Sendable {
    let id = SeatID.random()
    let post: PostID
    let deputy: Occupant?
}

/// What is to be different about who sits in a seat.
struct SeatChange: Sendable {
    let name, address: String?
    let language: Language?
    /// What was answered may be deleted.
    let confirmsDeletion: Bool

    var isEmpty: Bool { name == nil && address == nil && language == nil }

    func applied(to occupant: Occupant) -> Occupant {
        Occupant(name: name ?? occupant.name, address: address ?? occupant.address, language: language ?? occupant.language)
    }
}

extension Tx where A == Member {
    /// A seat, its round locked.
    fileprivate mutating func lockSeat(_ id: SeatID, of round: RoundID, in council: MunicipalityID) throws -> (SeatRow, RoundView) {
        let view = try lockRound(round, of: council)
        return (try seat(id, of: round, in: council), view)
    }

    /// Makes seats; the places of those whose post is not there.
    mutating func add(_ seats: [NewSeat], to round: RoundView, in council: MunicipalityID) throws -> [Int] {
        let made = Set(try run(.add(seats, to: round.id, of: council)))
        if round.state == .open { try run(.handOut(round.id)) }
        return seats.indices.filter { !made.contains(seats[$0].post) }
    }

    fileprivate mutating func seat(_ id: SeatID, of round: RoundID, in council: MunicipalityID) throws -> SeatRow {
        guard let seat = try run(.seat(id, of: round, in: council)) else { throw Problem.notFound }
        return seat
    }
}
