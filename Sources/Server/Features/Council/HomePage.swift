import Database
import Rules

/// The council's first page: what to do next, and its rounds.
struct HomePage: Sendable {
    let services: Services

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [Route(.get, "/kommun", operation: "showHome", needs: .member(.readCouncil), handler: show)]
    }

    @Sendable private func show(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .readCouncil), council = member.municipality, texts = call.texts
        let (me, progress, found) = try await services.database.send(
            as: member, .me(in: council), .progress(of: council, at: call.now), .roundLines(of: council))
        // What the roles do not open is not on the page either.
        let roles = Set(me.roles), rounds = roles.may(.readRounds) ? found : []
        let steps = NextStep.all(for: roles, progress, rounds)
        return .page(Page("council/home", title: texts["home.title"], [
            "council": .text(me.councilName),
            "hasSteps": .flag(!steps.isEmpty),
            "steps": .groups(steps) { $0.values(texts) },
            "mayReadRounds": .flag(roles.may(.readRounds)),
            "mayPlan": .flag(roles.may(.setUpRound) && !steps.contains(.planRound)),
            "hasRounds": .flag(!rounds.isEmpty),
            "rounds": .groups(rounds) { $0.values(roles, texts) },
        ], frame: .council(me, here: .home, texts)))
    }
}

extension NextStep {
    fileprivate func values(_ texts: Texts) -> [String: PageValue] {
        let (key, path, holes): (String, String, [String: String]) = switch self {
        case .recordAgreement: ("recordAgreement", "/kommun/avtal", [:])
        case .askForAgreement: ("askForAgreement", "/kommun/avtal", [:])
        case .inviteStrategist: ("inviteStrategist", "/kommun/medlemmar", [:])
        case .decideOnColleagues(let count): ("decideOnColleagues", JoinRequestsPages.path, ["waiting": texts("home.joinRequests", count: count)])
        case .inviteAdministrator: ("inviteAdministrator", "/kommun/medlemmar", [:])
        case .addPosts(let have): ("addPosts", "/kommun/poster", ["have": texts("home.posts", count: have), "least": String(Contract.leastK)])
        case .planRound: ("planRound", "/omgangar/ny", [:])
        case .prepare(let id, let title): ("prepare", "/omgangar/\(id)", ["round": title])
        case .follow(let id, let title, let closes): ("follow", "/omgangar/\(id)", ["round": title, "closes": texts.time(closes)])
        case .fix(let id, let title): ("fix", "/omgangar/\(id)", ["round": title])
        case .read(let id, let title): ("read", "/omgangar/\(id)/resultat", ["round": title])
        }
        return [
            "stepHeading": .text(texts("home.step.\(key).heading", holes)), "stepText": .text(texts("home.step.\(key).text", holes)),
            "stepLink": .text(texts["home.step.\(key).link"]), "stepPath": .text(path),
        ]
    }
}

extension RoundLine {
    fileprivate func values(_ roles: Set<Role>, _ texts: Texts) -> [String: PageValue] {
        let path = "/omgangar/\(id)", isFixed = fixedAt != nil
        return [
            "roundTitle": .text(title), "roundPath": .text(path),
            "roundState": .text(texts["home.round.\(state.rawValue)"]), "isLive": .flag(state == .open),
            "roundTime": .text(time(texts)),
            "hasResult": .flag(isFixed && roles.may(.readResult)), "resultPath": .text(path + "/resultat"),
            "hasPosition": .flag(isFixed && roles.may(.readPosition)), "positionPath": .text(path + "/lage"),
        ]
    }

    private func time(_ texts: Texts) -> String {
        let (key, when) = switch state {
        case .planned, .seminar, .open: ("closes", closesAt)
        case .closed: ("closed", closedAt ?? closesAt)
        case .fixed, .workshop: ("fixed", fixedAt ?? closesAt)
        case .concluded, .cancelled: ("ended", endedAt ?? closesAt)
        }
        return texts("home.round.time.\(key)", ["when": texts.time(when)])
    }
}
