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

/// An order: ids only, so that nothing personal lies in the queue. It is re-read when it is carried out, and may be carried out twice.
struct Job: Sendable {
    let id: JobID
    let kind: JobKind
    let municipality: MunicipalityID?
    /// What it is about: the id of a registration, link, seat or round, by kind.
    let subject: UUID
    let generation: Int32
    /// When it was due; stands still over retries, so that a mail's identity does.
    let attempts: Int32
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
