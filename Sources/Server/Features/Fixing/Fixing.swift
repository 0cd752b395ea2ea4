import Database
import Rules

/// Fixing a round (fastställa): asked for by a person who has seen what it does, and done by the worker in one transaction that writes the result and
/// deletes the answers. It cannot be undone. With fewer than k responses the same step ends the round without figures.
struct Fixing: Sendable {
    let services: Services

    /// What a request asks for. The names stand in the database.
    enum Goal: String, Sendable, CaseIterable {
        /// At least k submitted: figures, and the round goes on to its workshop.
        case result
        /// Fewer: no figures, and the round goes on to its workshop or is concluded.
        case workshopWithoutFigures, endWithoutFigures

        func step(seen: Int) -> RoundStep {
            switch self {
            case .result: .fix(seen: seen)
            case .workshopWithoutFigures: .holdWorkshop(seen: seen)
            case .endWithoutFigures: .conclude(seen: seen)
            }
        }
    }

    func view(of round: RoundID, as member: Member) async throws -> FixingView {
        guard let view = try await services.database.send(as: member, .fixing(of: round, in: member.municipality)) else { throw Problem.notFound }
        return view
    }

    /// - Parameter seen: how many had submitted when the person confirmed. Asking again for what is asked for already is harmless.
    func request(_ goal: Goal, of round: RoundID, submitted seen: Int, as member: Member) async throws {
        let council = member.municipality, now = member.now
        try await services.database.transaction(as: member) { tx in
            guard let view = try tx.run(.fixing(of: round, in: council)) else { throw Problem.notFound }
            if let refusal = view.refusal(goal, seen: seen, at: now) { throw refusal }
            _ = try tx.run(.requestFixing(goal, of: round, submitted: seen, at: now, in: council))
            _ = try tx.run(.order(.fixRound, round.uuid, for: council, at: now))
        }
        services.bell.ring()
    }

    /// The job. Carried out twice, it finds nothing to do.
    func carryOut(_ job: Job) async throws -> JobOutcome {
        guard let council = job.municipality else { return .done }
        let round = RoundID(job.subject), now = services.clock.now(), questionnaires = services.questionnaires
        try await services.database.transaction(as: Worker(municipality: council)) { tx in
            try tx.run(.takeTurn(in: council))
            guard let it = try tx.run(.roundToFix(round, in: council)) else { return }
            let questionnaire = try questionnaires[it.instrument] ?? questionnaires.keep(tx.run(.instrument(it.instrument, in: council)))
            guard let shape = questionnaire.instrument.shape else { throw NotOfItsShape(id: it.instrument) }
            let rows = try tx.run(.sheets(of: round, in: council))
            let sheets = rows.compactMap { row in Sheet(current: row.current, desired: row.desired, of: shape).map { (row.branch, $0) } }
            guard sheets.count == rows.count else { throw NotOfItsShape(id: it.instrument) }
            let lastFixed = try tx.run(.lastFixed(before: round, in: council))
            _ = try tx.run(.endRequest(for: round, in: council))
            let seats = try tx.run(.invitedSeats(of: round, in: council))
            guard it.stands(invited: seats.count, submitted: sheets.count, lastFixed: lastFixed, at: now) else { return }
            try Fixing.fix(round, it, ResultDocument.make(it, seats: seats, shape: shape, sheets: sheets, at: now), at: now, in: council, &tx)
        }
        services.bell.ring()
        return .done
    }

    private static func fix(
        _ round: RoundID, _ it: RoundToFix, _ document: ResultDocument, at now: Instant, in council: MunicipalityID, _ tx: inout Tx<Worker>
    ) throws {
        _ = try tx.run(.keep(StoredResult(document, of: it.instrument), of: round, at: now, in: council))
        try tx.run(.publishComments(of: round, in: council))
        _ = try tx.run(.deleteResponses(of: round, in: council))
        guard let findings = document.findings else {
            _ = try tx.run(.setEmptied(round, to: it.goal == .workshopWithoutFigures ? .workshop : .concluded, at: now, in: council))
            return
        }
        _ = try tx.run(.keep(
            findings.analysis.dimensionFigures, of: round, instrument: it.instrumentKey, version: it.instrumentVersion, fictional: it.fictional,
            at: now, in: council))
        _ = try tx.run(.setFixed(round, at: now, in: council))
        _ = try tx.run(.orderResultMail(for: round, at: now, in: council))
    }

