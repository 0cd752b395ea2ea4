import HTTPTypes
import Hummingbird
import Rules

extension Problem {
    /// The refusal that an error is; nil if it is a fault.
    init?(from error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let refusal as Refusal: self.init(refusal)
        case let faults as MailDomainList.Faults: self.init(faults)
        case let faults as InstrumentFaults: self.init(faults)
        case let fault as FieldFault: self = .invalidFields([FieldError(fault)])
        // The client went away, or the time was out.
        case is CancellationError: self = .interrupted(mayHaveHappened: true)
        case let error as any HTTPResponseError: self.init(status: error.status)
        default: self.init(database: error)
        }
    }

    /// What the framework refuses by a status alone.
    private init?(status: HTTPResponse.Status) {
        switch status {
        case .notFound: self = .notFound
        case .contentTooLarge: self = .bodyTooLarge(Takes.usual)
        case .badRequest: self = .malformedBody(FieldError("", .malformed))
        default:
            guard (400..<500).contains(status.code) else { return nil }
            let title = Text2(sv: "Begäran kan inte tas emot", en: status.reasonPhrase)
            self.init("refused", status, title: title, detail: title)
        }
    }
}
