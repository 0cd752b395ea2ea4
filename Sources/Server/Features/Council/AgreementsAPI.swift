import Rules

struct AgreementsAPI: Sendable {
    let agreements: Agreements

    init(_ services: Services) { agreements = Agreements(services: services) }

    var routes: [Route] {
        let list = "/api/v1/agreements"
        return [
            Route(.get, list, operation: "listAgreements", needs: .member(.readCouncil), paged: true, handler: listAgreements),
            Route(.post, list, operation: "recordAgreement", needs: .member(.recordAgreement), handler: recordAgreement),
            Route(.get, list + "/{agreementId}", operation: "getAgreement", needs: .member(.readCouncil), handler: getAgreement),
        ]
    }

    @Sendable private func listAgreements(_ call: Call) async throws -> Reply {
        let (found, total) = try await agreements.list(call.paging, as: call.member(for: .readCouncil))
        return try call.list(found.map { $0.json(call) }, of: total)
    }

    @Sendable private func recordAgreement(_ call: Call) async throws -> Reply {
        let member = try call.member(for: .recordAgreement)
        let recorded = try await agreements.record(call.body { Agreement($0, today: SwedishTime.day(call.now)) }, as: member)
        return .created(AgreementView.path(recorded.id), recorded.json(call))
    }

    @Sendable private func getAgreement(_ call: Call) async throws -> Reply {
        .json(try await agreements.read(call.id("agreementId"), as: call.member(for: .readCouncil)).json(call))
    }
}

extension AgreementView {
    static func path(_ id: ID<Agreement>) -> String { "/api/v1/agreements/\(id)" }

    fileprivate func json(_ call: Call) -> JSON {
        [
            "id": .id(id), "controller": .string(agreement.controller), "version": .string(agreement.version),
            "signedOn": .day(agreement.signedOn), "signatoryName": .string(agreement.signatoryName),
            "signatoryTitle": .string(agreement.signatoryTitle), "diaryNumber": .string(agreement.diaryNumber),
            "recordedBy": .id(recordedBy), "recordedAt": .instant(recordedAt),
            "_links": ["self": call.link(AgreementView.path(id))],
        ]
    }
}
