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
        case .roundIsAtSeminar: Text2(sv: "De inbjudna är redan kallade till seminariet.", en: "Those invited have been called to the seminar already.")
        case .roundIsInWorkshop: Text2(sv: "Omgången är redan i sin workshop.", en: "The round is in its workshop already.")
        case .roundIsOver: Text2(sv: "Omgången är avslutad.", en: "The round is over.")
        case .agreementMissing: Text2(
            sv: "Personuppgiftsbiträdesavtalet behöver registreras först.", en: "The data-processing agreement must be recorded first.")
        case .contractMissing: Text2(sv: "Villkoren för omgången behöver fyllas i först.", en: "The contract of the round must be given first.")
        case .contractFrozen: Text2(
            sv: "Villkoren låstes när den första inbjudan skickades.", en: "The contract was frozen when the first invitation was sent.")
        case .noSeats: Text2(sv: "Ingen har någon plats i omgången ännu.", en: "Nobody has a seat in the round yet.")
        case .closingTimeNotAhead: Text2(sv: "Stängningstiden behöver ligga framåt i tiden.", en: "The closing time must lie ahead.")
        case .openingTimeNotAhead: Text2(
            sv: "Öppningstiden behöver ligga framåt i tiden, och före stängningen.", en: "The opening time must lie ahead, and before the closing.")
        case .seminarMissing: Text2(sv: "Det finns inget seminarium att bjuda in till ännu.", en: "There is no seminar to invite to yet.")
        case .deputyOverlaps: Text2(sv: "Befattningen har redan en ersättare då.", en: "The post has a deputy then already.")
        case .textFrozen: Text2(sv: "Texten är redan läst av någon och kan inte ändras.", en: "Somebody has read the text already, so it stays as it is.")
        case .remindedToday: Text2(sv: "En påminnelse har gått ut i dag. Nästa kan skickas i morgon.", en: "A reminder went out today. The next can be sent tomorrow.")
        case .seminarHasMoved: Text2(sv: "Seminariet har fått en annan tid sedan du såg det. Se efter, och svara igen.", en: "The seminar has another time since you saw it. Look again, and answer again.")
        case .seminarIsPast: Text2(sv: "Seminariet har börjat eller är inställt.", en: "The seminar has begun, or is called off.")
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
