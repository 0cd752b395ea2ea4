import Database
import Rules

extension Query where A == Participant, R == [SavedComment] {
    static func comments(of p: Participant) -> Query {
        .rows("select dimension, text, consent from app.comments where municipality_id = \(p.municipality) and seat_id = \(p.seat)") { row in
            SavedComment(dimension: try row.next(), comment: Comment(text: try row.next(), consent: try row.next()))
        }
    }
}

extension Query where A == Participant, R == Int {
    /// Writes or deletes a comment; nothing if the round takes no answers, or its contract has no comments. The response
    /// is read again under its lock, so that a round that closes meanwhile takes none.
    static func set(_ change: CommentChange, at now: Instant, for p: Participant) -> Query {
        guard let comment = change.comment else {
            return .write("""
                delete from app.comments c using app.responses a, app.rounds r
                where c.municipality_id = \(p.municipality) and c.seat_id = \(p.seat) and c.dimension = \(change.dimension)
                  and \(takesAnswers(of: p, at: now))
                """, repeatable: true)
        }
        return .write("""
            insert into app.comments (municipality_id, seat_id, open, dimension, text, consent)
            select a.municipality_id, a.seat_id, true, \(change.dimension), \(comment.text), \(comment.consent)
            from app.responses a, app.rounds r, app.contracts t
            where t.municipality_id = \(p.municipality) and t.round_id = r.id and t.comments
              and \(takesAnswers(of: p, at: now))
            for key share of a
            on conflict (municipality_id, seat_id, dimension) do update set text = excluded.text, consent = excluded.consent
            """, repeatable: true)
    }

    /// Takes every comment back with the answers.
    static func clearComments(at now: Instant, for p: Participant) -> Query {
        .write("""
            delete from app.comments c using app.responses a, app.rounds r
            where c.municipality_id = \(p.municipality) and c.seat_id = \(p.seat) and \(takesAnswers(of: p, at: now))
            """, repeatable: true)
    }
}

// MARK: - Published

extension PublishedComment {
    fileprivate init(_ row: inout Row) throws {
        self.init(id: try row.next(), dimension: try row.next(), text: try row.next())
    }
}

extension Query where A == Member, R == [PublishedComment] {
    static func comments(of round: RoundID, in council: MunicipalityID) -> Query {
        .rows("""
            select id, dimension, text from app.published_comments where municipality_id = \(council) and round_id = \(round) order by dimension, id
            """) { try PublishedComment(&$0) }
    }
}

extension Query where A == Participant, R == [PublishedComment] {
    static func publishedComments(for p: Participant) -> Query {
        .rows("""
            select id, dimension, text from app.published_comments
            where municipality_id = \(p.municipality) and round_id = app.round() order by dimension, id
            """) { try PublishedComment(&$0) }
    }
}

extension Query where A == Worker, R == Void {
    /// Moves what may be read of a closed round to where nothing tells whose it was; nothing with fewer than k.
    static func publishComments(of round: RoundID, in council: MunicipalityID) -> Query {
        .none("select app.publish_comments(\(round)) where app.municipality() = \(council)", writes: true)
    }
}

extension Query where A == Member, R == Bool {
    /// False if there is none.
    static func delete(_ comment: ID<PublishedComment>, of round: RoundID, at now: Instant, in council: MunicipalityID) -> Query {
        .one("select app.delete_comment(\(round), \(comment), \(now)) where app.municipality() = \(council)", writes: true) { try $0.next() }
    }
}
