/// A function of a council that can have a post, and so a seat in a round. The raw value is a stable code.
public enum Function: String, Hashable, Sendable, CaseIterable, Codable {
    case municipalDirector = "municipal-director"
    case qualityDirector = "quality-director"
    case hrDirector = "hr-director"
    case financeDirector = "finance-director"
    case itDirector = "it-director"
    case communicationsDirector = "communications-director"
    case procurementDirector = "procurement-director"
    case eStrategist = "e-strategist"
    case developmentStrategist = "development-strategist"
    case digitalisationStrategist = "digitalisation-strategist"
    case securityStrategist = "security-strategist"
    case programmeAreaDirector = "programme-area-director"
    case programmeAreaRepresentative = "programme-area-representative"
    case other = "other"

    public var name: Text2 {
        switch self {
        case .municipalDirector: Text2(sv: "Kommundirektör", en: "Municipal director")
        case .qualityDirector: Text2(sv: "Kvalitetsdirektör", en: "Quality director")
        case .hrDirector: Text2(sv: "Personaldirektör", en: "HR director")
        case .financeDirector: Text2(sv: "Ekonomidirektör", en: "Finance director")
        case .itDirector: Text2(sv: "It-chef", en: "IT director")
        case .communicationsDirector: Text2(sv: "Kommunikationsdirektör", en: "Communications director")
        case .procurementDirector: Text2(sv: "Inköpschef", en: "Procurement director")
        case .eStrategist: Text2(sv: "E-strateg", en: "E-strategist")
        case .developmentStrategist: Text2(sv: "Utvecklingsstrateg", en: "Development strategist")
        case .digitalisationStrategist: Text2(sv: "Digitaliseringsstrateg", en: "Digitalisation strategist")
        case .securityStrategist: Text2(sv: "Informationssäkerhetsstrateg", en: "Information security strategist")
        case .programmeAreaDirector: Text2(sv: "Programområdeschef", en: "Programme-area director")
        case .programmeAreaRepresentative: Text2(sv: "Företrädare för programområde", en: "Programme-area representative")
        case .other: Text2(sv: "Annan funktion", en: "Other function")
        }
    }

    public var family: RoleFamily {
        switch self {
        case .municipalDirector, .qualityDirector, .hrDirector, .financeDirector, .itDirector, .communicationsDirector, .procurementDirector: .directors
        case .eStrategist, .developmentStrategist, .digitalisationStrategist, .securityStrategist: .strategists
        case .programmeAreaDirector, .programmeAreaRepresentative: .programmeAreas
        case .other: .others
        }
    }

    /// Whether a post of this function names its part of the council (förvaltning, nämnd, programområde, in the council's own word).
    public var belongsToProgrammeArea: Bool { family == .programmeAreas }
}

/// The upper branches of the one tree that answers may ever be split by (disclosure.md R6).
public enum RoleFamily: String, Hashable, Sendable, CaseIterable, Codable {
    case directors = "directors"
    case strategists = "strategists"
    case programmeAreas = "programme-areas"
    case others = "others"

    public var name: Text2 {
        switch self {
        case .directors: Text2(sv: "Direktörer och chefer", en: "Directors and managers")
        case .strategists: Text2(sv: "Strateger", en: "Strategists")
        case .programmeAreas: Text2(sv: "Programområden", en: "Programme areas")
        case .others: Text2(sv: "Övriga", en: "Others")
        }
    }
}
