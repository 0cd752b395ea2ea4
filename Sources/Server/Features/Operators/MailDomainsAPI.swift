import Rules

struct MailDomainsAPI: Sendable {
    let domains: MailDomains

    init(_ services: Services) { domains = MailDomains(database: services.database) }

    var routes: [Route] {
        let list = "/api/v1/operator/mail-domains"
        return [
            Route(.get, list, operation: "listMailDomains", needs: .operator, paged: true, handler: listMailDomains),
            Route(.post, list, operation: "importMailDomains", needs: .operator, handler: importMailDomains),
        ]
    }

    @Sendable private func listMailDomains(_ call: Call) async throws -> Reply {
        let (found, total) = try await domains.list(call.paging, as: call.operator())
        return try call.list(found.map { known in
            [
                "municipalityCode": .string(known.code), "municipalityName": .string(known.council), "domain": .string(known.domain),
                "recordedAt": .instant(known.recordedAt),
            ]
        }, of: total)
    }

    @Sendable private func importMailDomains(_ call: Call) async throws -> Reply {
        let one = try call.operator()
        return .json(["added": .integer(try await domains.importList(call.body(MailDomains.csv), as: one))])
    }
}
