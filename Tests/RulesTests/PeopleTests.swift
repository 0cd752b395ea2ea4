import Rules
import Testing

@Suite struct PermissionTests {
    /// The table once more, by role: what section 4 of the issue says, in the words of a reader.
    static let lines: [(Role, Set<Capability>)] = [
        (Role.administrator, [.readCouncil, .readMembers, .manageMembers, .recordAgreement, .changeSettings, .readLog]),
        (
            .strategist,
            [
                .readCouncil, .readMembers, .readPosts, .managePosts, .readRounds, .setUpRound, .invite, .openRound, .closeRound, .fixRound, .concludeRound,
                .cancelRound, .readResponseCount, .readResult, .shareResult, .readPosition, .writeAnalysis, .deleteComment,
                .readLog,
            ]
        ),
        (.director, [.readCouncil, .readRounds, .readResult, .readPosition]),
        (.programmeArea, [.readCouncil, .readRounds, .readResult, .readPosition]),
    ]

    @Test(arguments: lines)
    func aRoleMayWhatItsLineSays(role: Role, capabilities: Set<Capability>) {
        #expect(Set([role]).capabilities == capabilities)
    }

    @Test func everyCapabilityIsInTheTableAndSomebodyHasIt() {
        #expect(Set(Permissions.table.keys) == Set(Capability.allCases) && Permissions.table.values.allSatisfy { !$0.isEmpty })
        #expect(Set(Permissions.grants.keys) == Set(Role.allCases))
    }

    @Test func anAdministratorSeesNoResultByThatRole() {
        for capability in [Capability.readResult, .readPosition, .readResponseCount, .readRounds] { #expect(!Set([Role.administrator]).may(capability)) }
    }

    @Test func severalRolesAddUpAndNoneGivesNothing() {
        let both: Set<Role> = [.administrator, .director]
        #expect(both.capabilities == Set([Role.administrator]).capabilities.union(Set([Role.director]).capabilities))
        #expect(Set<Role>().capabilities.isEmpty)
        #expect(Permissions.ofTheFirst.capabilities == Set(Capability.allCases))
    }

    static let changes: [(Set<Role>, Set<Role>, Set<Role>, Int, Refusal?)] = [
        ([.administrator], [], [.director], 1, nil), ([.administrator], [.strategist], [.strategist, .administrator], 1, nil),
        ([.administrator], [.administrator], [], 2, nil), ([.administrator], [.administrator, .strategist], [.strategist], 1, .lastAdministrator),
        ([.strategist], [], [.director], 1, .roleNotYoursToGrant), ([.director, .strategist], [.director], [], 1, .roleNotYoursToGrant),
        ([.strategist], [.director], [.director], 1, nil), ([.strategist], [.administrator], [], 1, .roleNotYoursToGrant),
    ]

    @Test(arguments: changes)
    func rolesAreGivenByThoseWhoMayAndTheLastAdministratorStays(
        granter: Set<Role>, before: Set<Role>, after: Set<Role>, administrators: Int, refusal: Refusal?
    ) {
        if let refusal {
            #expect(throws: refusal) { try granter.mayChange(from: before, to: after, administrators: administrators) }
        } else {
            #expect(throws: Never.self) { try granter.mayChange(from: before, to: after, administrators: administrators) }
        }
    }

    @Test func everyFunctionHasItsOwnNameInBothLanguagesAndEveryFamilyAFunction() {
        #expect(Set(Function.allCases.map(\.name.sv)).count == Function.allCases.count && Set(Function.allCases.map(\.name.en)).count == Function.allCases.count)
        #expect(Set(Function.allCases.map(\.family)) == Set(RoleFamily.allCases))
        // The first case, with 5 directors (one by deputy), 1 strategist and 2 of a programme area.
        #expect([Function.qualityDirector, .hrDirector, .financeDirector, .itDirector, .communicationsDirector].allSatisfy { $0.family == .directors })
        #expect(Function.eStrategist.family == .strategists && Function.programmeAreaRepresentative.belongsToProgrammeArea)
    }
}

@Suite struct RegistrationTests {
    @Test(arguments: [
        ("alva.ek@nyby.se", "alva.ek@nyby.se", "alva.ek@nyby.se"), (" Alva.Ek@Nyby.SE\n", "Alva.Ek@nyby.se", "alva.ek@nyby.se"),
        ("a+b@it.nyby.se", "a+b@it.nyby.se", "a+b@it.nyby.se"), ("a@xn--rebro-fua.se", "a@xn--rebro-fua.se", "a@xn--rebro-fua.se"),
        ("o'hara@demo14.example", "o'hara@demo14.example", "o'hara@demo14.example"),
    ])
    func anAddressKeepsItsSpellingAndIsComparedInLowerCase(written: String, text: String, key: String) throws {
        let address = try MailAddress(written)
        #expect(address.text == text && address.key == key && text.hasSuffix("@" + address.domain))
    }

