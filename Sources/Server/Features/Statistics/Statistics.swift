import Database
import HTTPTypes
import Rules

/// A council and the anonymous statistics: whether its round is in them, and how it stands beside them.
struct Statistics: Sendable {
    let services: Services

    func sharing(of round: RoundID, as member: Member) async throws -> SharingView {
        guard let view = try await services.database.send(as: member, .sharing(of: round, in: member.municipality)) else { throw Problem.notFound }
        return view
    }

    /// Lets the round's figures into the next edition. Doing it twice is harmless.
    func share(_ round: RoundID, as member: Member) async throws -> SharingView {
        let council = member.municipality
        let (touched, found) = try await services.database.send(
            as: member, .share(round, in: council), .sharing(of: round, in: council))
        guard let view = found else { throw Problem.notFound }
        if touched == 0 { throw view.refusal ?? .noFigures }
        return view
    }

    /// Takes them out from the next edition on.
    func unshare(_ round: RoundID, as member: Member) async throws {
        let council = member.municipality
        let (_, found) = try await services.database.send(as: member, .unshare(round, in: council), .sharing(of: round, in: council))
        guard found != nil else { throw Problem.notFound }
    }

    /// 404 until the round is fixed.
    func position(of round: RoundID, as member: Member) async throws -> PositionView {
        let council = member.municipality
        let (found, own, cells) = try await services.database.send(
            as: member, .sharing(of: round, in: council), .figures(of: round, in: council), .publishedCells(for: round, in: council))
        return try await position(found, own, cells, as: member)
    }

    /// The same, with who asks: for a page.
    func positionAndReader(of round: RoundID, as member: Member) async throws -> (position: PositionView, me: Me) {
        let council = member.municipality
        let (me, found, own, cells) = try await services.database.send(
            as: member, .me(in: council), .sharing(of: round, in: council), .figures(of: round, in: council), .publishedCells(for: round, in: council))
        return (try await position(found, own, cells, as: member), me)
    }

    private func position(_ found: SharingView?, _ own: [DimensionFigure], _ cells: [CellForCouncil], as member: Member) async throws -> PositionView {
        guard let view = found, let fixedAt = view.fixedAt else { throw Problem.notFound }
        guard view.isOffered else { throw Problem.ownInstrument }
        let instrument = try await services.questionnaires.one(view.instrument, as: member).instrument
        return PositionView(round: view.title, fixedAt: fixedAt, instrument: instrument, own: own, cells: cells)
    }
}

extension SharingView {
    /// Why the round cannot be shared; nil if it can.
    var refusal: Problem? {
        if !isOffered { return .ownInstrument }
        if !fixed { return Problem(Refusal.roundNotFixed) }
        if !inContract { return Problem(Refusal.audienceNotInContract) }
        return hasFigures ? nil : .noFigures
    }
}

extension Problem {
    static let ownInstrument = Problem("own-instrument", .conflict,
        title: Text2(sv: "Enkäten är kommunens egen", en: "The council's own instrument"),
        detail: Text2(
            sv: "Omgången har en enkät som bara er kommun har, så det finns inga andra kommuner att jämföras med.",
            en: "The round has an instrument that only your council has, so there are no other councils to be compared with."))

    static let noFigures = Problem("no-figures", .conflict,
        title: Text2(sv: "Det finns inga siffror", en: "No figures"),
        detail: Text2(sv: "För få har svarat för att något område ska visas.", en: "Too few answered for any dimension to be shown."))
}
