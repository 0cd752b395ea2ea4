/// The meeting before a round, where those who are to answer hear what it is about.
public struct Seminar: Hashable, Sendable {
    public var starts: Instant
    public var ends: Instant
    /// A place, a link, or both; never neither.
    public var place: String
    public var link: String
    public var agenda: String
    public var materials: [Material]

    public struct Material: Hashable, Sendable {
        public let title, link: String

        public init(title: String, link: String) {
            self.title = title
            self.link = link
        }
    }

    public init(starts: Instant, ends: Instant, place: String, link: String, agenda: String, materials: [Material]) {
        (self.starts, self.ends, self.place, self.link, self.agenda, self.materials) = (starts, ends, place, link, agenda, materials)
    }

    public static let mostMaterials = 10

    /// Whether a link may be shown for others to follow: https, a host with a name, and nothing before it or around it.
    public static func isSafe(link: String) -> Bool {
        guard link.hasPrefix("https://"), link.utf8.count <= 500, link.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) && !"<>\"\\^`{|}".unicodeScalars.contains($0) })
        else { return false }
        let authority = link.dropFirst(8).prefix { !"/?#".contains($0) }, host = authority.prefix { $0 != ":" }
        return host.contains(".") && !host.hasPrefix(".") && !host.hasSuffix(".") && host.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." }
            && authority.dropFirst(host.count).allSatisfy { $0 == ":" || $0.isNumber }
    }

    /// What is wrong with it at this time.
    public func faults(now: Instant) -> [FieldFault] {
        var faults: [FieldFault] = []
        if starts <= now { faults.append(FieldFault("/startsAt", .notAhead)) }
        if ends <= starts { faults.append(FieldFault("/endsAt", .notAfterStart)) }
        if place.isEmpty && link.isEmpty { faults.append(FieldFault("/place", .required)) }
        if !link.isEmpty && !Seminar.isSafe(link: link) { faults.append(FieldFault("/link", .notSafeLink)) }
        for (place, material) in materials.enumerated() where !Seminar.isSafe(link: material.link) {
            faults.append(FieldFault("/materials/\(place)/link", .notSafeLink))
        }
        return faults
    }
}
