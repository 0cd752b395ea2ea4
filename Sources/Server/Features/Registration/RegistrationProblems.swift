import Rules

extension Problem {
    /// Said openly: which councils take part is no secret. Of people nothing is said.
    static func councilAlreadyHere(_ council: String) -> Problem {
        Problem("council-already-here", .conflict,
            title: Text2(sv: "Kommunen är redan med", en: "Council already here"),
            detail: Text2(
                sv: "\(council) är redan anmäld. Be om att få vara med, så tar kommunens administratörer ställning, eller logga in om du har fått en plats.",
                en: "\(council) is here already. Ask to join, and its administrators decide, or sign in if you have been given a place."))
    }

    static let unknownMunicipality = Problem.invalidFields([
        FieldError("/municipalityCode", FieldMessage(sv: "Välj en kommun i listan.", en: "Is the code of no municipality."))
    ])

    static let registrationDecided = Problem("registration-decided", .conflict,
        title: Text2(sv: "Redan avgjord", en: "Registration decided"),
        detail: Text2(sv: "Anmälan är redan avgjord.", en: "This registration is decided already."))
}
