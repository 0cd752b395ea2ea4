import Database
import Rules

/// Many seats at once, from a table: looked at first, then made all together or not at all. Posts that are not there are made with them.
struct SeatImports: Sendable {
    let services: Services

    /// What a table would make of a round; makes it if `carriesOut`.
    /// - Throws: `invalid-fields` with every error of the table and its line.
    func take(_ text: String, into round: RoundID, carriesOut: Bool, as member: Member) async throws -> SeatImport {
        let council = member.municipality, table = SeatTable(text)
        return try await services.database.transaction(as: member) { tx in
            let view = try tx.lockRound(round, of: council)
            try view.rules.mayChangeSeats()
            let posts = Dictionary(try tx.run(.postsForImport(into: round, of: council)).map { (SeatImport.key($0.title, $0.area), $0) }) { first, _ in first }
            var errors = table.faults.map { (line: $0.line, message: $0.message) }
            errors += table.rows.compactMap { row in
                SeatImport.clash(row, posts[SeatImport.key(row.title, row.area)]).map { (line: row.line, message: $0) }
            }
            guard errors.isEmpty else {
                throw Problem.invalidFields(errors.sorted { $0.line < $1.line }.map { FieldError("/table", .onLine($0.line, $0.message)) })
            }
            let rows = table.rows.map { SeatImport.Row(row: $0, post: posts[SeatImport.key($0.title, $0.area)]?.id) }
            if carriesOut { try tx.make(rows, in: view, of: council) }
            return SeatImport(rows: rows, isDone: carriesOut)
        }
    }
}

/// What a table makes.
struct SeatImport: Sendable {
    struct Row: Sendable {
        let row: SeatTable.Row
        /// nil if it is to be made.
        let post: PostID?
    }

    let rows: [Row]
    let isDone: Bool

    /// By what makes a post's title unique.
    fileprivate static func key(_ title: String, _ area: String) -> [String] { [title.lowercased(), area.lowercased()] }

    fileprivate static func clash(_ row: SeatTable.Row, _ post: PostForImport?) -> FieldMessage? {
        guard let post else { return nil }
        if post.hasSeat { return FieldMessage(sv: "Befattningen har redan en plats i omgången.", en: "The post has a seat in the round already.") }
        if post.holderAddress != row.address {
            return FieldMessage(
                sv: "Befattningen innehas av någon annan. Byt innehavare först, eller namnge en ersättare.",
                en: "The post is held by somebody else. Change its holder first, or name a deputy.")
        }
        return nil
    }
}

/// A post as far as an import goes.
struct PostForImport: Sendable {
    let id: PostID
    let title, area, holderAddress: String
    let hasSeat: Bool
}

extension Tx where A == Member {
    /// In as many statements for five hundred as for one.
    fileprivate mutating func make(_ rows: [SeatImport.Row], in round: RoundView, of council: MunicipalityID) throws {
        let new = rows.filter { $0.post == nil }.map { (id: PostID.random(), row: $0.row) }
        _ = try run(.addPosts(new, to: council))
        let posts = rows.compactMap(\.post) + new.map(\.id)
        // Another has retired a post in this moment.
        guard try add(posts.map { NewSeat(post: $0, deputy: nil) }, to: round, in: council).isEmpty else { throw Problem.interrupted(mayHaveHappened: false) }
    }
}

extension Query where A == Member, R == Int {
    fileprivate static func addPosts(_ posts: [(id: PostID, row: SeatTable.Row)], to council: MunicipalityID) -> Query {
        let rows = posts.map(\.row)
        return .write("""
            insert into app.posts (municipality_id, id, function, family, title, area, holder_name, holder_address, holder_language)
            select \(council), id, function, family, title, area, name, address, language
            from unnest(\(posts.map(\.id.uuid)), \(rows.map(\.function.rawValue)), \(rows.map(\.function.family.rawValue)), \(rows.map(\.title)),
              \(rows.map(\.area)), \(rows.map(\.name)), \(rows.map(\.address)), \(rows.map(\.language.rawValue)))
              as given (id, function, family, title, area, name, address, language)
            """)
    }
}

extension Query where A == Member, R == [PostForImport] {
    static func postsForImport(into round: RoundID, of council: MunicipalityID) -> Query {
        .rows("""
            select p.id, p.title, p.area, p.holder_address,
                   exists (select from app.seats s where s.municipality_id = \(council) and s.round_id = \(round) and s.post_id = p.id)
            from app.posts p where p.municipality_id = \(council) and p.retired_at is null
            """) { row in
            PostForImport(id: try row.next(), title: try row.next(), area: try row.next(), holderAddress: try row.next(), hasSeat: try row.next())
        }
    }
}

extension FieldMessage {
    fileprivate static func onLine(_ line: Int, _ message: FieldMessage) -> FieldMessage {
        FieldMessage(sv: "Rad \(line): \(message.text.sv)", en: "Line \(line): \(message.text.en)")
    }
}

extension SeatTable.Fault {
    /// With the column's name before it.
    fileprivate var message: FieldMessage {
        let text = sentence
        guard let column else { return text }
        return FieldMessage(sv: "\(column.name.sv): \(text.text.sv)", en: "\(column.name.en): \(text.text.en)")
    }

    private var sentence: FieldMessage {
        switch code {
        case .noHeading: FieldMessage(sv: "Tabellen är tom.", en: "The table is empty.")
        case .unknownColumn: FieldMessage(sv: "En rubrik känns inte igen.", en: "A heading is not known.")
        case .missingColumn: FieldMessage(sv: "Kolumnen saknas.", en: "The column is missing.")
        case .openQuote: FieldMessage(sv: "Ett citattecken saknar slut.", en: "A quotation mark has no end.")
        case .tooManyCells: FieldMessage(sv: "Raden har fler fält än rubriken.", en: "The line has more cells than the heading.")
        case .tooManyRows: FieldMessage(sv: "Högst \(SeatTable.mostRows) platser åt gången.", en: "At most \(SeatTable.mostRows) seats at a time.")
        case .noRows: FieldMessage(sv: "Det finns inga rader under rubriken.", en: "There are no lines below the heading.")
        case .required: .required
        case .tooLong: .tooLong(120)
        case .notText: .controlCharacter
        case .unknownFunction: FieldMessage(sv: "Funktionen känns inte igen.", en: "The function is not known.")
        case .unknownLanguage: FieldMessage(sv: "Skriv sv eller en.", en: "Write sv or en.")
        case .notAddress: FieldMessage(sv: "Är ingen e-postadress.", en: "Is not a mail address.")
        case .postTwice: FieldMessage(sv: "Befattningen står på en rad ovanför.", en: "The post stands on a line above.")
        }
    }
}

extension SeatTable.Column {
    fileprivate var name: Text2 {
        switch self {
        case .function: Text2(sv: "Funktion", en: "Function")
        case .title: Text2(sv: "Befattning", en: "Title")
        case .area: Text2(sv: "Del", en: "Area")
        case .name: Text2(sv: "Namn", en: "Name")
        case .address: Text2(sv: "E-post", en: "E-mail")
        case .language: Text2(sv: "Språk", en: "Language")
        }
    }
}
