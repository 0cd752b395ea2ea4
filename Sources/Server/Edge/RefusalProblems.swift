import Rules

extension Problem {
    /// What the rules refused, said to people. Each step of a round that cannot be taken now is a conflict with its present state.
    init(_ refusal: Refusal) {
        let detail = switch refusal {
        case .roundNotPlanned: Text2(sv: "Omgången är redan öppnad.", en: "The round has been opened already.")
        case .roundNotOpen: Text2(sv: "Omgången är inte öppen.", en: "The round is not open.")
        case .roundNotClosed: Text2(sv: "Omgången är inte stängd.", en: "The round is not closed.")
        case .roundNotFixed: Text2(sv: "Omgången är inte fastställd.", en: "The round has not been fixed.")
        case .roundIsFixed: Text2(sv: "Omgången är fastställd och kan inte ändras.", en: "The round has been fixed and cannot be changed.")
        case .roundIsOver: Text2(sv: "Omgången är avslutad.", en: "The round is over.")
        case .agreementMissing: Text2(
            sv: "Personuppgiftsbiträdesavtalet behöver registreras först.", en: "The data-processing agreement must be recorded first.")
        case .contractMissing: Text2(sv: "Villkoren för omgången behöver fyllas i först.", en: "The contract of the round must be given first.")
        case .contractFrozen: Text2(
            sv: "Villkoren låstes när den första inbjudan skickades.", en: "The contract was frozen when the first invitation was sent.")
        case .noSeats: Text2(sv: "Ingen har någon plats i omgången ännu.", en: "Nobody has a seat in the round yet.")
        case .closingTimeNotAhead: Text2(sv: "Stängningstiden behöver ligga framåt i tiden.", en: "The closing time must lie ahead.")
        case .tooFewSubmitted: Text2(sv: "För få har lämnat in sina svar.", en: "Too few have submitted.")
        case .enoughSubmitted: Text2(
            sv: "Tillräckligt många har lämnat in: omgången kan fastställas.", en: "Enough have submitted: the round can be fixed.")
        case .submittedCountChanged: Text2(
            sv: "Antalet inlämnade svar har ändrats. Titta igen.", en: "The number of submitted responses has changed. Look again.")
        case .fixedTooRecently: Text2(
            sv: "Det har gått för kort tid sedan omgången fastställdes.", en: "The round was fixed too recently.")
        case .audienceNotInContract: Text2(
            sv: "Omgångens villkor nämner inte den mottagaren.", en: "The contract of the round does not name that audience.")
        case .roleNotYoursToGrant: Text2(sv: "Den rollen kan du inte ge eller ta.", en: "That role is not yours to grant or take.")
        case .lastAdministrator: Text2(
            sv: "Kommunen behöver minst en administratör.", en: "The council must have an administrator.")
        }
        let isForbidden = refusal == .roleNotYoursToGrant
        self.init(refusal.code, isForbidden ? .forbidden : .conflict,
            title: Text2(sv: "Det går inte just nu", en: "Refused in this state"), detail: detail)
    }
}
