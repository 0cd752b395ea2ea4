import Database
import Hummingbird
import Logging
import Rules
import ServiceLifecycle

/// The service, put together: what answers, and what works in the background. The list of features is the table of contents.
public struct App: Sendable {
    let services: Services
    let routes: Routes
    private let edge: Edge

    /// Reads what comes with the program, keeps reference data in the database, and puts the features together.
    ///
    /// - Parameters:
    ///   - folder: where `.eml` files and the link key lie; nil with neither.
    ///   - baseURL: where people come by.
    /// - Throws: what is wrong with a text, template, instrument or key; database errors.
    public init(_ settings: Settings, _ database: Database, clock: Clock, folder: DataFolder, baseURL: BaseURL, logger: Logger) async throws {
        try Crypto.check()
        let keys = try settings.linkKeys ?? LinkKeys(file: folder.linkKey)
        let site = Site(baseURL: baseURL.description, formKey: Crypto.hmac(key: keys.signing, Array("forms".utf8)))
        let room: any MailRoom = switch settings.mail {
        case .files: try MailFiles(folder: folder.mail)
        case .smtp(let server): try SMTP(server)
        }
        let reference = Reference(database)
        let questionnaires = try Questionnaires(database, beginningWith: await reference.keepInstruments())
        try await reference.importKnownMunicipalities(withFictional: settings.isEmbedded, at: clock.now())
        services = Services(
            database: database, clock: clock, links: Links(keys), bell: Bell(),
            mail: Services.Mailer(
                writer: MailWriter(texts: try MailTexts(), from: settings.mailFrom, host: baseURL.host), room: room, logger: logger),
            site: site, questionnaires: questionnaires, attempts: Attempts(), language: settings.language, logger: logger)
        edge = Edge(site: site, pages: try Pages(), now: { clock.now() }, guesses: services.guesses)
        routes = try App.routes(services)
    }

    static func routes(_ services: Services) throws -> Routes {
        var routes = Routes()
        routes.add(try OpenPages().routes)
        routes.add(try ServiceAPI().routes)
        routes.add(RegistrationAPI(services).routes)
        routes.add(RegistrationPages(services).routes)
        routes.add(SignInAPI(services).routes)
        routes.add(SignInPages(services).routes)
        routes.add(SessionsAPI(services).routes)
        routes.add(OperatorsAPI(services).routes)
        routes.add(OperatorsPages(services).routes)
        routes.add(MailDomainsAPI(services).routes)
        routes.add(MailDomainsPage(services).routes)
        routes.add(HomePage(services).routes)
        routes.add(CouncilAPI(services).routes)
        routes.add(SettingsPage(services).routes)
        routes.add(MembersAPI(services).routes)
        routes.add(MembersPages(services).routes)
        routes.add(MembershipAPI(services).routes)
        routes.add(AccountPage(services).routes)
        routes.add(JoinRequestsAPI(services).routes)
        routes.add(JoinRequestsPages(services).routes)
        routes.add(AgreementsAPI(services).routes)
        routes.add(AgreementsPages(services).routes)
        routes.add(PostsAPI(services).routes)
        routes.add(PostsPages(services).routes)
        routes.add(DeputiesAPI(services).routes)
        routes.add(DeputiesPages(services).routes)
        routes.add(InstrumentsAPI(services).routes)
        routes.add(InstrumentPages(services).routes)
        routes.add(InstrumentFilePages(services).routes)
        routes.add(InstrumentPreviewPages(services).routes)
        routes.add(OffersAPI(services).routes)
        routes.add(OffersPage(services).routes)
        routes.add(OfferPreviewPages(services).routes)
        routes.add(RoundsAPI(services).routes)
        routes.add(SeatsAPI(services).routes)
        routes.add(RoundPlanPages(services).routes)
        routes.add(RoundPages(services).routes)
        routes.add(ContractPages(services).routes)
        routes.add(SeatsPages(services).routes)
        routes.add(SeatImportsAPI(services).routes)
        routes.add(SeatImportsPages(services).routes)
        routes.add(SeminarsAPI(services).routes)
        routes.add(SeminarsPages(services).routes)
        routes.add(RemindersAPI(services).routes)
        routes.add(RemindersPages(services).routes)
        routes.add(RoundTextsAPI(services).routes)
        routes.add(RoundTextsPages(services).routes)
        routes.add(ParticipationAPI(services).routes)
        routes.add(ParticipationPages(services).routes)
        routes.add(CommentsAPI(services).routes)
        routes.add(CommentsPages(services).routes)
        routes.add(LogAPI(services).routes)
        routes.add(LogPage(services).routes)
        routes.add(FixingAPI(services).routes)
        routes.add(FixingPages(services).routes)
        routes.add(ResultAPI(services).routes)
        routes.add(TrendAPI(services).routes)
        routes.add(ResultPages(services).routes)
        routes.add(StatisticsAPI(services).routes)
        routes.add(StatisticsPages(services).routes)
        routes.add(AnalysesAPI(services).routes)
        routes.add(AnalysesPages(services).routes)
        let catalogues = try ActionCatalogues.builtIn.get()
        routes.add(PlanDraftsAPI(services, catalogues).routes)
        routes.add(PlanDraftsPages(services, catalogues).routes)
        let reports = Reports(services: services, catalogues: catalogues, file: ReportFile(pages: try Pages()))
        routes.add(ReportsAPI(reports: reports).routes)
        routes.add(ReportsPages(reports: reports).routes)
        return routes
    }

