import Database
import Rules

/// Who is asked in a round: the list with what can be added, inviting, and one seat.
struct SeatsPages: Sendable {
    private let seats: Seats

    init(_ services: Services) { seats = Seats(services: services) }

    var routes: [Route] {
        let all = "/omgangar/{roundId}/platser", one = all + "/{seatId}", needs = Needs.member(.invite)
        return [
            Route(.get, all, operation: "showSeats", needs: needs) { try await showAll(nil, $0) },
            Route(.post, all, operation: "submitSeats", needs: needs, handler: addHolders),
            Route(.post, all + "/ersattare", operation: "submitDeputy", needs: needs, handler: addDeputy),
            Route(.post, all + "/inbjudan", operation: "submitInvitations", needs: needs, handler: inviteAll),
            Route(.get, one, operation: "showSeat", needs: needs) { try await showOne(nil, $0) },
            Route(.post, one, operation: "submitSeat", needs: needs, handler: change),
            Route(.post, one + "/inbjudan", operation: "submitInvitation", needs: needs, handler: inviteOne),
            Route(.post, one + "/ta-bort", operation: "submitSeatRemoval", needs: needs, handler: remove),
        ]
    }

    /// A round is of a handful of people; a page shows them all.
    private static let most = 500

    // MARK: All

    private func showAll(_ sent: Form?, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .invite), council = member.municipality, round: RoundID = try call.id("roundId"), texts = call.texts
        let (me, found, rows, posts) = try await seats.services.database.send(
            as: member, .me(in: council), .round(round, of: council), .seats(of: round, in: council, limit: SeatsPages.most, offset: 0),
            .freePosts(in: round, of: council, on: SwedishTime.day(call.now)))
        guard let view = found else { throw Problem.notFound }
        let fields = FormView(sent ?? Form(["deputy.language": "sv"]), texts)
        let refusal = view.refusal(of: .invite, now: call.now), waiting = rows.filter { $0.invitedAt == nil }.count
        let isOpenToChange = view.state.isBeforeOpening || view.state == .open
        let options = posts.map { FormView.Option($0.id.description, $0.name, hint: $0.holder) }
        // Who stands in today is proposed before the holder.
        let proposals = posts.flatMap { post in
            (post.deputy.map { deputy in
                [FormView.Option(deputy.id.description, post.name, hint: texts("deputies.proposed", ["name": deputy.occupant.name, "until": texts.day(deputy.until)]))]
            } ?? []) + [FormView.Option(post.id.description, post.name, hint: post.holder)]
        }
        return .page(Page("rounds/seats", title: texts["seats.title"], [
            "roundTitle": .text(view.plan.title), "roundPath": .text(RoundPages.path(round)), "seatsPath": .text(SeatsPages.path(round)),
            "stateText": .text(view.stateText(texts)),
            "hasSeats": .flag(!rows.isEmpty), "isEmpty": .flag(rows.isEmpty), "isOpenToChange": .flag(isOpenToChange), "isPast": .flag(!isOpenToChange),
            "counts": .text(texts("seats.counts", count: rows.count, ["invited": String(rows.count - waiting)])),
            "seats": .groups(rows) { $0.values(of: round, texts) },
            "canInvite": .flag(refusal == nil && waiting > 0), "inviteText": .text(texts("seats.invite.text", count: waiting)),
            "freezes": .flag(!view.contractIsFrozen), "allInvited": .flag(refusal == nil && waiting == 0 && !rows.isEmpty),
            "cannotInvite": .flag(isOpenToChange && refusal != nil && !rows.isEmpty),
            "refusalText": .text(refusal.map { Problem($0).detail[texts.language] } ?? ""),
            "refusalPath": .text(refusal == .agreementMissing ? "/kommun/avtal" : RoundPages.path(round) + "/villkor"),
            "refusalLink": .text(texts[refusal == .agreementMissing ? "seats.toAgreement" : "seats.toContract"]),
            "hasFree": .flag(isOpenToChange && !posts.isEmpty), "isFull": .flag(isOpenToChange && posts.isEmpty),
            "holdersField": fields.options("posts", "seats.holders", proposals),
            "postField": fields.options("postId", "seats.deputy.post", options),
            "deputyName": fields.text("deputy.name", "seats.name"), "deputyAddress": fields.text("deputy.address", "seats.address", .email),
            "deputyLanguage": fields.options("deputy.language", "seats.language", Language.self),
        ], form: fields, frame: .council(me, here: .home, texts)))
    }

    @Sendable private func addHolders(_ call: Call) async throws -> Reply {
        let read = { (fields: Fields) in fields.list("posts", 1...SeatsPages.most) { $0.id(of: Subject.Post.self) } }
        return try await call.submit(read, showing: { try await showAll($0, call) }, blaming: ["seat-exists": "posts"]) { posts in
            try await seats.add(posts, to: call.id("roundId"), as: call.member(for: .invite))
            return try back(call, "seatsAdded")
        }
    }

    @Sendable private func addDeputy(_ call: Call) async throws -> Reply {
        let read = { (fields: Fields) in NewSeat(post: fields.id("postId"), deputy: fields.object("deputy", Occupant.init)) }
        return try await call.submit(read, showing: { try await showAll($0, call) }, blaming: ["seat-exists": "postId"]) { new in
            _ = try await seats.add(new, to: call.id("roundId"), as: call.member(for: .invite))
            return try back(call, "seatsAdded")
        }
    }

    @Sendable private func inviteAll(_ call: Call) async throws -> Reply {
        try await call.submit({ _ in }, showing: { try await showAll($0, call) }) {
            _ = try await seats.invite(nil, in: call.id("roundId"), as: call.member(for: .invite))
            return try back(call, "invited")
        }
    }

    private func back(_ call: Call, _ flash: String) throws -> Reply {
        .seeOther(SeatsPages.path(try call.id("roundId"))).flash(flash)
    }

    static func path(_ round: RoundID) -> String { RoundPages.path(round) + "/platser" }

    // MARK: One

    private func showOne(_ sent: Form?, _ call: Call) async throws -> Reply {
        let member = try call.member(for: .invite), council = member.municipality, round: RoundID = try call.id("roundId"), texts = call.texts
        let (me, found, seat) = try await seats.services.database.send(
            as: member, .me(in: council), .round(round, of: council), .seat(call.id("seatId"), of: round, in: council))
        guard let view = found, let seat else { throw Problem.notFound }
        // Where the post has changed hands the form proposes who holds it now.
        let proposed = seat.newHolder ?? seat.occupant
        let fields = FormView(sent ?? Form(["name": proposed.name, "address": proposed.address, "language": proposed.language.rawValue]), texts)
        let isOpenToChange = view.state.isBeforeOpening || view.state == .open
        return .page(Page("rounds/seat", title: seat.postName, seat.values(of: round, texts) + [
            "roundTitle": .text(view.plan.title), "stateText": .text(view.stateText(texts)), "seatsPath": .text(SeatsPages.path(round)),
            "isOpenToChange": .flag(isOpenToChange), "isPast": .flag(!isOpenToChange),
            "canInvite": .flag(view.refusal(of: .invite, now: call.now) == nil && seat.invitedAt == nil),
            "canSendAgain": .flag(view.refusal(of: .invite, now: call.now) == nil && seat.invitedAt != nil),
            "needsConsent": .flag(seat.invitedAt != nil),
            "nameField": fields.text("name", "seats.name"), "addressField": fields.text("address", "seats.address", .email),
            "languageField": fields.options("language", "seats.language", Language.self),
            "consentField": fields.box("confirmDeletion", "seats.change.confirm"), "removalField": fields.box("removes", "seats.remove.confirm"),
        ], form: fields, frame: .council(me, here: .home, texts)))
    }

    @Sendable private func change(_ call: Call) async throws -> Reply {
        try await call.submit(SeatChange.init, showing: { try await showOne($0, call) }) { change in
            let round: RoundID = try call.id("roundId"), seat: SeatID = try call.id("seatId")
            do {
                _ = try await seats.change(seat, of: round, change, as: call.member(for: .invite))
            } catch let problem as Problem where problem == .answersWouldBeDeleted {
                throw problem.with([FieldError("/confirmDeletion", .toBeConfirmed)])
            }
            return try back(call, "seatChanged")
        }
    }

    @Sendable private func inviteOne(_ call: Call) async throws -> Reply {
        try await call.submit({ _ in }, showing: { _ in try await showOne(nil, call) }) {
            _ = try await seats.invite([call.id("seatId")], in: call.id("roundId"), as: call.member(for: .invite))
            return try back(call, "invitedOne")
        }
    }

    @Sendable private func remove(_ call: Call) async throws -> Reply {
        try await call.submit({ $0.flag("removes") }, showing: { form in try await showOne(Form(form.values, form.problem), call) }) { confirmed in
            let round: RoundID = try call.id("roundId"), seat: SeatID = try call.id("seatId")
            do {
                try await seats.remove(seat, of: round, confirmsDeletion: confirmed, as: call.member(for: .invite))
            } catch let problem as Problem where problem == .answersWouldBeDeleted {
                throw problem.with([FieldError("/removes", .toBeConfirmed)])
            }
            return try back(call, "seatRemoved")
        }
    }
}

