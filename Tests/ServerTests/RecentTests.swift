import Testing

@testable import Server

@Suite("What was asked for lately")
struct RecentTests {
    @Test func itIsBoundedAndForgetsWhatIsNotAskedFor() {
        var recent = Recent<Int, Int>(atMost: 10)
        for number in 0..<100 {
            recent.keep(number, for: number)
            #expect(recent.find(0) == 0)
        }
        let known = (0..<100).filter { recent.find($0) != nil }
        #expect(known.count <= 10 && known.contains(99) && !known.contains(50))
    }
}
