/// What a version of an instrument declares about an earlier one: which of its items ask the same. Nothing is ever guessed from texts or keys.
public struct Crosswalk: Hashable, Sendable {
    /// The earlier version, of the same instrument.
    public let version: Int
    /// Every item of the newer version, by key.
    public let items: [String: Step]

    public struct Step: Hashable, Sendable {
        public let link: ItemLink
        /// The key that the item had; nil where it is broken.
        public let was: String?
    }
}

/// How an item stands to an earlier one.
public enum ItemLink: String, CaseIterable, Sendable, Decodable {
    /// The same question in the same words.
    case same
    /// Worded anew, but declared to ask the same.
    case bridged
    /// Not comparable, or not there before.
    case broken
}

/// The versions that there are of an instrument, for who reads a newer one with crosswalks to them.
public struct EarlierVersions: Sendable {
    private let instruments: [Instrument]
    /// Whether drafts are among them.
    let withDrafts: Bool

    public init(_ instruments: [Instrument], withDrafts: Bool) { (self.instruments, self.withDrafts) = (instruments, withDrafts) }

    subscript(version: Int) -> Instrument? { instruments.first { $0.version == version } }
}

extension InstrumentReader {
    /// A list of crosswalks, each to another earlier version, each with a line for every item.
    mutating func crosswalks(_ place: InstrumentPlace?, version: Int, items: [String], _ known: EarlierVersions?) -> [Crosswalk] {
        var versions: Set<String> = []
        return elements(of: place, 1...20).map { crosswalk($0, version: version, items: items, known, &versions) }
    }

    private mutating func crosswalk(
        _ place: InstrumentPlace, version: Int, items: [String], _ known: EarlierVersions?, _ versions: inout Set<String>
    ) -> Crosswalk {
        let fields = fields(of: place, "version", "items"), earlier = number(fields["version"], in: 1...9_999), origin = known?[earlier]
        if let at = fields["version"], earlier >= version, version > 0 { note(.notEarlier(earlier, than: version), at: at) }
        if let at = fields["version"], let known, origin == nil { note(known.withDrafts ? .noSuchVersion(earlier) : .notPublished(earlier), at: at) }
        claim("\(earlier)", at: fields["version"], in: &versions)
        var taken: Set<String> = [], before: Set<String> = []
        let steps = elements(of: fields["items"], 1...240).map { step($0, items: items, origin, &taken, &before) }
        if let list = fields["items"] {
            for item in items where !taken.contains(item) { note(.itemLeftOut(item), at: list) }
        }
        return Crosswalk(version: earlier, items: Dictionary(steps) { first, _ in first })
    }

    private mutating func step(
        _ place: InstrumentPlace, items: [String], _ origin: Instrument?, _ taken: inout Set<String>, _ before: inout Set<String>
    ) -> (String, Crosswalk.Step) {
        let fields = fields(of: place, "item", "link", optional: ["was"])
        let item = text(fields["item"], atMost: 40), written = text(fields["link"], atMost: 40), link = ItemLink(rawValue: written)
        claim(item, at: fields["item"], in: &taken)
        if let at = fields["item"], !item.isEmpty, !items.contains(item) { note(.noSuchItem(item), at: at) }
        if let at = fields["link"], link == nil, !written.isEmpty { note(.noSuchLink(written), at: at) }
        let was = fields["was"].map { text($0, atMost: 40) }
        claim(was ?? "", at: fields["was"], in: &before)
        if let at = fields["was"], let origin, let was, !origin.items.contains(where: { $0.key == was }) {
            note(.notInVersion(was, origin.version), at: at)
        }
        switch (link, fields["was"]) {
        case (.broken?, let at?): note(.brokenWasSomething, at: at)
        case (.same?, nil), (.bridged?, nil): note(.wasMissing, at: place)
        default: break
        }
        return (item, Crosswalk.Step(link: link ?? .broken, was: was))
    }
}
