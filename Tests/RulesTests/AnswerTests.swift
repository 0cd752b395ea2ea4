import Rules
import Testing

@Suite struct AnswerTests {
    @Test(arguments: [(0, 0), (1, 5), (5, 1), (3, 3), (0, 4), (2, 0), (8, 8), (9, 9)])
    func whatTheFormOffersIsSaved(current: Int, desired: Int) throws {
        let answer = try Answer(current: current, desired: desired, levels: 5)
        #expect(answer.current == Int16(current) && answer.desired == Int16(desired))
    }

    @Test(arguments: [
        (6, 1, "/current", FieldFault.Code.valueOffScale), (-1, 1, "/current", .valueOffScale), (1, 10, "/desired", .valueOffScale),
        (1, .max, "/desired", .valueOffScale), (8, 3, "/desired", .markInOneOnly), (3, 9, "/current", .markInOneOnly), (8, 9, "/desired", .markInOneOnly),
        (8, 0, "/desired", .markInOneOnly),
    ])
    func anythingElseIsRefusedWithItsPlace(current: Int, desired: Int, pointer: String, code: FieldFault.Code) {
        #expect(throws: FieldFault(pointer, code)) { try Answer(current: current, desired: desired, levels: 5) }
    }

    @Test func aLevelAboveTheInstrumentsScaleIsRefused() throws {
        #expect(throws: FieldFault("/desired", .valueOffScale)) { try Answer(current: 4, desired: 5, levels: 4) }
        #expect(try Answer(current: 6, desired: 7, levels: 7).meaning == .pair(current: 6, desired: 7))
    }

    @Test(arguments: [
        (2, 4, Answer.Meaning.pair(current: 2, desired: 4)), (8, 8, .dontKnow), (9, 9, .notRelevant), (0, 0, .blank), (2, 0, .blank), (0, 4, .blank),
    ])
    func halfAPairCountsAsBlank(current: Int, desired: Int, meaning: Answer.Meaning) throws {
        let answer = try Answer(current: current, desired: desired, levels: 5)
        #expect(answer.meaning == meaning)
        #expect(answer.isHalf == (meaning == .blank && current + desired > 0))
    }

    @Test func aSheetFitsItsInstrument() {
        let shape = Sample.shape()
        #expect(Sheet(current: [1, 2, 8, 0], desired: [5, 0, 8, 0], of: shape) != nil)
        #expect(Sheet(current: [1, 2, 8], desired: [5, 0, 8], of: shape) == nil)
        #expect(Sheet(current: [1, 2, 8, 0], desired: [5, 0, 8], of: shape) == nil)
        #expect(Sheet(current: [1, 2, 8, 0], desired: [5, 0, 1, 0], of: shape) == nil)
        #expect(Sheet(current: [1, 2, 6, 0], desired: [5, 0, 6, 0], of: shape) == nil)
    }

    @Test func aShapeThatCannotBeScoredIsNone() {
        let item = Shape.Item(key: "a.1", questions: [1])
        #expect(Shape(levels: 8, dimensions: [.init(key: "a", items: [item])]) == nil, "8 is the mark for don't know")
        #expect(Shape(levels: 5, dimensions: []) == nil)
        #expect(Shape(levels: 5, dimensions: [.init(key: "a", items: [])]) == nil)
        #expect(Shape(levels: 5, dimensions: [.init(key: "a", items: [item, item])]) == nil)
        #expect(Shape(levels: 5, dimensions: [.init(key: "a", items: [.init(key: "a.1", questions: [8])])]) == nil)
    }
}
