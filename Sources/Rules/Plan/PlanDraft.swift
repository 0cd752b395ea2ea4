/// A draft of an action plan, by rule from printed figures (domain.md §5.5): where to begin, and with what, one step at a time. Every proposal tells the figures
/// and the rule that it came from. To decide on it is people's work.
public struct PlanDraft: Hashable, Sendable, Decodable {
    /// Which catalogue the actions come from; nil where there is none for the instrument.
    public let catalogue: Int?
    /// In the order of their priority.
    public let proposals: [Proposal]

    /// So many dimensions are taken, by priority.
    public static let most = 3

    /// One dimension to work on.
    public struct Proposal: Hashable, Sendable, Decodable {
        public let dimension: String
        public let reason: Reason
        public let figures: DimensionFigures
        public let dontKnow, answers: Int
        public let dontKnowShare: Figure
        /// In the order in which they should be done.
        public let actions: [Step]
        /// Why no step up the ladder is proposed; nil where one is.
        public let noStep: NoStep?
    }

    public enum Reason: String, Hashable, Sendable, CaseIterable, Codable {
        /// One of the three highest priorities.
        case priority
        /// Has the lowest current figure, and is none of the three.
        case lowestCurrent = "lowest-current"
    }

    public struct Step: Hashable, Sendable {
        public let rule: Rule
        public let action: ActionCatalogue.Action
    }

    /// What an action follows from, in the order of doing.
    public enum Rule: String, Hashable, Sendable, CaseIterable, Codable {
        /// Don't know is 30 % or more: what cannot be seen cannot be talked about.
        case visibilityFirst = "visibility-first"
        /// The spread is 1.0 or more: first find out why.
        case dialogueFirst = "dialogue-first"
        /// From the present level to the next, never further.
        case nextLevel = "next-level"
    }

    public enum NoStep: String, Hashable, Sendable, CaseIterable, Codable {
        case atHighestLevel = "at-highest-level"
        /// The desired figure is not above the current one.
        case notWished = "not-wished"
        /// There is no catalogue for the instrument.
        case noCatalogue = "no-catalogue"
    }

    public init(of analysis: Analysis, levels: Int, catalogue: ActionCatalogue?) {
        let shown = analysis.order.compactMap { key in analysis.dimensions.first { $0.key == key } }
        let first = shown.prefix(PlanDraft.most)
        // Of equals the first in the instrument's order, as `weakest` is.
        let lowest = analysis.dimensions.filter { $0.result.figures != nil }.min { a, b in
            guard let a = a.result.figures, let b = b.result.figures else { return false }
            return a.current < b.current
        }
        let added = lowest.flatMap { lowest in first.contains { $0.key == lowest.key } ? nil : lowest }
        self.catalogue = catalogue?.version
        proposals = first.compactMap { Proposal($0, .priority, levels, catalogue?[$0.key]) }
            + [added].compactMap { $0.flatMap { Proposal($0, .lowestCurrent, levels, catalogue?[$0.key]) } }
    }
}

extension PlanDraft {
    /// The catalogue as far as this draft tells it, so that a reader without the catalogue can make the draft once more. Where it tells of no action one without
    /// words stands, because a catalogue always has one: a draft that leaves one out is another.
    func toldCatalogue(of instrument: String, levels: Int) -> ActionCatalogue? {
        catalogue.map { version in
            ActionCatalogue(instrument: instrument, version: version, dimensions: proposals.map { proposal in
                let told = { (rule: Rule) in
                    let actions = proposal.actions.filter { $0.rule == rule }.map(\.action)
                    return actions.isEmpty ? [ActionCatalogue.Action.missing] : actions
                }
                return .init(
                    key: proposal.dimension, dialogue: told(.dialogueFirst), visibility: told(.visibilityFirst),
                    steps: Array(repeating: told(.nextLevel), count: levels - 1))
            })
        }
    }
}

extension ActionCatalogue.Action {
    fileprivate static let missing = Self(key: "", who: Text2(sv: "", en: ""), what: Text2(sv: "", en: ""), when: Text2(sv: "", en: ""))
}

extension PlanDraft.Proposal {
    fileprivate init?(_ dimension: Analysis.Dimension, _ reason: PlanDraft.Reason, _ levels: Int, _ known: ActionCatalogue.Dimension?) {
        guard let figures = dimension.result.figures else { return nil }
        // One for a ladder of another length is none for this one.
        let known = known.flatMap { $0.steps.count == levels - 1 ? $0 : nil }
        (self.dimension, self.reason, self.figures) = (dimension.key, reason, figures)
        (dontKnow, answers, dontKnowShare) = (dimension.dontKnow, dimension.answers, dimension.dontKnowShare)
        noStep = known == nil ? .noCatalogue : figures.level >= levels ? .atHighestLevel : figures.gap.tenThousandths <= 0 ? .notWished : nil
        let step = noStep == nil ? known?.steps[figures.level - 1] ?? [] : []
        let first = [
            (PlanDraft.Rule.visibilityFirst, dimension.isUnseen ? known?.visibility ?? [.makeVisible] : []),
            (.dialogueFirst, dimension.isDisputed ? known?.dialogue ?? [.talk] : []), (.nextLevel, step),
        ]
        actions = first.flatMap { rule, actions in actions.map { .init(rule: rule, action: $0) } }
    }
}

/// What needs no catalogue, whatever the questions are.
extension ActionCatalogue.Action {
    fileprivate static let makeVisible = Self(
        key: "general-visibility", who: Text2(sv: "Strategen och områdets ansvariga", en: "The strategist and those responsible for the area"),
        what: Text2(
            sv: "Visar hur det arbetas i området i dag, med exempel, för dem som inte har kunnat bedöma det.",
            en: "Show how the area works today, with examples, to those who could not tell."),
        when: Text2(sv: "Före workshoppen", en: "Before the workshop"))

    fileprivate static let talk = Self(
        key: "general-dialogue", who: Text2(sv: "Gruppen som har svarat", en: "The group that answered"),
        what: Text2(
            sv: "Talar igenom vad var och en har sett i området, utan att någon behöver säga hur den har svarat.",
            en: "Talk through what each has seen in the area, without anybody having to say how he answered."),
        when: Text2(sv: "På workshoppen", en: "At the workshop"))
}
