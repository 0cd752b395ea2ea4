import Database
import Rules

// Who is acting. A query belongs to one of these, so that a participant's query sent as a member does not compile; the
// database enters the role, and the municipality, at the head of the same transaction and leaves them with it.

/// A visitor without credentials, acting on one council's public face.
struct Anonymous: Authority {
    static let role = "ng_anonymous"
    var municipality: MunicipalityID?
    var entry: SQL { "app.enter('ng_anonymous', \(municipality))" }
}

/// Lets a council in: makes its first member, once the applicant's link has been checked.
struct Registrar: Authority {
    static let role = "ng_registrar"
    let municipality: MunicipalityID
    var entry: SQL { "app.enter('ng_registrar', \(municipality))" }
}

/// Makes and consumes sign-in links. Alone reads which addresses may sign in.
struct SigningIn: Authority {
    static let role = "ng_sign_in"
    var municipality: MunicipalityID?
    var entry: SQL { "app.enter('ng_sign_in', \(municipality))" }
}

/// A member of a council, for one operation. The session, the membership and the capability are checked on entering.
struct Member: Authority {
    static let role = "ng_member"
    let municipality: MunicipalityID
    let session: [UInt8]
    let now: Instant
    /// The roles that have the operation's capability; the member needs one of them.
    let allowed: [String]
    /// The roles that may know that what the operation acts on exists; nil if anybody may.
    let readers: [String]?

    /// - Parameter reading: who has not that capability either is told that there is no such thing.
    init(_ municipality: MunicipalityID, _ token: SessionToken, for capability: Capability, reading: Capability? = nil, at now: Instant) {
        self.municipality = municipality
        session = token.hash
        self.now = now
        allowed = Member.roles(capability)
        readers = reading.map(Member.roles)
    }

    private static func roles(_ capability: Capability) -> [String] {
        Permissions.table[capability, default: []].map(\.rawValue).sorted()
    }

    var entry: SQL {
        """
        app.enter_member(\(municipality), \(session), \(now), \(now.adding(seconds: Lifetime.sessionIdle)), \(allowed), \(readers), \
        \(Int32(Lifetime.sessionAtMost)))
        """
    }
}

/// Somebody who holds a personal link, whose signature has been checked; the database checks that it still opens its seat.
struct Participant: Authority {
    static let role = "ng_participant"
    let municipality: MunicipalityID
    let seat: SeatID
    let generation: Int32
    var entry: SQL { "app.enter_participant(\(municipality), \(seat), \(generation))" }
}

/// One who runs the service: approves registrations, and sees no council's data.
struct Operator: Authority {
    static let role = "ng_operator"
    let session: [UInt8]
    let now: Instant
    var entry: SQL {
        "app.enter_operator(\(session), \(now), \(now.adding(seconds: Lifetime.sessionIdle)), \(Int32(Lifetime.sessionAtMost)))"
    }
}

/// Does what was ordered: sends mail, closes on time, fixes. Acts for the council that the job names.
struct Worker: Authority {
    static let role = "ng_worker"
    var municipality: MunicipalityID?
    var entry: SQL { "app.enter('ng_worker', \(municipality))" }
}

/// Keeps reference data: municipalities, built-in instruments, operators.
struct Librarian: Authority {
    static let role = "ng_librarian"
    var entry: SQL { "app.enter('ng_librarian', null)" }
}

/// Makes editions of the statistics from the figures that councils have shared.
struct Publisher: Authority {
    static let role = "ng_publisher"
    var entry: SQL { "app.enter('ng_publisher', null)" }
}
