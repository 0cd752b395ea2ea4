import Rules

// From what a call shows to whom the database is to let in. What is not even well formed is refused here, as what is void is there.

extension Call {
    /// A member of a council, for an operation with this capability. Refused with 403 if the roles lack it, or with 404 if they lack the reading of
    /// what the path names too (`Route.reading`): what one may not see does not exist.
    func member(for capability: Capability) throws(Problem) -> Member {
        guard let token = SessionToken(try sessionToken()), case .member(let council) = token.holder else { throw .notSignedIn }
        return Member(council, token, for: capability, reading: route.reading.flatMap(Capability.init(rawValue:)), at: now)
    }

    /// For a page the cookie's own link must be that of the seat in the path, whatever the cookie is called.
    func participant(_ links: Links) throws(Problem) -> Participant {
        guard let link = links.read(try seatToken(), as: .seat), let council = link.municipality else { throw .notSignedIn }
        if !route.isAPI, link.id != (try id("seatId")) { throw .notSignedIn }
        return Participant(municipality: council, seat: link.id, generation: Int32(link.generation))
    }

    func `operator`() throws(Problem) -> Operator {
        guard let token = SessionToken(try sessionToken()), case .operator = token.holder else { throw .notSignedIn }
        return Operator(session: token.hash, now: now)
    }
}
