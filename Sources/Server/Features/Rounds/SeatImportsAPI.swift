import Rules

/// Many seats at once, over the API.
struct SeatImportsAPI: Sendable {
    private let imports: SeatImports

    init(_ services: Services) { imports = SeatImports(services: services) }

    var routes: [Route] {
        [Route(.post, "/api/v1/rounds/{roundId}/seat-imports", operation: "importSeats", needs: .member(.invite), takes: .json(upTo: 262_144), handler: take)]
    }

    @Sendable private func take(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .invite), round: RoundID = try call.id("roundId")
        let order = try call.body(ImportOrder.init)
        let done = try await imports.take(order.table, into: round, carriesOut: order.confirms, as: member)
        return .json([
            "done": .bool(done.isDone),
            "seats": .list(done.rows) { it in
                [
                    "line": .integer(it.row.line), "title": .string(it.row.title), "area": .string(it.row.area), "name": .string(it.row.name),
                    "address": .string(it.row.address), "language": .choice(it.row.language), "function": .choice(it.row.function),
                    "isNewPost": .bool(it.post == nil),
                ]
            },
            "_links": ["self": call.link("/api/v1/rounds/\(round)/seats")],
        ])
    }
}

/// A table to be looked at, or once it has been, to be made seats of.
struct ImportOrder {
    let table: String
    let confirms: Bool

    init(_ fields: Fields) {
        table = fields.text("table", 1...120_000, lines: .many)
        confirms = fields.given("confirm")?.flag() ?? false
    }
}
