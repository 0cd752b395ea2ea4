/// An event as calendars are told of it (RFC 5545): one invitation, its later changes and its calling off, by the same `uid` and a growing `sequence`.
public struct CalendarEvent: Hashable, Sendable {
    public struct Person: Hashable, Sendable {
        public let name, address: String

        public init(name: String, address: String) {
            self.name = name
            self.address = address
        }
    }

    public let uid: String
    public let sequence: Int
    /// When this was made; calendars take the newest.
    public let stamp: Instant
    public let starts, ends: Instant
    public let summary, location, details: String
    /// Where it meets, if it meets by a link.
    public let url: String?
    public let organizer, attendee: Person
    public let isCancelled: Bool

    public init(
        uid: String, sequence: Int, stamp: Instant, starts: Instant, ends: Instant, summary: String, location: String, details: String, url: String?,
        organizer: Person, attendee: Person, isCancelled: Bool
    ) {
        (self.uid, self.sequence, self.stamp, self.starts, self.ends) = (uid, sequence, stamp, starts, ends)
        (self.summary, self.location, self.details, self.url) = (summary, location, details, url)
        (self.organizer, self.attendee, self.isCancelled) = (organizer, attendee, isCancelled)
    }

    /// What the mail's part says it does (RFC 5546).
    public var method: String { isCancelled ? "CANCEL" : "REQUEST" }

    /// Lines ended by CRLF, none longer than 75 octets. Times are in UTC, so that no calendar needs to know Sweden's hours.
    public var text: String {
        let lines = [
            "BEGIN:VCALENDAR", "PRODID:-//Nyttograd//Nyttograd//SV", "VERSION:2.0", "CALSCALE:GREGORIAN", "METHOD:\(method)", "BEGIN:VEVENT",
            "UID:\(Self.escaped(uid))", "SEQUENCE:\(sequence)", "DTSTAMP:\(Self.time(stamp))", "DTSTART:\(Self.time(starts))", "DTEND:\(Self.time(ends))",
            "SUMMARY:\(Self.escaped(summary))", "LOCATION:\(Self.escaped(location))", "DESCRIPTION:\(Self.escaped(details))",
        ] + (url.map { ["URL:\(Self.clean($0))"] } ?? []) + [
            "STATUS:\(isCancelled ? "CANCELLED" : "CONFIRMED")", "ORGANIZER;CN=\(Self.quoted(organizer.name)):\(Self.mailto(organizer.address))",
            // The answer is given on the participant's page: nobody reads the organizer's mail.
            "ATTENDEE;CN=\(Self.quoted(attendee.name));ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:\(Self.mailto(attendee.address))",
            "END:VEVENT", "END:VCALENDAR",
        ]
        return lines.map { Self.folded($0) + "\r\n" }.joined()
    }

    /// A text value (§3.3.11).
    static func escaped(_ text: String) -> String {
        var out = String.UnicodeScalarView(), afterCR = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",": out += ["\\", scalar]
            case "\n" where afterCR: break
            case "\n", "\r": out += ["\\", "n"]
            case "\t": out.append(scalar)
            default: if !isControl(scalar) { out.append(scalar) }
            }
            afterCR = scalar == "\r"
        }
        return String(out)
    }

    /// A parameter value in quotes, which cannot hold one (§3.2).
    static func quoted(_ text: String) -> String { "\"\(clean(text).replacing("\"", with: "'"))\"" }

    /// What an address may hold, and a reader of links would take for another reader's address, is encoded (RFC 6068 §2).
    static func mailto(_ address: String) -> String {
        let plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!$'*+-._~@".utf8
        return "mailto:" + address.utf8.map { byte in
            plain.contains(byte) ? String(Unicode.Scalar(byte)) : "%" + String(Int(byte) + 256, radix: 16, uppercase: true).suffix(2)
        }.joined()
    }

    /// Continued on lines that begin with a space, never within a character (§3.1).
    static func folded(_ line: String) -> String {
        var out = "", length = 0
        for character in line.unicodeScalars {
            let size = String(character).utf8.count
            if length + size > 75 {
                out += "\r\n "
                length = 1
            }
            out.unicodeScalars.append(character)
            length += size
        }
        return out
    }

    /// `20261201T150000Z`.
    static func time(_ instant: Instant) -> String { instant.rfc3339.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z" }

    private static func clean(_ text: String) -> String { String(String.UnicodeScalarView(text.unicodeScalars.filter { !isControl($0) })) }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .control }
}
