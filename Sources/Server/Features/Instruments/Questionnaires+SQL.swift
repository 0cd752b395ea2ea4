import Database
import Rules

/// An instrument's file as it is kept.
struct StoredInstrument: Sendable {
    let id: ID<Instrument>
    let document: String
}

extension StoredInstrument {
    fileprivate init(_ row: inout Row) throws { self.init(id: try row.next(), document: try row.next()) }
}

/// Those who act in a council and read its questionnaires.
protocol QuestionnaireReader: Authority {
    var municipality: MunicipalityID { get }
}

extension Member: QuestionnaireReader {}
extension Participant: QuestionnaireReader {}

extension Query where A: QuestionnaireReader, R == [StoredInstrument] {
    /// Of those on the council's shelf that are published.
    static func instruments(_ ids: [ID<Instrument>], in council: MunicipalityID) -> Query {
        .rows("""
            select id, document from app.council_instruments
            where municipality_id = \(council) and id = any (\(ids.map(\.uuid))) and published_at is not null
            """) { try StoredInstrument(&$0) }
    }
}

extension Query where A == Participant, R == ID<Instrument> {
    /// Of the seat's round.
    static func instrument(of p: Participant) -> Query {
        .one("select instrument_id from app.rounds where municipality_id = \(p.municipality) and id = app.round()") { try $0.next() }
    }
}

extension Query where A == Worker, R == StoredInstrument {
    static func instrument(_ id: ID<Instrument>, in council: MunicipalityID) -> Query {
        .one("select id, document from app.council_instruments where municipality_id = \(council) and id = \(id)") { try StoredInstrument(&$0) }
    }
}
