import Rules

/// The questionnaires that are offered to all councils: more may be offered, and an offer withdrawn or renewed.
struct OffersPage: Sendable {
    private let offers: Offers

    init(_ services: Services) { offers = Offers(services) }

    static let path = "/operator/enkater"

    var routes: [Route] {
        let path = OffersPage.path, one = path + "/{instrumentId}"
        return [
            Route(.get, path, operation: "showOffers", needs: .operator) { try await show(InstrumentForm(""), $0) },
            Route(.post, path, operation: "submitOffer", needs: .operator, takes: .instrumentForm, handler: add),
            Route(.post, one + "/erbjudande", operation: "renewOfferPage", needs: .operator) { try await set(true, $0) },
            Route(.post, one + "/aterkallelse", operation: "withdrawOfferPage", needs: .operator) { try await set(false, $0) },
        ]
    }

    private func show(_ form: InstrumentForm, _ call: Call) async throws -> Reply {
        let (found, _) = try await offers.list(Paging(limit: Paging.onPages, number: 1), as: call.operator()), texts = call.texts
        return .page(Page("operators/offers", title: form.title(texts["offers.title"], texts), form.values(texts) + [
            "offers": .groups(found) { offer in
                let path = "\(OffersPage.path)/\(offer.id)"
                return [
                    "offerName": .text(offer.name[texts.language]), "offerKey": .text(offer.key), "offerVersion": .number(Int(offer.version)),
                    "previewPath": .text(OfferPreviewPages.path(offer.id)),
                    "isOffered": .flag(offer.withdrawnAt == nil), "withdrawPath": .text(path + "/aterkallelse"), "renewPath": .text(path + "/erbjudande"),
                    "withdrawnText": .text(offer.withdrawnAt.map { texts("offers.withdrawn", ["when": texts.time($0)]) } ?? ""),
                ]
            },
        ], form: form.fields(texts), frame: .operator(texts, here: .offers)))
    }

    @Sendable private func add(_ call: Call) async throws -> Reply {
        try await call.takeInstrument(showing: { try await show($0, call) }) { form in
            _ = try await offers.add(form.text, as: call.operator())
            return .seeOther(OffersPage.path).flash("instrumentOffered")
        }
    }

    private func set(_ isOffered: Bool, _ call: Call) async throws -> Reply {
        _ = try await offers.set(call.id("instrumentId"), isOffered: isOffered, as: call.operator())
        return .seeOther(OffersPage.path).flash(isOffered ? "instrumentOffered" : "offerWithdrawn")
    }
}
