import Database
import Rules

/// The data-processing agreements on record, and recording one.
struct AgreementsPages: Sendable {
    let agreements: Agreements

    init(_ services: Services) { agreements = Agreements(services: services) }

    private static let path = "/kommun/avtal"

    var routes: [Route] {
        let path = AgreementsPages.path
        return [
            Route(.get, path, operation: "showAgreements", needs: .member(.readCouncil)) { try await show(.empty, $0) },
            Route(.post, path, operation: "submitAgreement", needs: .member(.recordAgreement), handler: record),
        ]
    }

    private func show(_ form: Form, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .readCouncil), council = member.municipality, texts = call.texts
        let (me, found) = try await agreements.services.database.send(
            as: member, .me(in: council), .agreements(of: council, limit: Paging.onPages, offset: 0))
        let fields = FormView(form, texts)
        return .page(Page("council/agreements", title: texts["agreement.title"], [
            "inForce": .groups(found.prefix(1)) { $0.values("now", texts) },
            "isMissing": .flag(found.isEmpty),
            "hasEarlier": .flag(found.count > 1),
            "earlier": .groups(found.dropFirst()) { $0.values("then", texts) },
            "mayRecord": .flag(Set(me.roles).may(.recordAgreement)),
            "controllerField": fields.text("controller", "agreement.controller"),
            "versionField": fields.text("version", "agreement.version"),
            "signedOnField": fields.text("signedOn", "agreement.signedOn", .date),
            "signatoryNameField": fields.text("signatoryName", "agreement.signatoryName"),
            "signatoryTitleField": fields.text("signatoryTitle", "agreement.signatoryTitle"),
            "diaryNumberField": fields.text("diaryNumber", "agreement.diaryNumber"),
        ], form: fields, frame: .council(me, here: .agreement, texts)))
    }

    @Sendable private func record(_ call: Call) async throws -> Reply {
        try await call.submit({ Agreement($0, today: SwedishTime.day(call.now)) }, showing: { try await show($0, call) }) { agreement in
            _ = try await agreements.record(agreement, as: call.member(for: .recordAgreement))
            return .seeOther(AgreementsPages.path).flash("agreementRecorded")
        }
    }
}

extension AgreementView {
    fileprivate func values(_ prefix: String, _ texts: Texts) -> [String: PageValue] {
        [
            "\(prefix)Controller": .text(agreement.controller), "\(prefix)Version": .text(agreement.version),
            "\(prefix)SignedOn": .text(texts.day(agreement.signedOn)),
            "\(prefix)Signatory": .text("\(agreement.signatoryName), \(agreement.signatoryTitle)"),
            "\(prefix)DiaryNumber": .text(agreement.diaryNumber),
            "\(prefix)Recorded": .text(texts("agreement.recorded", ["who": recorderName, "when": texts.time(recordedAt)])),
        ]
    }
}