    private static func handlers(_ services: Services) -> [JobKind: JobRunner.Handler] {
        let registrations = Registrations(services: services), fixing = Fixing(services: services)
        let addresses = AddressChanges(services: services), joining = JoinRequests(services: services)
        return [
            .admit: registrations.admitApproved,
            .mailRegistration: registrations.mailApplicant, .mailWaiting: registrations.mailOperators,
            .mailOperator: registrations.mailOperator, .mailApproved: registrations.mailApproved,
            .mailSignIn: SignIn(services: services).mailLink,
            .mailMemberInvitation: Members(services: services).mailInvitation,
            .openRound: Rounds(services: services).openOnTime, .closeRound: Rounds(services: services).closeOnTime,
            .mailAddressLink: addresses.mailLink, .mailAddressChanged: addresses.mailChanged, .forgetAddressChange: addresses.forget,
            .mailJoinLink: joining.mailLink, .mailJoinWaiting: joining.mailAdministrators, .mailAdministrator: joining.mailAdministrator,
            .forgetJoinRequest: joining.forget,
            .mailSeat: Seats(services: services).mailInvitation,
            .mailSeminar: Seminars(services: services).mail, .mailSeminarDeparture: Seminars(services: services).mailDeparture,
            .mailOpeningMissed: Rounds(services: services).mailOpeningMissed,
            .remind: Reminders(services: services).carryOut, .mailReminder: Reminders(services: services).mail,
            .fixRound: fixing.carryOut, .mailResult: fixing.mailResult,
        ]
    }

    /// What answers over HTTP. `/livez` and `/readyz` stand outside the contract.
    public var responder: some HTTPResponder<EdgeContext> {
        let router = edge.router(routes)
        let database = services.database
        router.get("/livez") { _, _ in "alive\n" }
        router.get("/readyz") { _, _ -> Response in
            let isReady = await Readiness.isReady(database)
            return Response(status: isReady ? .ok : .serviceUnavailable, body: .init(byteBuffer: .init(string: isReady ? "ready\n" : "not ready\n")))
        }
        return router.buildResponder()
    }

    /// What works in the background, to be run beside the HTTP server.
    public var background: any Service {
        JobRunner(
            database: services.database, clock: services.clock, bell: services.bell, handlers: App.handlers(services), logger: services.logger)
    }
}
