import Rules

/// The mails that the service sends, and what each has to say. Nothing that a stranger has written stands in a mail to somebody else:
/// names come from reference data or from people whom the council has let in.
enum Letter: Discreet, Sendable {
    /// To whoever says to register a council: the link that proves the address.
    case registration(council: String, link: String, until: Instant)
    /// To whoever says to register a council that is here already.
    case councilIsHere(council: String, signInPage: String)
    case signIn(link: String, until: Instant)
    /// To an administrator's colleague. `roles` in the reader's own language.
    case memberInvitation(council: String, invitedBy: String, roles: [String], link: String, until: Instant)
    case questionnaire(QuestionnaireInvitation)
    /// To a participant who has not submitted.
    case reminder(Reminder)
    /// To a participant: the seminar as it now is, with what his calendar is to know.
    case seminar(SeminarInvitation)
    case registrationApproved(council: String, link: String, until: Instant)
    /// To the operator. The applicant is seen on the page, after signing in.
    case registrationWaits(council: String, code: String, page: String)
    /// To the participants of a round. `link`: the personal link, which now shows the result.
    case resultIsReady(council: String, round: String, link: String)

    /// To a strategist: a round should have opened by itself, and what it lacks, in the reader's own language.
    case openingMissed(council: String, round: String, opens: Instant, lacks: [String], page: String)

    /// To the address that a member has asked to change to.
    case addressLink(council: String, link: String, until: Instant)
    /// To the address that a member had.
    case addressChanged(council: String, signInPage: String)
    /// To somebody who asks to join a council: the link that proves the address.
    case joinLink(council: String, link: String, until: Instant)
    /// To an administrator. Who asks is seen on the page, after signing in.
    case joinWaits(council: String, page: String)

    /// Its section in `Resources/mails/<language>.yaml`.
    enum Kind: String, CaseIterable, Sendable {
        case registration, councilIsHere, signIn, memberInvitation, questionnaire, reminder, seminar, seminarCancelled, seminarDeparted, registrationApproved
        case registrationWaits, resultIsReady, openingMissed, addressLink, addressChanged, joinLink, joinWaits
    }

    var kind: Kind {
        switch self {
        case .registration: .registration
        case .councilIsHere: .councilIsHere
        case .signIn: .signIn
        case .memberInvitation: .memberInvitation
        case .questionnaire: .questionnaire
        case .reminder: .reminder
        case .seminar(let it): switch it.news {
            case .new, .changed, .moved: .seminar
            case .calledOff: .seminarCancelled
            case .departed: .seminarDeparted
            }
        case .registrationApproved: .registrationApproved
        case .registrationWaits: .registrationWaits
        case .resultIsReady: .resultIsReady
        case .openingMissed: .openingMissed
        case .addressLink: .addressLink
        case .addressChanged: .addressChanged
        case .joinLink: .joinLink
        case .joinWaits: .joinWaits
        }
    }
}

/// What a participant is told before deciding to answer (disclosure.md R14): who asks, until when, and what the round's contract promises.
struct QuestionnaireInvitation: Discreet, Sendable {
    /// The post in the council whose seat this is, in the council's own words.
    struct Seat: Sendable { let post: String, isDeputy: Bool }
    /// From the contract, frozen at the first invitation.
    struct Promise: Sendable {
        /// Figures are shown from this many answers.
        let k: Int
        /// The nämnd that is the controller.
        let controller: String
        let inAnonymousStatistics: Bool
        /// Reference of the disposal decision (gallringsbeslut).
        let disposalDecision: String
    }

    let council: String, round: String
    let seat: Seat
    let closes: Instant
    /// The orderer (beställare) and the strategist who runs the round: a name, and a title if the round has one.
    let orderedBy: String, runBy: String
    /// The council's own words, of several lines; blank for the service's.
    let text: String
    let promise: Promise
    let link: String
}

/// What a participant is reminded of: that time is running, by the links of the seats from which nothing has been submitted.
struct Reminder: Discreet, Sendable {
    let council: String, round: String
    let runBy: String
    let closes: Instant
    /// The council's own words, of several lines; blank for the service's.
    let text: String
    let seats: [(seat: QuestionnaireInvitation.Seat, link: String)]
}

/// A seminar as a participant and his calendar are told of it: for the first time, again since it changed, or that it is called off or no longer his.
struct SeminarInvitation: Discreet, Sendable {
    /// The same for the same seminar, whatever changes.
    let id: String
    let council: String, round: String
    let runBy: String
    let seminar: Seminar
    let sequence: Int
    let changed: Instant
    let news: News
    /// Of no use to who has departed.
    let link: String

    enum News: String, CaseIterable, Sendable {
        case new, changed
        /// The reader has answered for another time, and is asked again.
        case moved
        case calledOff
        /// The reader has his seat no more.
        case departed

        var isEnd: Bool { self == .calledOff || self == .departed }
    }
}

extension SeminarInvitation {
    /// Never with the personal link: calendars are shown to others.
    func event(summary: String, from organizer: Mailbox, to attendee: Mailbox, host: String) -> CalendarEvent {
        let materials = seminar.materials.map { "\($0.title): \($0.link)" }
        return CalendarEvent(
            uid: "seminar-\(id)@\(host)", sequence: sequence, stamp: changed, starts: seminar.starts, ends: seminar.ends, summary: summary,
            location: [seminar.place, seminar.link].filter { !$0.isEmpty }.joined(separator: ", "),
            details: ([seminar.agenda].filter { !$0.isEmpty } + materials).joined(separator: "\n"), url: seminar.link.isEmpty ? nil : seminar.link,
            organizer: .init(name: organizer.name ?? "Nyttograd", address: organizer.address),
            attendee: .init(name: attendee.name ?? attendee.address, address: attendee.address), isCancelled: news.isEnd)
    }
}
