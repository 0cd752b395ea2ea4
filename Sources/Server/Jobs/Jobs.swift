import Database
import Foundation
import Rules

/// What is to be done later. The names stand in the database: they may be added to, not changed.
enum JobKind: String, Sendable, CaseIterable {
    case mailRegistration, mailWaiting, mailOperator, mailApproved, mailSignIn, mailMemberInvitation, mailSeat, mailResult, mailReminder, mailSeminar
    case mailOpeningMissed, mailSeminarDeparture
    case mailAddressLink, mailAddressChanged, mailJoinLink, mailJoinWaiting, mailAdministrator
    case admit, openRound, closeRound, fixRound, remind, forgetAddressChange, forgetJoinRequest
}

/// Jobs that wait only for each other: a mail server that says nothing keeps no round from opening, and a thousand invitations keep nobody
/// from signing in.
enum JobLane: Int, Sendable, CaseIterable {
    /// What takes the database alone.
    case deeds
    /// Mails that somebody sits and waits for.
    case links
    case letters

    var kinds: [JobKind] { JobKind.allCases.filter { $0.lane == self } }

    /// How many are leased together. A mail may take ten seconds, and they are handed over one by one: those of both lanes are done before their
    /// lease ends.
    var atOnce: Int { self == .deeds ? 20 : 5 }
}

extension JobKind {
    var lane: JobLane {
        switch self {
        case .admit, .openRound, .closeRound, .fixRound, .remind, .forgetAddressChange, .forgetJoinRequest, .mailWaiting, .mailJoinWaiting: .deeds
        case .mailRegistration, .mailSignIn, .mailAddressLink, .mailJoinLink: .links
        case .mailOperator, .mailApproved, .mailMemberInvitation, .mailAddressChanged, .mailAdministrator, .mailSeat, .mailResult, .mailReminder,
            .mailSeminar, .mailSeminarDeparture, .mailOpeningMissed: .letters
        }
    }
}

/// An order: ids only, so that nothing personal lies in the queue. It is re-read when it is carried out, and may be carried out twice.
struct Job: Sendable {
    let id: JobID
    let kind: JobKind
    let municipality: MunicipalityID?
    /// What it is about: the id of a registration, link, seat or round, by kind.
    let subject: UUID
    let generation: Int32
    /// How often it has been taken up, this time among them.
    let attempts: Int32

    /// Seconds until it is tried again, should it fail; nil if this is the last time. Mail is given up, a deed never: what is to be forgotten would
    /// stay for good.
    var waitBeforeNext: Int? { MailRetry.delay(afterAttempts: Int(attempts)) ?? (kind.lane == .deeds ? 86_400 : nil) }
}

/// What came of a job.
enum JobOutcome: Sendable {
    case done
    /// To be tried again by the schedule of retries, and given up when it ends.
    case again
}

extension Query where R == Int {
    /// Orders a job, in the transaction that makes it necessary.
    static func order(
        _ kind: JobKind, _ subject: UUID, for municipality: MunicipalityID?, generation: Int32 = 0, at time: Instant, id: JobID = .random()
    ) -> Query {
        .write("""
            insert into app.jobs (id, kind, municipality_id, subject, generation, run_at)
            values (\(id), \(kind.rawValue), \(municipality), \(subject), \(generation), \(time))
            """)
    }
}