    @Test(arguments: [
        ("", FieldFault.Code.required), ("   ", .required), ("nyby.se", .malformed), ("@nyby.se", .malformed), ("a@", .malformed), ("a@@nyby.se", .malformed),
        ("a@b@nyby.se", .malformed), ("a b@nyby.se", .malformed), ("a@nyby", .malformed), ("a@.se", .malformed), ("a@nyby..se", .malformed),
        ("a@-nyby.se", .malformed), ("a@nyby-.se", .malformed), (".a@nyby.se", .malformed), ("a..b@nyby.se", .malformed), ("a@192.168.0.1", .malformed),
        ("a@[192.168.0.1]", .malformed), ("\"a b\"@nyby.se", .malformed), ("a@nyby.se\r\nBcc: b@nyby.se", .malformed), ("a\u{0}@nyby.se", .malformed),
        ("<a@nyby.se>", .malformed), ("a,b@nyby.se", .malformed), ("a@örebro.se", .notASCII), ("åsa@nyby.se", .notASCII), ("а@nyby.se", .notASCII),
        (String(repeating: "a", count: 65) + "@nyby.se", .malformed), ("a@" + String(repeating: "b.", count: 127) + "se", .tooLong),
    ])
    func whatIsNoPlainAddressIsRefused(written: String, code: FieldFault.Code) {
        #expect(throws: FieldFault("/email", code)) { try MailAddress(written) }
    }

    @Test func addressesThatDifferInCaseAreOne() throws {
        #expect(try MailAddress("Alva@nyby.se") == MailAddress("alva@NYBY.se"))
    }

    @Test(arguments: [("gmail.com", true), ("GMAIL.com", true), ("live.se", true), ("mail.telia.com", true), ("nyby.se", false), ("notgmail.com", false), ("com", false)])
    func anAddressThatAnybodyCanHaveSaysNothing(domain: String, isPublic: Bool) {
        #expect(MailDomain.isPublic(domain) == isPublic)
    }

    @Test(arguments: ["212000-0142", "2120000142", "162120000142", "16212000-0142", " 212000-0142 "])
    func anOrganisationNumberIsWrittenOneWay(written: String) throws {
        #expect(try OrganisationNumber(written).text == "212000-0142")
    }

    @Test(arguments: [
        ("", FieldFault.Code.required), ("212000-0143", .checkDigit), ("212000-142", .malformed), ("21200-00142", .malformed), ("21200001421", .malformed),
        ("172120000142", .malformed), ("212000 0142", .malformed), ("212000-01a2", .malformed), ("811218-9876", .malformed), ("212000-0142-", .malformed),
    ])
    func whatIsNoOrganisationNumberIsRefused(written: String, code: FieldFault.Code) {
        #expect(throws: FieldFault("/organisationNumber", code)) { try OrganisationNumber(written) }
    }

    static let decisions: [(Bool, String?, Bool, Registration.Decision)] = [
        (true, "212000-0142", false, Registration.Decision.admitted), (false, "212000-0142", false, .needsOperator([.unknownDomain])),
        (true, "212000-1355", false, .needsOperator([.otherOrganisationNumber])),
        (false, nil, false, .needsOperator([.unknownDomain, .otherOrganisationNumber])), (true, "212000-0142", true, .alreadyHere),
        (false, nil, true, .alreadyHere),
    ]

    @Test(arguments: decisions)
    func aKnownDomainAndNumberLetACouncilIn(isKnown: Bool, recorded: String?, isHere: Bool, decision: Registration.Decision) throws {
        let registration = try Registration(address: MailAddress("alva@nyby.se"), organisationNumber: OrganisationNumber("212000-0142"))
        #expect(registration.decide(domainKnownFor: isKnown, recorded: try recorded.map { try OrganisationNumber($0) }, councilIsHere: isHere) == decision)
    }

    @Test func aPublicAddressIsRefused() throws {
        let number = try OrganisationNumber("212000-0142"), address = try MailAddress("nyby.kommun@gmail.com")
        #expect(throws: FieldFault("/email", .publicMailDomain)) { try Registration(address: address, organisationNumber: number) }
    }

    @Test func aSessionInUseIsMovedAtMostHourlyAndNeverBeyondItsLastEnd() {
        let start = Instant(microseconds: 0), end = Lifetime.sessionEnd(startedAt: start, usedAt: start)
        #expect(end == start.adding(days: 7))
        let moved = { (now: Instant, end: Instant) in Lifetime.movedSessionEnd(startedAt: start, endsAt: end, now: now) }
        #expect(moved(start.adding(seconds: 3_599), end) == nil)
        #expect(moved(start.adding(seconds: 3_600), end) == end.adding(seconds: 3_600))
        #expect(moved(end, end) == nil && moved(end.adding(seconds: -1), end) != nil)
        let last = start.adding(days: 30)
        #expect(moved(start.adding(days: 29), start.adding(days: 29).adding(seconds: 60)) == last)
        #expect(moved(start.adding(days: 29), last) == nil)
    }
}
