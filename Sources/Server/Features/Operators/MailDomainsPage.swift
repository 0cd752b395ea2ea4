import Rules

/// The mail domains that are known, and a list of more to be pasted in.
struct MailDomainsPage: Sendable {
    let domains: MailDomains

    init(_ services: Services) { domains = MailDomains(database: services.database) }

    private static let path = "/operator/domaner"

    var routes: [Route] {
        let path = MailDomainsPage.path
        return [
            Route(.get, path, operation: "showMailDomains", needs: .operator) { try await show(.empty, $0) },
            Route(.post, path, operation: "submitMailDomains", needs: .operator, handler: importList),
        ]
    }

    private func show(_ form: Form, _ call: Call) async throws -> Reply {
        let (found, total) = try await domains.list(Paging(limit: Paging.onPages, number: 1), as: call.operator()), fields = FormView(form, call.texts)
        return .page(Page("operators/domains", title: call.texts["domains.title"], [
            "known": .text(call.texts("domains.known", count: total)), "hasDomains": .flag(!found.isEmpty),
            "domains": .groups(found) { ["domainName": .text($0.domain), "domainCouncil": .text($0.council), "domainCode": .text($0.code)] },
            "csvField": fields.area("csv", "domains.csv", rows: 10),
        ], form: fields, frame: .operator(call.texts, here: .domains)))
    }

    @Sendable private func importList(_ call: Call) async throws -> Reply {
        try await call.submit(MailDomains.csv, showing: { try await show($0, call) }) { csv in
            _ = try await domains.importList(csv, as: call.operator())
            return .seeOther(MailDomainsPage.path).flash("domainsImported")
        }
    }
}
