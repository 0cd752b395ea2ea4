import Testing

@testable import Database

/// Text and values of a statement.
@Suite struct SQLTests {
    @Test func interpolationBinds() {
        let sql: SQL = "select \(1) where a = \("x'; drop table t") and b = \(Int16?.none)"
        #expect(sql.text == "select $1 where a = $2 and b = $3")
        #expect(sql.oids == [20, 25, 21])
        #expect(sql.lengths == [8, 16, -1])
    }

    @Test func splicedStatementsAreNumberedOn() {
        let inner: SQL = "b = \(true) or c = \("c")"
        let sql: SQL = "select \(1) where \(inner) and d = \(2.5)"
        #expect(sql.text == "select $1 where b = $2 or c = $3 and d = $4")
        #expect(sql.oids == [20, 16, 25, 701])
        #expect(sql.bytes.count == 8 + 1 + 1 + 8)
    }

    @Test func theUnsafeDoorHasAnUglyName() {
        let sql: SQL = "select * from \(unsafeRaw: "t.notes")"
        #expect(sql.text == "select * from t.notes")
    }

    @Test(arguments: [
        "begin", "commit", "rollback", "savepoint a", "set role x", "BEGIN", "  \n Commit;", "-- a\nset x = 1", "/* a /* b */ c */ rollback",
        "start transaction", "end", "abort", "release a", "prepare transaction 'x'", "; commit", "", "  ", "/* open", "reset all", "call p()",
    ])
    func whatEndsOrOutlivesATransactionIsRefused(_ text: String) {
        let sql: SQL = "\(unsafeRaw: text)"
        #expect(throws: StatementRefused.self) { try sql.check() }
    }

    @Test(arguments: ["select 1", "update settings set a = 1", "with a as (select 1) select * from a", "insert into beginnings values (1)", "(select 1)"])
    func otherStatementsAreNot(_ text: String) throws {
        let sql: SQL = "\(unsafeRaw: text)"
        try sql.check()
    }

    @Test func aNULIsRefusedByPosition() {
        let inner: SQL = "b = \("b") or c = \(["c", "\0"])"
        let sql: SQL = "select \("a\0"[...].isEmpty) where \(inner)"
        #expect(throws: StatementRefused.holdsNUL(position: 3)) { try sql.check() }
        let first: SQL = "select \("a\0b"), \("c\0")"
        #expect(throws: StatementRefused.holdsNUL(position: 1)) { try first.check() }
        #expect("\(StatementRefused.holdsNUL(position: 3))" == "parameter $3 holds a NUL character")
    }
}
