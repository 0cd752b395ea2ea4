import Rules

extension Frame {
    /// What stands around a page of somebody who is signed in: the council, and where to go from there.
    static func member(_ me: Me, _ texts: Texts) -> Frame {
        Frame(owner: me.councilName, mark: me.fictional ? texts["frame.fictional"] : nil, links: [Link(texts["frame.home"], "/kommun")])
    }
}
