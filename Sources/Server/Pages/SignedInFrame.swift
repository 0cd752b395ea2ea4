import Rules

extension Frame {
    /// A part of a council's pages, in the order of the menu.
    enum CouncilPart: String, CaseIterable {
        case home, instruments, posts, members, agreement, settings, account

        var path: String {
            switch self {
            case .home: "/kommun"
            case .instruments: InstrumentPages.list
            case .posts: "/kommun/poster"
            case .members: "/kommun/medlemmar"
            case .agreement: "/kommun/avtal"
            case .settings: "/kommun/installningar"
            case .account: "/konto"
            }
        }

        /// What one must be able to do for the part to stand in the menu.
        var capability: Capability {
            switch self {
            case .home, .agreement, .account: .readCouncil
            case .instruments: .readRounds
            case .posts: .readPosts
            case .members: .readMembers
            case .settings: .changeSettings
            }
        }
    }

    /// Around the pages of a member of a council: its name, that it is fictional if it is, and the parts that the member's roles open.
    /// Rounds are reached from the overview and belong to it.
    static func council(_ me: Me, here: CouncilPart?, _ texts: Texts) -> Frame {
        let open = CouncilPart.allCases.filter { Set(me.roles).may($0.capability) }
        return Frame(
            owner: me.councilName, mark: me.fictional ? texts["nav.fictional"] : nil,
            links: open.map { Link(texts["nav.\($0.rawValue)"], $0.path, isHere: $0 == here) } + [signOut(texts)])
    }

    /// Around an operator's pages.
    static func `operator`(_ texts: Texts, here: OperatorPart) -> Frame {
        Frame(owner: nil, links: OperatorPart.allCases.map { Link(texts["nav.\($0.rawValue)"], $0.path, isHere: $0 == here) } + [signOut(texts)])
    }

    enum OperatorPart: String, CaseIterable {
        case registrations, domains, offers, account

        var path: String {
            switch self {
            case .registrations: "/operator"
            case .domains: "/operator/domaner"
            case .offers: OffersPage.path
            case .account: "/operator/konto"
            }
        }
    }

    private static func signOut(_ texts: Texts) -> Link { Link(texts["nav.signOut"], "/logga-ut") }
}
