import Database
import Rules

/// Many seats at once: a table is pasted, looked at, and confirmed.
struct SeatImportsPages: Sendable {
    private let imports: SeatImports

    init(_ services: Services) { imports = SeatImports(services: services) }

    var routes: [Route] {
        let path = "/omgangar/{roundId}/platser/lista", needs = Needs.member(.invite)
        return [
            Route(.get, path, operation: "showSeatImport", needs: needs) { try await show(.empty, nil, $0) },
            Route(.post, path, operation: "submitSeatImport", needs: needs, takes: .form(upTo: 262_144), handler: submit),
        ]
    }

    private func show(_ form: Form, _ looked: SeatImport?, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .invite), council = member.municipality, round: RoundID = try call.id("roundId"), texts = call.texts
        let (me, found) = try await imports.services.database.send(as: member, .me(in: council), .round(round, of: council))
        guard let found else { throw Problem.notFound }
        let fields = FormView(form, texts), rows = looked?.rows ?? []
        return .page(Page("rounds/import", title: texts["import.title"], [
            "roundTitle": .text(found.plan.title), "seatsPath": .text(SeatsPages.path(round)),
            "canImport": .flag(found.state.isBeforeOpening || found.state == .open), "hasPreview": .flag(looked != nil),
            "table": .text(form.value("table")), "previewText": .text(texts("import.preview", count: rows.count)),
            "lines": .groups(rows) { it in
                [
                    "line": .number(it.row.line), "rowTitle": .text(it.row.area.isEmpty ? it.row.title : "\(it.row.title), \(it.row.area)"),
                    "rowName": .text(it.row.name), "rowAddress": .text(it.row.address), "isNewPost": .flag(it.post == nil),
                ]
            },
            "tableField": fields.area("table", "import.table", rows: 10),
        ], form: fields, frame: .council(me, here: .home, texts)))
    }

    @Sendable private func submit(_ call: Call) async throws -> Reply {
        try await call.submit(ImportOrder.init, showing: { try await show($0, nil, call) }) { order in
            let round: RoundID = try call.id("roundId")
            let done = try await imports.take(order.table, into: round, carriesOut: order.confirms, as: call.member(for: .invite))
            guard done.isDone else { return try await show(Form(["table": order.table]), done, call) }
            return .seeOther(SeatsPages.path(round)).flash("seatsImported")
        }
    }
}