    /// A round's responses are not of the length that its instrument asks for.
    struct NotOfItsShape: Error, CustomStringConvertible {
        let id: ID<Instrument>
        var description: String { "instrument \(id) does not fit the round" }
    }
}

extension FixingView {
    /// What this round can be asked for now.
    var goal: Fixing.Goal { submitted >= k ? .result : .endWithoutFigures }

    /// From when the time since the last fixed round is long enough; nil if there was none (R13).
    var earliest: Instant? { lastFixed?.adding(days: Round.daysBetweenFixings) }

    func refusal(_ goal: Fixing.Goal, seen: Int, at now: Instant) -> Refusal? {
        Round(state: state, k: k, invited: invited, submitted: submitted, closesAt: nil, hasAgreement: true, previousFixedAt: lastFixed)
            .refusal(goal, seen: seen, at: now)
    }
}

extension RoundToFix {
    /// Whether the request still holds: nobody has submitted or taken back since, and the round has not been opened in between.
    func stands(invited: Int, submitted: Int, lastFixed: Instant?, at now: Instant) -> Bool {
        guard let closedAt, closedAt <= requestedAt else { return false }
        return Round(state: state, k: k, invited: invited, submitted: submitted, closesAt: nil, hasAgreement: true, previousFixedAt: lastFixed)
            .refusal(goal, seen: submittedSeen, at: now) == nil
    }
}

extension Round {
    fileprivate func refusal(_ goal: Fixing.Goal, seen: Int, at now: Instant) -> Refusal? {
        do throws(Refusal) {
            // A fixed round can be concluded too, but by itself and at once.
            guard try after(goal.step(seen: seen), now: now).effects.contains(.writeDocument) else { return .roundNotClosed }
            return nil
        } catch {
            return error
        }
    }
}

extension ResultDocument {
    static func make(_ it: RoundToFix, seats: [InvitedSeat], shape: Shape, sheets: [(Branch, Sheet)], at now: Instant) -> ResultDocument {
        let heading = Heading(
            municipality: Municipality(code: it.councilCode, name: it.councilName), roundTitle: it.title,
            instrument: InstrumentVersion(key: it.instrumentKey, version: Int(it.instrumentVersion)), contractHash: Hex.encode(it.contract),
            fixedAt: now, k: it.k, invited: seats.count)
        let group = Group(
            orderedBy: NamedPerson(name: it.ordererName, title: it.ordererTitle), ranBy: NamedPerson(name: it.runnerName, title: it.runnerTitle),
            seats: seats.map(\.line))
        let invited = Dictionary(seats.map { ($0.branch, [Sheet]()) }) { first, _ in first }
        let given = Dictionary(grouping: sheets, by: \.0).mapValues { $0.map(\.1) }
        return make(heading, group: group, shape: shape, sheets: invited.merging(given) { $1 }, mayBeSplit: it.mayBeSplit)
    }
}

/// A result as it is stored and served: the exact bytes, and their SHA-256.
struct StoredResult: Sendable {
    let document: [UInt8]
    let sha256: [UInt8]
    /// The round's.
    let instrument: ID<Instrument>
}

extension StoredResult {
    init(_ document: ResultDocument, of instrument: ID<Instrument>) {
        let bytes = document.canonicalBytes
        self.init(document: bytes, sha256: Crypto.sha256(bytes), instrument: instrument)
    }
}

/// One dimension figure as its document prints it: what statistics may read.
struct DimensionFigure: Hashable, Sendable {
    enum Kind: String, Sendable, CaseIterable { case current, desired, gap }

    let dimension: String
    let kind: Kind
    let value: Figure
}

extension Analysis {
    /// Of the shown dimensions.
    var dimensionFigures: [DimensionFigure] {
        dimensions.flatMap { dimension in
            dimension.result.figures.map { figures in
                [
                    DimensionFigure(dimension: dimension.key, kind: .current, value: figures.current),
                    DimensionFigure(dimension: dimension.key, kind: .desired, value: figures.desired),
                    DimensionFigure(dimension: dimension.key, kind: .gap, value: figures.gap),
                ]
            } ?? []
        }
    }
}
