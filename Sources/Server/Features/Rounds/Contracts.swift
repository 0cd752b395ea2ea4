import Database
import Rules

/// What rounds promise their participants (disclosure.md R14).
struct Contracts: Sendable {
    let services: Services

    func view(of round: RoundID, as member: Member) async throws -> ContractView {
        guard let view = try await services.database.send(as: member, .contract(of: round, in: member.municipality)) else { throw Problem.notFound }
        return view
    }

    /// Sets the whole contract, until it is frozen.
    func set(_ contract: Contract, for round: RoundID, as member: Member) async throws -> ContractView {
        let council = member.municipality
        return try await services.database.transaction(as: member) { tx in
            let view = try tx.lockRound(round, of: council)
            if view.state.isOver { throw Refusal.roundIsOver }
            if view.contractIsFrozen { throw Refusal.contractFrozen }
            guard view.state.isBeforeOpening else { throw Refusal.roundNotPlanned }
            _ = try tx.run(.set(contract, for: round, in: council))
            return ContractView(contract: contract, frozenAt: nil, sha256: nil)
        }
    }
}

extension Tx where A == Member {
    /// Freezes the contract of a locked round: its canonical text, and the SHA-256 that stands in the result; and the text that is sent with it.
    mutating func freezeContract(of round: RoundID, at now: Instant, in council: MunicipalityID) throws {
        guard let view = try run(.contract(of: round, in: council)) else { throw Refusal.contractMissing }
        _ = try run(.freeze(view.contract, of: round, at: now, in: council))
        try freeze(.invitation, of: round, at: now, in: council)
    }
}

extension Query where R == Int {
    static func freeze(_ contract: Contract, of round: RoundID, at now: Instant, in council: MunicipalityID) -> Query {
        let bytes = contract.canonicalBytes
        return .freezeContract(of: round, document: String(decoding: bytes, as: UTF8.self), sha256: Crypto.sha256(bytes), at: now, in: council)
    }
}