extension FieldMessage {
    static let toBeConfirmed = FieldMessage(sv: "Kryssa i rutan om du vill det.", en: "Tick the box if you want that.")
}

extension SeatRow {
    /// The post, with its part of the council.
    fileprivate var postName: String { area.isEmpty ? title : "\(title), \(area)" }

    /// Who holds the post, where it has changed hands since the seat was made.
    fileprivate var newHolder: Occupant? {
        isDeputy || (holder.name, holder.address) == (occupant.name, occupant.address) ? nil : holder
    }

    fileprivate func values(of round: RoundID, _ texts: Texts) -> [String: PageValue] {
        let place = [function.family.name[texts.language], function.name[texts.language], area]
        let status = bounced ? "bounced" : invitedAt == nil ? "waiting" : "invited"
        return [
            "post": .text(postName), "place": .text(place.filter { !$0.isEmpty }.joined(separator: ", ")),
            "placeText": .text(texts[isPlaced ? "seats.place.settled" : "seats.place.open"]), "isDeputy": .flag(isDeputy),
            "occupant": .text(occupant.name), "occupantAddress": .text(occupant.address),
            "occupantLanguage": .text(texts["seats.language.\(occupant.language.rawValue)"]),
            "status": .text(texts("seats.status.\(status)", ["when": invitedAt.map(texts.time) ?? ""])), "isBounced": .flag(bounced),
            "seatPath": .text("\(SeatsPages.path(round))/\(id)"), "hasNewHolder": .flag(newHolder != nil),
            "newHolderText": .text(newHolder.map { texts("seats.newHolder", ["name": $0.name]) } ?? ""),
        ]
    }
}
