import Rules

/// What somebody who registers a council says, each field checked.
struct Application: Sendable {
    let municipalityCode: String
    /// As `NNNNNN-NNNN`.
    let organisationNumber: String
    let name: String
    /// The key of a work address.
    let address: String
    let function: Function
    /// Which part of the council the applicant's post is of, in its own words; empty for none.
    let area: String
    let language: Language
    let terms: Terms

    /// The versions of the terms that can be accepted now.
    enum Terms: String, CaseIterable, Sendable {
        case november2026 = "2026-11"
        static let current = Terms.november2026
    }

    init(_ fields: Fields) {
        municipalityCode = fields.read("municipalityCode", 4...4, or: "") { code in
            code.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? code : nil
        }
        organisationNumber = fields.read("orgNr", 1...13, or: "") { try OrganisationNumber($0).text }
        name = fields.text("name", 1...120)
        address = fields.address("address", isWork: true)
        function = fields.choice("function")
        area = fields.given("area")?.text(0...120) ?? ""
        if let fault = function.fault(inArea: area) { fields.refuse([fault]) }
        language = fields.choice("language")
        terms = fields.choice("termsVersion")
        let accepted = fields["termsAccepted"]
        if accepted.isAbsent || !accepted.flag() {
            accepted.refuse(FieldMessage(sv: "Du behöver godkänna villkoren.", en: "The terms must be accepted: true."), ())
        }
    }
}
