import Database
import Logging
import Rules

/// What the features are given to work with.
struct Services: Sendable {
    let database: Database
    let clock: Clock
    let links: Links
    /// Rung after a commit that ordered a job.
    let bell: Bell
    let mail: Mailer
    let site: Site
    let questionnaires: Questionnaires
    let attempts: Attempts
    /// For those whose language is not known.
    let language: Language
    let logger: Logger
}

extension Services {
    var guesses: Guesses { Guesses(links: links, attempts: attempts) }

    /// Sends a mail that a job has ordered. `date` is when its cause came about, so that a retry is the same mail, byte for byte.
    struct Mailer: Sendable {
        let writer: MailWriter
        let room: any MailRoom
        let logger: Logger

        func send(_ letter: Letter, to address: String, name: String? = nil, in language: Language, for job: Job, date: Instant) async throws -> MailOutcome {
            let message = try writer.write(
                letter, to: try Mailbox(address, name: name), in: language,
                id: MailID(job: job.id, generation: Int(job.generation)), date: date)
            let outcome = await room.send(message)
            log(outcome, of: job)
            return outcome
        }

        /// Why a mail does not get out is for the operator to see, and said nowhere else. Neither address nor link stands in an outcome.
        private func log(_ outcome: MailOutcome, of job: Job) {
            let why: String
            switch outcome {
            case .sent: return
            case .refusedForGood(let code): why = "SMTP \(code)"
            case .tryAgain(let reason): why = reason
            }
            logger.warning("a mail was not taken", metadata: ["job": "\(job.kind.rawValue)", "id": "\(job.id)", "reason": "\(why)"])
        }
    }
}

extension MailOutcome {
    /// Whether the job's mail will not come: its reader's address is refused, or this was the last attempt.
    func isLoss(of job: Job) -> Bool {
        switch self {
        case .sent: false
        case .refusedForGood where !isOfOurAccount: true
        case .refusedForGood, .tryAgain: job.waitBeforeNext == nil
        }
    }
}

extension JobOutcome {
    /// A mail that was refused for good is not tried again, unless it is our own account that the mail server refuses.
    init(_ outcome: MailOutcome) {
        self = switch outcome {
        case .sent: .done
        case .refusedForGood: outcome.isOfOurAccount ? .again : .done
        case .tryAgain: .again
        }
    }
}
