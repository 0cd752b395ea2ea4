/// What can be done in each dimension of an instrument: for each step from one level to the next, and before that to talk or to look. A version never changes,
/// because reports name the one that their proposals come from.
public struct ActionCatalogue: Hashable, Sendable {
    /// The key of the instrument that it is for, in all its versions.
    public let instrument: String
    /// Counted from 1.
    public let version: Int
    public let dimensions: [Dimension]

    public struct Dimension: Hashable, Sendable {
        public let key: String
        /// To find out why people see it differently.
        public let dialogue: [Action]
        /// To make the present way visible.
        public let visibility: [Action]
        /// `steps[0]` is from level 1 to 2.
        public let steps: [[Action]]
    }

    /// Who does what by when.
    public struct Action: Hashable, Sendable, Decodable {
        /// Such as "d1-besluta-syfte"; no other action of the catalogue has it.
        public let key: String
        public let who: Text2
        public let what: Text2
        /// Relative to the decision, such as "within three months".
        public let when: Text2
    }

    public subscript(key: String) -> Dimension? { dimensions.first { $0.key == key } }
}
