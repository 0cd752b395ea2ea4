import Database
import Rules

extension Problem {
    /// What the database refused, if the caller can do something about it; nil for what is our fault.
    init?(database error: any Error) {
        switch error {
        case let error as SQLError:
            guard let problem = error.constraint.flatMap({ Problem.byConstraint[$0] }) ?? Problem.bySQLState(error.state) else { return nil }
            self = problem
        case let lost as ConnectionLost: self = .interrupted(mayHaveHappened: lost.mayHaveCommitted)
        case is TooBusy: self = .busy
        case is CannotConnect, is DatabaseClosed: self = .interrupted(mayHaveHappened: false)
        default: return nil
        }
    }

    /// The constraints that a caller can run into, by name. All others are checked before: breaking one is a fault of ours.
    private static let byConstraint: [String: Problem] = [
        "members_address_is_unique": .memberExists,
        "posts_title_is_unique": .postExists,
        "seats_post_once_a_round": .seatExists,
        "council_instruments_version_is_unique": .instrumentExists,
        "rounds_instrument_is_on_the_shelf": .instrumentInUse,
    ]

    /// Errors that end a transaction by themselves have changed nothing.
    private static func bySQLState(_ state: String) -> Problem? {
        switch state {
        // The functions that let somebody in (sql/access) say so.
        case "28000": .notSignedIn
        case "NG403": .forbidden
        case "NG404": .notFound
        // A statement or lock that took too long, two transactions in each other's way, no room for more.
        case "57014", "55P03", "40001", "40P01": .busy
        case _ where state.hasPrefix("53"): .busy
        default: nil
        }
    }
}

// MARK: - The catalogue: what is there already

extension Problem {
    static let memberExists = Problem("member-exists", .conflict,
        title: Text2(sv: "Redan medlem", en: "Already a member"),
        detail: Text2(sv: "Adressen hör redan till en medlem.", en: "This address is a member of the council already."))

    static let postExists = Problem("post-exists", .conflict,
        title: Text2(sv: "Befattningen finns redan", en: "Post exists"),
        detail: Text2(
            sv: "Kommunen har redan en befattning med den benämningen i den delen.", en: "The council has a post with this title and area already."))

    static let seatExists = Problem("seat-exists", .conflict,
        title: Text2(sv: "Platsen finns redan", en: "Seat exists"),
        detail: Text2(
            sv: "En befattning har en plats i omgången, för innehavaren eller en ersättare.",
            en: "A post has one seat in a round, for its holder or a deputy."))
}
