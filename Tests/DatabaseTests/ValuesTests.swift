import Foundation
import Testing

@testable import Database

/// Values on their way to the server and back, and what decoding refuses.
@Suite struct ValuesTests {
    @Test func valuesComeBackAsTheyWent() async throws {
        try await World.with("values_scalar") { db in
            let id = UUID()
            let text = "Åsa i Ängelholm, ñ 漢字 😀 'quoted' \\ \u{301}"
            let query = Query<Nobody, Bool>.one("""
                select \(true), \(Int16.min), \(Int32.max), \(Int64.min), \(-7), \(0.1), \(text), \("")::text, \(id), \([0, 255] as [UInt8])
                """) { row in
                try row.next() == true && row.next() == Int16.min && row.next() == Int32.max && row.next() == Int64.min && row.next() == -7
                    && row.next() == 0.1 && row.next() == text && row.next() == "" && row.next() == id && row.next() == [0, 255] as [UInt8]
            }
            try await expect(true) { try await db.send(as: Nobody(), query) }
        }
    }

    @Test func arraysComeBackAsTheyWent() async throws {
        try await World.with("values_arrays") { db in
            let id = UUID()
            let query = Query<Nobody, Bool>.one("""
                select \([1, 2, 3] as [Int16]), \([] as [Int16]), \([Int32.min]), \([1, -1]), \(["å", "", "{}"]), \([] as [String]), \([id]), \([UInt8]())
                """) { row in
                try row.next() == [1, 2, 3] as [Int16] && row.next() == [] as [Int16] && row.next() == [Int32.min] && row.next() == [1, -1]
                    && row.next() == ["å", "", "{}"] && row.next() == [] as [String] && row.next() == [id] && row.next() == [UInt8]()
            }
            try await expect(true) { try await db.send(as: Nobody(), query) }
        }
    }

    @Test func nullsGoAndComeAsOptionals() async throws {
        try await World.with("values_null") { db in
            let query = Query<Nobody, Bool>.one("select \(String?.none), \([Int16]?.none), \(UUID?.none), \(Int?(5)), null::text") { row in
                let text: String? = try row.nextOrNull(), levels: [Int16]? = try row.nextOrNull(), id: UUID? = try row.nextOrNull()
                let five: Int? = try row.nextOrNull(), last: String? = try row.nextOrNull()
                return text == nil && levels == nil && id == nil && five == 5 && last == nil
            }
            try await expect(true) { try await db.send(as: Nobody(), query) }
        }
    }

    @Test func textLikeColumnsAreText() async throws {
        try await World.with("values_text") { db in
            let query = Query<Nobody, [String]>.one("select 'a'::varchar, 'b'::name, 'c'::char(1), '{\"d\":1}'::json, 'e'") { row in
                try [row.next(), row.next(), row.next(), row.next(), row.next()]
            }
            try await expect(["a", "b", "c", "{\"d\":1}", "e"]) { try await db.send(as: Nobody(), query) }
            let narrow = Query<Nobody, [Int]>.one("select 1::int2, 2::int4, 3::int8") { try [$0.next(), $0.next(), $0.next()] }
            try await expect([1, 2, 3]) { try await db.send(as: Nobody(), narrow) }
        }
    }

    @Test func aMismatchNamesColumnAndTypes() async throws {
        try await World.with("values_fault") { db in
            func fault<T: Readable>(_ text: String, _: T.Type) async -> String? {
                do {
                    _ = try await db.send(as: Nobody(), Query<Nobody, T>.one("\(unsafeRaw: text)") { try $0.next() })
                    return nil
                } catch { return "\(error)" }
            }
            #expect(await fault("select null::int8 as level", Int.self) == "column \"level\" is NULL, read as Int")
            #expect(await fault("select 7 as level", String.self) == "column \"level\" is of type int4 (23), read as String")
            #expect(await fault("select 7::int8 as level", Int16.self) == "column \"level\" is of type int8 (20), read as Int16")
            #expect(await fault("select array[1,null]::int2[] as levels", [Int16].self) == "column \"levels\" is NULL, read as Array<Int16>")
            #expect(await fault("select array[[1],[2]]::int2[] as levels", [Int16].self) == "column \"levels\" is malformed, read as Array<Int16>")
            #expect(await fault("select now() as level", Int.self) == "column \"level\" is of type timestamptz (1184), read as Int")
            let two = Query<Nobody, Int>.one("select 1 as a") { row in try row.next() + row.next() }
            await #expect(throws: DecodingFault.noColumn(number: 2, expected: "Int")) { try await db.send(as: Nobody(), two) }
        }
    }

    @Test func aNULIsRefusedBeforeItIsSent() async throws {
        try await World.with("values_nul") { db in
            let trips = await RoundTrips.counting {
                await #expect(throws: StatementRefused.holdsNUL(position: 3)) {
                    try await db.send(as: Member.ofLillby, .add(1, "a\0b", in: lillby))
                }
            }
            #expect(trips.count == 0)
        }
    }
}
