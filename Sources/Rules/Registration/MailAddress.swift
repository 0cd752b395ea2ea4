/// A work e-mail address. Conservative: plain ASCII without quotes or comments, which is what councils have, and what every mail server between carries.
public struct MailAddress: Hashable, Sendable, CustomStringConvertible {
    /// As written, with the domain in lower case: what mail is sent to.
    public let text: String
    /// All in lower case: what addresses are compared by.
    public let key: String

    /// In lower case.
    public let domain: String

    public var description: String { text }

    public static func == (a: MailAddress, b: MailAddress) -> Bool { a.key == b.key }
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }

    /// Spaces around it are dropped; the fault has the pointer that is given.
    public init(_ written: String, at pointer: String = "/email") throws(FieldFault) {
        let text = written.trimmingSpaces
        guard !text.isEmpty else { throw FieldFault(pointer, .required) }
        // Domains with å, ä or ö have an xn-- form, which is taken; letters that look alike are not.
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { throw FieldFault(pointer, .notASCII) }
        guard text.utf8.count <= 254 else { throw FieldFault(pointer, .tooLong) }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, MailAddress.isLocal(parts[0]), MailDomain.isDomain(parts[1]) else { throw FieldFault(pointer, .malformed) }
        domain = parts[1].lowercased()
        self.text = parts[0] + "@" + domain
        key = text.lowercased()
    }

    /// RFC 5322's dot-atom, at most 64 long.
    private static func isLocal(_ part: Substring) -> Bool {
        part.utf8.count <= 64
            && part.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
                !atom.isEmpty && atom.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "!#$%&'*+-/=?^_`{|}~".contains($0)) }
            }
    }
}

public enum MailDomain {
    /// Two labels or more, each of letters, digits and inner hyphens; the last is no number, so an IP address is none.
    public static func isDomain(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && text.utf8.count <= 253 && labels.allSatisfy(isLabel) && labels.last?.contains(where: \.isLetter) == true
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    }

    /// Whether anybody can have an address there, so that it says nothing of where he works. Subdomains count too.
    public static func isPublic(_ domain: String) -> Bool {
        let labels = domain.lowercased().split(separator: ".")
        return labels.indices.contains { publicDomains.contains(labels[$0...].joined(separator: ".")) }
    }

    private static let publicDomains: Set<String> = [
        "gmail.com", "googlemail.com", "hotmail.com", "hotmail.se", "hotmail.co.uk", "outlook.com", "outlook.se", "live.com", "live.se", "msn.com",
        "passport.com", "yahoo.com", "yahoo.se", "yahoo.co.uk", "ymail.com", "rocketmail.com", "aol.com", "icloud.com", "me.com", "mac.com",
        "proton.me", "protonmail.com", "pm.me", "tutanota.com", "tuta.com", "tuta.io", "gmx.com", "gmx.net", "gmx.de", "web.de", "mail.com",
        "mail.ru", "yandex.com", "yandex.ru", "zoho.com", "fastmail.com", "fastmail.fm", "hushmail.com", "hey.com", "duck.com", "qq.com", "163.com",
        "telia.com", "home.se", "bredband.net", "bredband2.com", "bahnhof.se", "comhem.se", "tele2.se", "telenor.se", "glocalnet.net", "spray.se",
        "swipnet.se", "passagen.se", "algonet.se", "bostream.nu", "ownit.nu", "bredbandsbolaget.se", "mailbox.org", "posteo.de", "runbox.com",
        "mailinator.com", "guerrillamail.com", "10minutemail.com", "temp-mail.org", "yopmail.com", "sharklasers.com", "trashmail.com",
    ]
}
